/**
 * The dimension of a quantity: its exponent for each base, bases with exponent 0 left out. Beside the seven SI bases
 * there are bases of the language's own: counts (`step`, `epoch`), which are told apart from plain numbers, and the
 * decibel, which is logarithmic and therefore mixes with nothing.
 */
export type Dimension = Readonly<Partial<Record<Base, number>>>;

export const bases = ['kg', 'm', 's', 'A', 'K', 'mol', 'cd', 'step', 'epoch', 'dB'] as const;
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

/** Exponents are rationals with small denominators; rounding to twelve decimals keeps thirds comparable. */
function fromExponents(exponentOf: (base: Base) => number): Dimension {
  const result: Partial<Record<Base, number>> = {};
  for (const base of bases) {
    const exponent = Math.round(exponentOf(base) * 1e12) / 1e12;
    if (exponent !== 0) result[base] = exponent;
  }
  return result;
}
