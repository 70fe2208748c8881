import type { DataScale } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';

/** `scaled = value · gain + shift`, and back. */
export interface Scaling {
  readonly gain: number;
  readonly shift: number;
}

const identity: Scaling = { gain: 1, shift: 0 };

/**
 * The scaling that takes `values` to `low .. high` (minmax), or to mean 0 and standard deviation 1 (standard, with
 * the population's deviation). Values that are all equal have no such scaling.
 */
export function fitScaling(scale: DataScale, values: Float64Array, name: string): Outcome<Scaling> {
  if (scale.kind === 'none') return success(identity);
  if (values.length === 0) return failure(nothingToFit(name));
  const first = values[0];
  if (values.every((value) => value === first)) return failure(constantValues(name, first));
  const scaling = scale.kind === 'minmax' ? minmax(values, scale.low, scale.high) : standard(values);
  const usable = Number.isFinite(scaling.gain) && Number.isFinite(scaling.shift) && scaling.gain !== 0;
  return usable ? success(scaling) : failure(tooWide(name));
}

export const applyScaling = (scaling: Scaling, values: Float64Array): Float64Array =>
  values.map((value) => value * scaling.gain + scaling.shift);

export const invertScaling = (scaling: Scaling, values: Float64Array): Float64Array =>
  values.map((value) => (value - scaling.shift) / scaling.gain);

function minmax(values: Float64Array, low: number, high: number): Scaling {
  let min = values[0];
  let max = values[0];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const gain = (high - low) / (max - min);
  return { gain, shift: low - min * gain };
}

function standard(values: Float64Array): Scaling {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const gain = 1 / Math.sqrt(squares / values.length);
  return { gain, shift: -mean * gain };
}

const constantValues = (name: string, value: number): Problem => ({
  code: 'data.constant-column',
  message: `"${name}" is ${value} throughout what its scale is fitted to, so it cannot be scaled.`,
  hint: 'Leave the column out, or fit the scale to all data.',
});

const tooWide = (name: string): Problem => ({
  code: 'data.out-of-range',
  message: `The values of "${name}" spread too widely, or too narrowly, to be scaled in double precision.`,
  hint: 'Remove outliers, or change the unit of the values.',
});

const nothingToFit = (name: string): Problem => ({
  code: 'data.too-short',
  message: `"${name}" has no values to fit its scale to.`,
  hint: 'Give the training part a larger share of the data.',
});
