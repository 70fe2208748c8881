import { failure, type Outcome, success } from '@memloom/sim-core';
import type { Input } from '../arguments/command.ts';
import { runOptions } from '../run/options.ts';
import type { TaskOptions } from '../run/tasks.ts';

/** What `memloom export` was asked for. */
export interface ExportOptions extends TaskOptions {
  readonly format: 'spice' | 'verilog-a';
  /** What an exported circuit is made of: the whole cell of behavioural blocks, or each crossbar array alone. */
  readonly level: 'blocks' | 'crossbar';
  /** Devices to write as models; empty for SPICE: circuits of experiments instead, for Verilog-A: all devices. */
  readonly devices: readonly string[];
  readonly out: string;
}

export function exportOptions(input: Input): Outcome<ExportOptions> {
  const [format, file] = input.operands;
  if (format !== 'spice' && format !== 'verilog-a')
    return failure({
      code: 'usage.format',
      message: `There is no format "${format}" to export to.`,
      hint: 'Write memloom export spice FILE, or memloom export verilog-a FILE.',
    });
  const devices = input.values.device ?? [];
  if (input.values.experiment && (devices.length > 0 || format === 'verilog-a'))
    return failure({
      code: 'usage.device',
      message: 'A device is exported by itself, not with an experiment.',
      hint: 'Leave --experiment out, or export the experiment as SPICE without --device.',
    });
  const level = input.values.level?.[0] ?? 'blocks';
  if (level !== 'blocks' && level !== 'crossbar')
    return failure({ code: 'usage.level', message: `--level is blocks or crossbar, not "${level}".` });
  const options = runOptions({ ...input, operands: [file] });
  if (!options.ok) return options;
  return success({ ...options.value, format, level, devices, out: input.values.out?.[0] ?? '.' });
}
