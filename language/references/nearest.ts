import { nearestNames } from '@memloom/sim-core';

/** The known name that `name` was most likely meant to be. Letter case first: `kohm` is `kOhm`, `mv` is `mV`. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const sameLetters = known
    .filter((candidate) => candidate.toLowerCase() === name.toLowerCase())
    .sort((a, b) => caseChanges(name, a) - caseChanges(name, b));
  return sameLetters[0] ?? nearestNames(name, known, 1)[0];
}

const caseChanges = (from: string, to: string): number =>
  [...from].filter((character, index) => character !== to[index]).length;
