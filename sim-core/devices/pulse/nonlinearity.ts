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

const labelFactor = 10.101525;
/** Beyond, the curve is straight to a double's precision but for its leading term 1/(8A). */
const nearlyStraight = 1e4;
