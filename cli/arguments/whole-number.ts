import { failure, type Outcome, success } from '@memloom/sim-core';

/** The whole number that an option gives, `undefined` where it is not given. */
export function wholeNumber(
  option: string,
  text: string | undefined,
  least: number,
  most: number,
): Outcome<number | undefined> {
  if (text === undefined) return success(undefined);
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return success(value);
  return failure({
    code: 'usage.number',
    message: `${option} takes a whole number from ${least} to ${most}, not "${text}".`,
  });
}
