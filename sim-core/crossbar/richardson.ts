import type { Step } from './relax.ts';

/**
 * The steps of Richardson's iteration that do for any right-hand side what a run of conjugate gradients did for one.
 *
 * Conjugate gradients of k iterations multiply the error by the polynomial of degree k that is smallest on the
 * spectrum, as far as the right-hand side excites it. Its zeros are the eigenvalues of the Lanczos matrix, whose
 * entries are made of the run's coefficients (Golub and Van Loan, Matrix Computations, section on Lanczos and conjugate
 * gradients). Richardson's iteration with one step 1/θ for each zero θ applies the same polynomial, without inner
 * products and with half the memory traffic. Other right-hand sides excite other parts of the spectrum, so the residual
 * is to be looked at afterwards.
 *
 * The zero nearest to one becomes one, and comes last: that step makes the feedback current exactly what the bit lines'
 * voltages give.
 */
export const richardsonSteps = (steps: readonly Step[]): readonly number[] => {
  const zeros = lanczosValues(steps);
  const ordered = spread(zeros.slice(0, -1));
  return [...ordered.map((zero) => 1 / zero), ...(zeros.length > 0 ? [1] : [])];
};

/** Eigenvalues, ascending, of the Lanczos matrix of a run of conjugate gradients; all lie in (0, 1]. */
const lanczosValues = (steps: readonly Step[]): readonly number[] => {
  const diagonal = steps.map(({ alpha }, k) =>
    k === 0 ? 1 / alpha : 1 / alpha + steps[k - 1].beta / steps[k - 1].alpha,
  );
  // Squares of the entries beside the diagonal.
  const beside = steps.slice(0, -1).map(({ alpha, beta }) => beta / (alpha * alpha));
  return steps.map((_, k) => bisect((x) => countBelow(diagonal, beside, x) > k));
};

/** How many eigenvalues lie below x: the negative pivots of T − x (Sturm's sequence). */
const countBelow = (diagonal: readonly number[], beside: readonly number[], x: number): number => {
  let count = 0;
  let pivot = 1;
  for (let k = 0; k < diagonal.length; k++) {
    pivot = diagonal[k] - x - (k === 0 ? 0 : beside[k - 1] / (pivot || Number.MIN_VALUE));
    if (pivot < 0) count++;
  }
  return count;
};

/** The point in [0, 2] from which on a predicate holds. */
const bisect = (holds: (x: number) => boolean): number => {
  let [low, high] = [0, 2];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
};

/**
 * Leja's order: each next number is the one with the largest product of distances from those before, which keeps every
 * partial product of the polynomial small.
 */
const spread = (numbers: readonly number[]): readonly number[] => {
  const left = [...numbers];
  const ordered: number[] = [];
  while (left.length > 0) {
    const weight = (x: number) => ordered.reduce((product, y) => product * Math.abs(x - y), 1);
    const next = left.reduce((best, x) => (weight(x) > weight(best) ? x : best));
    ordered.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return ordered;
};
