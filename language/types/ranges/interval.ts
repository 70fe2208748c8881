/**
 * All numbers from `low` to `high`, ends included; an end may be infinite. An operation on intervals holds every value
 * that the operation has on numbers of them, as float64 rounds it: rounding to nearest keeps order, so that the ends
 * rounded enclose what lies between them rounded. Moore, Kearfott & Cloud, Introduction to Interval Analysis (2009).
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const interval = (low: number, high: number): Interval => ({ low, high });
export const point = (value: number): Interval => ({ low: value, high: value });
/** What is known of a number of which nothing is known. */
export const anything: Interval = { low: -Infinity, high: Infinity };

export const isBounded = ({ low, high }: Interval): boolean => low > -Infinity && high < Infinity;
export const isPoint = ({ low, high }: Interval): boolean => low === high;
export const magnitude = ({ low, high }: Interval): number => Math.max(Math.abs(low), Math.abs(high));
export const width = ({ low, high }: Interval): number => high - low;

/** The smallest interval that holds both. */
export const hull = (a: Interval, b: Interval): Interval =>
  interval(Math.min(a.low, b.low), Math.max(a.high, b.high));

export const negate = (a: Interval): Interval => interval(-a.high, -a.low);
export const add = (a: Interval, b: Interval): Interval => interval(a.low + b.low, a.high + b.high);
export const subtract = (a: Interval, b: Interval): Interval => interval(a.low - b.high, a.high - b.low);

export const multiply = (a: Interval, b: Interval): Interval =>
  spanning([product(a.low, b.low), product(a.low, b.high), product(a.high, b.low), product(a.high, b.high)]);

/** An infinite end stands for numbers without bound, none of which makes anything of 0. */
const product = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** Where the divisor passes through 0 the quotient may be anything; where it begins or ends there, one side is open. */
export function divide(a: Interval, b: Interval): Interval {
  if (b.low < 0 && b.high > 0) return anything;
  if (b.low === 0 && b.high === 0) return anything;
  if (b.low === 0) return spanning([...nearZero(a, 1), quotient(a.low, b.high), quotient(a.high, b.high)]);
  if (b.high === 0) return spanning([...nearZero(a, -1), quotient(a.low, b.low), quotient(a.high, b.low)]);
  return spanning([
    quotient(a.low, b.low),
    quotient(a.low, b.high),
    quotient(a.high, b.low),
    quotient(a.high, b.high),
  ]);
}

/** Quotients by numbers of one sign as small as can be. */
const nearZero = ({ low, high }: Interval, sign: 1 | -1): readonly number[] =>
  [low, high].map((value) => (value === 0 ? 0 : sign * Math.sign(value) * Infinity));

/** Of two infinite ends nothing is known but the sign. */
function quotient(a: number, b: number): number {
  if (Math.abs(b) === Infinity) return Math.abs(a) === Infinity ? Math.sign(a) * Math.sign(b) * Infinity : 0;
  return a / b;
}

export function spanning(values: readonly number[]): Interval {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) return anything;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return interval(low, high);
}
