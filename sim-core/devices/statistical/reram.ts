import { log } from '../../math/elementary.ts';
import type { StatisticalModel } from './statistical-model.ts';

const microsiemens = 1e-6;
const gMax = 40e-6;

/** Times in seconds, with the polynomial of sigma in r = target/gMax, ascending, in microsiemens. */
const fits: readonly (readonly [time: number, coefficients: readonly number[]])[] = [
  [1, [0.348, 16.03, -43.853, 45.393, -16.815]],
  [86400, [0.701, 22.086, -50.773, 47.095, -16.458]],
  [172800, [0.782, 20.274, -43.507, 37.062, -11.934]],
];

/**
 * Standard deviation of the conductance about its target at a time after programming. The fits stand at 1 s, 1 day
 * and 2 days; between them the deviation is taken linear in ln t (our choice), outside them constant.
 */
export function reramSigma(target: number, time: number): number {
  const r = target / gMax;
  const values = fits.map(([, coefficients]) => Math.max(horner(coefficients, r), 0) * microsiemens);
  if (!(time > fits[0][0])) return values[0];
  const next = fits.findIndex(([at]) => time < at);
  if (next < 0) return values[values.length - 1];
  const from = log(fits[next - 1][0]);
  const share = (log(time) - from) / (log(fits[next][0]) - from);
  return values[next - 1] + share * (values[next] - values[next - 1]);
}

const horner = (ascending: readonly number[], x: number) =>
  ascending.reduceRight((sum, coefficient) => sum * x + coefficient, 0);

/**
 * Resistive memory as Wan et al. (Nature 608, 2022) measured it and aihwkit fits it: the conductance strays from its
 * target, further with time. One standard normal number per device scales the deviation at every time; the fit knows
 * no read noise of its own.
 */
export const reram: StatisticalModel = {
  name: 'reram',
  doc: 'Resistive memory: deviation from the target conductance, growing over two days.',
  source: 'IBM aihwkit, ReRAM noise model fitted to Wan et al., Nature 608, 504 (2022)',
  gMax,
  tMin: 1,
  program(target, random) {
    const deviate = random.gaussian();
    const conductance = (time: number) => Math.max(target + reramSigma(target, time) * deviate, 0);
    return { conductance, read: conductance };
  },
};
