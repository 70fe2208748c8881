import { exp, expm1, log } from '../../math/elementary.ts';
import { findRoot } from '../find-root.ts';

/**
 * The nonlinearity label of MLP+NeuroSim in closed form. The normalised programming curve over the pulse fraction
 * p = 0 .. 1 is `(1 - e^(-p/A))/(1 - e^(-1/A))`; the label is proportional to its largest distance from the straight
 * line, with the factor that the simulator's table of labels implies:
 *
 *     q = 1 - e^(-1/A),  m = -A·ln(A·q),  label = 10.101525·[(1 - e^(-m/A))/q - m]
 *
 * The label has the sign of A. A is the curvature, normalised by the number of pulses.
 */
export function nonlinearityLabel(curvature: number): number {
  if (curvature < 0) return -nonlinearityLabel(-curvature);
  if (curvature > nearlyStraight) return labelFactor / (8 * curvature);
  const q = -expm1(-1 / curvature);
  const steepest = -curvature * log(curvature * q);
  return labelFactor * (-expm1(-steepest / curvature) / q - steepest);
}

/** Normalised curvature A of a label, 0 < |label| < 10; infinite for 0, a straight line. */
export function curvatureOf(label: number): number {
  if (label === 0) return Number.POSITIVE_INFINITY;
  if (label < 0) return -curvatureOf(-label);
  // The label falls monotonically with A; the search runs over ln A, which spans the labels evenly.
  const logCurvature = findRoot((t) => nonlinearityLabel(exp(t)) - label, log(2e-3), log(1e12), 1e-14);
  return exp(logCurvature);
}

/**
 * The label of a measured curve, its conductances after 0, 1, … pulses: the factor times its largest distance from the
 * straight line between its ends, over rising conductance. A rise that is fastest at its beginning is positive, a fall
 * that is fastest at its beginning negative; rise and fall along one and the same curve have equal labels. 0 where
 * nothing changes.
 */
export function labelOfCurve(conductance: ArrayLike<number>): number {
  const last = conductance.length - 1;
  const [low, high] = conductance[last] >= conductance[0] ? [0, last] : ([last, 0] as const);
  const span = conductance[high] - conductance[low];
  if (last < 1 || !(span > 0)) return 0;
  let largest = 0;
  for (let k = 0; k <= last; k++) {
    const share = Math.abs(k - low) / last;
    const distance = (conductance[k] - conductance[low]) / span - share;
    if (Math.abs(distance) > Math.abs(largest)) largest = distance;
  }
  return labelFactor * largest;
}

const labelFactor = 10.101525;
/** Beyond, the curve is straight to a double's precision but for its leading term 1/(8A). */
const nearlyStraight = 1e4;
