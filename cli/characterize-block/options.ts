import { failure, type Outcome, type Problem, success } from '@memloom/sim-core';
import type { Input } from '../arguments/command.ts';
import { wholeNumber } from '../arguments/whole-number.ts';

/** What `memloom characterize-block` was asked for. */
export interface CharacterizeOptions {
  readonly file: string;
  readonly subcircuit: string;
  readonly block: string;
  /** The architecture with the block; undefined: the standard library's blocks. */
  readonly from?: string;
  readonly low: number;
  readonly high: number;
  readonly supplied: Readonly<Record<string, number>>;
  readonly supply: number;
  readonly corner: string;
  readonly draws: { readonly trials: number; readonly seed: number };
  readonly ngspice?: string;
  readonly json: boolean;
}

const corners = ['typical', 'ff', 'ss', 'fs', 'sf'];

export function characterizeOptions({
  operands: [file],
  flags,
  values,
}: Input): Outcome<CharacterizeOptions> {
  const problems: Problem[] = [];
  const take = <T>(outcome: Outcome<T>): T | undefined => {
    if (outcome.ok) return outcome.value;
    problems.push(...outcome.problems);
    return undefined;
  };
  const needed = (option: string): string => {
    const text = values[option]?.[0] ?? '';
    if (text === '') problems.push({ code: 'usage.missing', message: `--${option} must be given.` });
    return text;
  };
  const subcircuit = needed('subckt');
  const block = needed('block');
  const [low, high] = take(range(values.range?.[0] ?? '-0.4..0.4')) ?? [0, 0];
  const supply = take(positive('--supply', values.supply?.[0] ?? '1.65')) ?? 0;
  const supplied = Object.fromEntries(
    (values.supplied ?? []).flatMap((text) => take(assignment(text)) ?? []),
  );
  const trials = take(wholeNumber('--trials', values.trials?.[0], 2, 10_000)) ?? 30;
  const seed = take(wholeNumber('--seed', values.seed?.[0], 1, 2 ** 31 - 1)) ?? 1;
  const corner = values.corner?.[0] ?? 'typical';
  if (!corners.includes(corner))
    problems.push({ code: 'usage.corner', message: `--corner is ${corners.join(', ')}, not "${corner}".` });
  if (problems.length > 0) return failure(...problems);
  return success({
    file,
    subcircuit,
    block,
    from: values.from?.[0],
    low,
    high,
    supplied,
    supply,
    corner,
    draws: { trials, seed },
    ngspice: values.ngspice?.[0],
    json: flags.has('json'),
  });
}

function range(text: string): Outcome<readonly [number, number]> {
  const ends = text.split('..').map((end) => (end.trim() === '' ? Number.NaN : Number(end)));
  if (ends.length === 2 && ends[0] < ends[1]) return success([ends[0], ends[1]]);
  return failure({ code: 'usage.range', message: `--range takes LOW..HIGH, not "${text}".` });
}

function positive(option: string, text: string): Outcome<number> {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return success(value);
  return failure({ code: 'usage.number', message: `${option} takes a number above zero, not "${text}".` });
}

function assignment(text: string): Outcome<readonly [readonly [string, number]]> {
  const [, name, number] = /^\s*([A-Za-z_]\w*)\s*=\s*(\S+)\s*$/.exec(text) ?? [];
  const value = number === undefined ? Number.NaN : Number(number);
  if (Number.isFinite(value)) return success([[name, value]]);
  return failure({ code: 'usage.supplied', message: `--supplied takes PORT=VALUE, not "${text}".` });
}
