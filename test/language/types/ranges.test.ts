import {
  type BinaryFunction,
  cosh,
  exp,
  log,
  pow,
  sigmoid,
  sinh,
  tanh,
  type UnaryFunction,
} from '@memloom/sim-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyBinary, applyUnary, limit } from '../../../language/types/ranges/functions.ts';
import { anything, type Interval, interval, point } from '../../../language/types/ranges/interval.ts';

const unary: Readonly<Record<UnaryFunction, (x: number) => number>> = {
  negate: (x) => -x,
  sigmoid,
  hardSigmoid: (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  tanh,
  relu: (x) => Math.max(0, x),
  exp,
  ln: log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sinh,
  cosh,
  sign: Math.sign,
  step: (x) => (x >= 0 ? 1 : 0),
  round: Math.round,
};
const binary: Readonly<Record<BinaryFunction, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  divide: (x, y) => x / y,
  power: pow,
  minimum: Math.min,
  maximum: Math.max,
};

/** Ends that matter: zero, the same value on both sides, small and large magnitudes. */
const end = fc.oneof(fc.constantFrom(0, 1, -1, 0.5, -2, 1e-9), fc.double({ min: -30, max: 30, noNaN: true }));
const range = fc.tuple(end, end).map(([a, b]) => interval(Math.min(a, b), Math.max(a, b)));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const within = ({ low, high }: Interval, at: number) =>
  Math.min(high, Math.max(low, low + at * (high - low)));
/** The core's functions are exact to the last bits only, so that order is kept up to those. */
const slack = (value: number) => (Number.isFinite(value) ? 1e-13 * Math.abs(value) + 1e-300 : 0);

function expectHolds(found: Interval, value: number): void {
  // A value that is no number is beyond the function's domain and bounds nothing.
  if (Number.isNaN(value)) return;
  expect(found.low - slack(value)).toBeLessThanOrEqual(value);
  expect(found.high + slack(value)).toBeGreaterThanOrEqual(value);
}

describe('ranges', () => {
  it.each(Object.keys(unary) as UnaryFunction[])('of %s hold its value at every point', (fn) => {
    fc.assert(
      fc.property(range, share, (of, at) => expectHolds(applyUnary(fn, of), unary[fn](within(of, at)))),
      { seed: 1, numRuns: 500 },
    );
  });

  it.each(Object.keys(binary) as BinaryFunction[])('of %s hold its value at every pair of points', (fn) => {
    fc.assert(
      fc.property(range, range, share, share, (left, right, at, to) => {
        const value = binary[fn](within(left, at), within(right, to));
        // A quotient by 0 is no value of the network: the run stops there.
        if (Number.isFinite(value)) expectHolds(applyBinary(fn, left, right), value);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  it.each([2, 3, 4, -1, -2, 0])('of the power %d hold its value, also of negative numbers', (exponent) => {
    fc.assert(
      fc.property(range, share, (base, at) => {
        const value = pow(within(base, at), exponent);
        if (Number.isFinite(value)) expectHolds(applyBinary('power', base, point(exponent)), value);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('of limits hold the limited value', () => {
    fc.assert(
      fc.property(range, range, share, (of, limits, at) => {
        const value = Math.min(limits.high, Math.max(limits.low, within(of, at)));
        expectHolds(limit(of, point(limits.low), point(limits.high)), value);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('are as tight as the function where it does not rise: even powers touch 0, a divisor across 0 leaves nothing known', () => {
    expect(applyBinary('power', interval(-3, 2), point(2))).toEqual(interval(0, 9));
    expect(applyBinary('power', interval(-3, -2), point(2))).toEqual(interval(4, 9));
    expect(applyBinary('power', interval(-3, 2), point(3))).toEqual(interval(-27, 8));
    expect(applyUnary('abs', interval(-3, 2))).toEqual(interval(0, 3));
    expect(applyUnary('cosh', interval(-1, 2)).low).toBe(1);
    expect(applyBinary('divide', point(1), interval(-1, 1))).toEqual(anything);
    expect(applyBinary('divide', point(1), interval(0, 2))).toEqual(interval(0.5, Infinity));
    expect(applyBinary('divide', point(1), interval(-2, 0))).toEqual(interval(-Infinity, -0.5));
    expect(applyUnary('sigmoid', anything)).toEqual(interval(0, 1));
    expect(applyBinary('multiply', point(0), anything)).toEqual(interval(0, 0));
    expect(applyBinary('power', interval(2, 4), point(-1))).toEqual(interval(0.25, 0.5));
  });
});
