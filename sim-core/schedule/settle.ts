import { log } from '../math/elementary.ts';

/**
 * How long a chain of first-order circuits takes until its step response is within `budget` (relative) of its end.
 *
 * The deviation of the chain is the survival function of a sum of exponential times with the means τ, and for
 * `0 < s ≤ 1/max τ`, after Chernoff, `P(T > t) ≤ exp(-s·t)·Π 1/(1 - s·τ)` over all τ but the largest. The best s
 * gives a time that is exact for one circuit and for one that is far slower than the others, and never too short.
 */
export function settlingTime(constants: readonly number[], budget: number): number {
  const [slowest = 0, ...others] = constants.filter((constant) => constant > 0).sort((a, b) => b - a);
  if (slowest === 0) return 0;
  const at = (s: number) =>
    (log(1 / budget) - others.reduce((sum, constant) => sum + log(1 - s * constant), 0)) / s;
  // A convex function over s has one minimum.
  let [low, high] = [1e-3 / slowest, (1 - 1e-12) / slowest];
  for (let k = 0; k < 100; k++) {
    const third = (high - low) / 3;
    if (at(low + third) < at(high - third)) high -= third;
    else low += third;
  }
  return at((low + high) / 2);
}
