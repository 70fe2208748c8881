import type { Step } from './relax.ts';

/**
 * The shares of a stationary iteration's states x₀, x₁, … in a solution that does for any right-hand side what a run of
 * conjugate gradients did for one.
 *
 * Conjugate gradients of k iterations multiply the error by the polynomial of degree k that is smallest on the
 * spectrum, as far as the right-hand side excites it. Its zeros θ are the eigenvalues of the Lanczos matrix, whose
 * entries are made of the run's coefficients (Golub and Van Loan, Matrix Computations, section on Lanczos and conjugate
 * gradients). The stationary iteration v ← W⁻¹(sources + D·B⁻¹·D·v) multiplies the error by M = 1 − W⁻¹S in each step,
 * so the polynomial Π (1 − (1 − M)/θ), written in powers of M, tells which states to add in which shares, without inner
 * products and with a fraction of the memory traffic. Other right-hand sides excite other parts of the spectrum, so
 * whether that was enough is to be looked at afterwards.
 *
 * All zeros lie in (0, 1]; the spectrum of M in [0, 1), and most zeros near one, so that the shares stay small.
 */
export const statesShares = (steps: readonly Step[]): readonly number[] => {
  let shares = [1];
  for (const zero of lanczosValues(steps)) {
    const [own, next] = [1 - 1 / zero, 1 / zero];
    shares = Array.from(
      { length: shares.length + 1 },
      (_, k) => own * (shares[k] ?? 0) + next * (shares[k - 1] ?? 0),
    );
  }
  return shares;
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
