/**
 * The dimension of a quantity: its exponent for each base, bases with exponent 0 left out. Beside the seven SI bases
 * there are bases of the language's own: counts (`step`, `epoch`, `period`), which are told apart from plain numbers, the code of
 * a converter, which is neither a voltage nor a count, and the decibel, which is logarithmic and therefore mixes with
 * nothing.
 */
export type Dimension = Readonly<Partial<Record<Base, number>>>;

export const bases = [
  'kg',
  'm',
  's',
  'A',
  'K',
  'mol',
  'cd',
  'step',
  'epoch',
  'period',
  'code',
  'dB',
] as const;
export type Base = (typeof bases)[number];

export const dimensionless: Dimension = {};

export const multiplyDimensions = (a: Dimension, b: Dimension): Dimension => combine(a, b, 1);
export const divideDimensions = (a: Dimension, b: Dimension): Dimension => combine(a, b, -1);

export const raiseDimension = (a: Dimension, exponent: number): Dimension =>
  fromExponents((base) => (a[base] ?? 0) * exponent);

export const isDimensionless = (a: Dimension): boolean => bases.every((base) => (a[base] ?? 0) === 0);

export const sameDimension = (a: Dimension, b: Dimension): boolean =>
  bases.every((base) => (a[base] ?? 0) === (b[base] ?? 0));

const combine = (a: Dimension, b: Dimension, sign: number): Dimension =>
  fromExponents((base) => (a[base] ?? 0) + sign * (b[base] ?? 0));

/** Largest denominator of an exponent: a root of a root of a root has 8, a cube root of a fifth root 15. */
const largestDenominator = 60;

/** The fraction that a computed exponent stands for, in lowest terms: thirds stay comparable however they came about. */
export function asFraction(exponent: number): { readonly over: number; readonly under: number } {
  for (let under = 1; under <= largestDenominator; under++) {
    const over = Math.round(exponent * under);
    if (Math.abs(exponent - over / under) < 1e-9) return { over, under };
  }
  return { over: exponent, under: 1 };
}

function rational(exponent: number): number {
  const { over, under } = asFraction(exponent);
  return over / under;
}

function fromExponents(exponentOf: (base: Base) => number): Dimension {
  const result: Partial<Record<Base, number>> = {};
  for (const base of bases) {
    const exponent = rational(exponentOf(base));
    if (exponent !== 0) result[base] = exponent;
  }
  return result;
}
