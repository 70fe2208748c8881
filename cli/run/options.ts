import { basename, extname, join } from 'node:path';
import { failure, type Outcome, type Problem, success } from '@memloom/sim-core';
import type { Input } from '../arguments/command.ts';
import { wholeNumber } from '../arguments/whole-number.ts';

/** What `memloom run` was asked for. */
export interface RunOptions {
  readonly file: string;
  /** Empty: all experiments of the file. */
  readonly experiments: readonly string[];
  readonly overrides: readonly Override[];
  readonly seed?: number;
  readonly trials?: number;
  readonly out: string;
  readonly json: boolean;
  /** Simulates the transients in ngspice too: the one that comes along, or an installed one. */
  readonly signOff?: boolean;
  readonly ngspice?: string;
}

export interface Override {
  /** `OWNER.PARAM` */
  readonly path: string;
  /** In the language, for example `5 %`. */
  readonly value: string;
}

export function runOptions({ operands: [file], flags, values }: Input): Outcome<RunOptions> {
  const problems: Problem[] = [];
  const take = <T>(outcome: Outcome<T>): T | undefined => {
    if (outcome.ok) return outcome.value;
    problems.push(...outcome.problems);
    return undefined;
  };
  // The bounds are those that the language sets for the same number in a text.
  const seed = take(wholeNumber('--seed', values.seed?.[0], 0, 2 ** 32 - 1));
  const trials = take(wholeNumber('--trials', values.trials?.[0], 1, 1e6));
  const overrides = (values.set ?? []).flatMap((text) => take(override(text)) ?? []);
  if (values.out?.[0] === '')
    problems.push({ code: 'usage.out', message: '--out needs the name of a folder.' });
  if (problems.length > 0) return failure(...problems);
  return success({
    file,
    experiments: values.experiment ?? [],
    overrides,
    seed,
    trials,
    out: values.out?.[0] ?? join('memloom-results', basename(file, extname(file))),
    json: flags.has('json'),
    ...(flags.has('sign-off') ? { signOff: true, ngspice: values.ngspice?.[0] } : {}),
  });
}

function override(text: string): Outcome<Override> {
  const match = /^\s*([A-Za-z_]\w*\.[A-Za-z_]\w*)\s*=\s*(\S.*?)\s*$/s.exec(text);
  if (match) return success({ path: match[1], value: match[2] });
  return failure({
    code: 'usage.set',
    message: `--set takes OWNER.PARAM=VALUE, not "${text}".`,
    hint: 'For example --set HfO2.levels=16 or --set HfO2.programming="5 %".',
  });
}
