import { failure, type Outcome, success } from '@memloom/sim-core';
import type { Input } from '../arguments/command.ts';
import { runOptions } from '../run/options.ts';
import type { TaskOptions } from '../run/tasks.ts';

/** What `memloom export` was asked for. */
export interface ExportOptions extends TaskOptions {
  readonly out: string;
}

export function exportOptions(input: Input): Outcome<ExportOptions> {
  const [format, file] = input.operands;
  if (format !== 'spice')
    return failure({
      code: 'usage.format',
      message: `There is no format "${format}" to export to.`,
      hint: 'Write memloom export spice FILE.',
    });
  const options = runOptions({ ...input, operands: [file] });
  return options.ok ? success({ ...options.value, out: input.values.out?.[0] ?? '.' }) : options;
}
