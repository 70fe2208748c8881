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
import {
  add,
  anything,
  divide,
  type Interval,
  interval,
  isPoint,
  magnitude,
  multiply,
  negate,
  spanning,
  subtract,
} from './interval.ts';

type Transfer = (of: Interval) => Interval;

/** Functions that never fall: the ends go to the ends. */
const rising =
  (fn: (value: number) => number): Transfer =>
  ({ low, high }) =>
    interval(fn(low), fn(high));

/** Where a function is defined above a limit only, the part of the argument below it has no value. */
const risingFrom =
  (limit: number, fn: (value: number) => number): Transfer =>
  ({ low, high }) =>
    high < limit ? anything : interval(fn(Math.max(limit, low)), fn(high));

/** Even functions that rise with the magnitude. */
const even =
  (fn: (value: number) => number): Transfer =>
  (of) => {
    const nearest = of.low <= 0 && of.high >= 0 ? 0 : Math.min(Math.abs(of.low), Math.abs(of.high));
    return interval(fn(nearest), fn(magnitude(of)));
  };

const hardSigmoid = (value: number): number => Math.min(1, Math.max(0, 0.2 * value + 0.5));

const unaryTransfers: Readonly<Record<UnaryFunction, Transfer>> = {
  negate,
  sigmoid: rising(sigmoid),
  hardSigmoid: rising(hardSigmoid),
  tanh: rising(tanh),
  relu: rising((value) => Math.max(0, value)),
  exp: rising(exp),
  ln: risingFrom(0, log),
  sqrt: risingFrom(0, Math.sqrt),
  abs: even(Math.abs),
  sinh: rising(sinh),
  cosh: even(cosh),
  sign: rising(Math.sign),
  step: rising((value) => (value >= 0 ? 1 : 0)),
  round: rising(Math.round),
};

/** What a function of one argument makes of an interval. */
export const applyUnary = (fn: UnaryFunction, of: Interval): Interval => known(unaryTransfers[fn](of));

export function applyBinary(fn: BinaryFunction, left: Interval, right: Interval): Interval {
  return known(binaryTransfers[fn](left, right));
}

const binaryTransfers: Readonly<Record<BinaryFunction, (left: Interval, right: Interval) => Interval>> = {
  add,
  subtract,
  multiply,
  divide,
  power,
  minimum: (a, b) => interval(Math.min(a.low, b.low), Math.min(a.high, b.high)),
  maximum: (a, b) => interval(Math.max(a.low, b.low), Math.max(a.high, b.high)),
};

/** Limits that are intervals themselves, as the rails of different circuits are. */
export const limit = (of: Interval, low: Interval, high: Interval): Interval =>
  interval(Math.min(high.low, Math.max(low.low, of.low)), Math.min(high.high, Math.max(low.high, of.high)));

function power(base: Interval, exponent: Interval): Interval {
  if (isPoint(exponent) && Number.isInteger(exponent.low)) return wholePower(base, exponent.low);
  // Powers of a negative number change their sign from one whole exponent to the next, and have no value between.
  if (base.low < 0 && !isPoint(exponent)) return anything;
  if (base.high < 0) return anything;
  const low = Math.max(0, base.low);
  if (low === 0 && exponent.low < 0) return interval(0, Infinity);
  return spanning([
    pow(low, exponent.low),
    pow(low, exponent.high),
    pow(base.high, exponent.low),
    pow(base.high, exponent.high),
  ]);
}

function wholePower(base: Interval, exponent: number): Interval {
  if (exponent === 0) return interval(1, 1);
  if (exponent < 0) return divide(interval(1, 1), wholePower(base, -exponent));
  const raised = (value: number) => pow(value, exponent);
  return exponent % 2 === 0 ? even(raised)(base) : rising(raised)(base);
}

/** A value that is no number says nothing. */
const known = (of: Interval): Interval => (Number.isNaN(of.low) || Number.isNaN(of.high) ? anything : of);
