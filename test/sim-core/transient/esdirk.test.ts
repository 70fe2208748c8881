import { describe, expect, it } from 'vitest';
import {
  errorWeights,
  gamma,
  stageTimes,
  stageWeights,
  weights,
} from '../../../sim-core/transient/esdirk.ts';

const a = stageWeights.map((row, i) =>
  weights.map((_, k) => (k < row.length ? row[k] : k === i && i > 0 ? gamma : 0)),
);
const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, v, k) => sum + v * y[k], 0);
const times = (x: readonly number[], y: readonly number[]) => x.map((v, k) => v * y[k]);
const through = (y: readonly number[]) => a.map((row) => dot(row, y));
const c = stageTimes;
const one = c.map(() => 1);

/** The conditions of Butcher for an order, as [left, right]. */
const conditions = (b: readonly number[]): readonly (readonly (readonly [number, number])[])[] => [
  [[dot(b, one), 1]],
  [[dot(b, c), 1 / 2]],
  [
    [dot(b, times(c, c)), 1 / 3],
    [dot(b, through(c)), 1 / 6],
  ],
  [
    [dot(b, times(c, times(c, c))), 1 / 4],
    [dot(b, times(c, through(c))), 1 / 8],
    [dot(b, through(times(c, c))), 1 / 12],
    [dot(b, through(through(c))), 1 / 24],
  ],
];

describe('the integration method', () => {
  it('has stages at the sums of their weights', () => {
    for (const [i, row] of a.entries()) expect(dot(row, one)).toBeCloseTo(c[i], 14);
  });

  it('meets the conditions of order 4, and with the embedded weights those of order 3 but not 4', () => {
    for (const [left, right] of conditions(weights).flat()) expect(left).toBeCloseTo(right, 14);
    const lower = conditions(weights.map((weight, k) => weight - errorWeights[k]));
    for (const [left, right] of lower.slice(0, 3).flat()) expect(left).toBeCloseTo(right, 13);
    expect(lower[3].some(([left, right]) => Math.abs(left - right) > 1e-4)).toBe(true);
  });

  it('is stiffly accurate', () => {
    expect(a[5]).toEqual(weights);
  });
});
