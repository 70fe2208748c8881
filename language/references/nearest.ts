import { nearestNames } from '@memloom/sim-core';

/** The known name that `name` was most likely meant to be. Letter case first: `kohm` is `kOhm`, `mv` is `mV`. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const sameLetters = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return sameLetters ?? nearestNames(name, known, 1)[0];
}
