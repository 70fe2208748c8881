/**
 * Sums of two float64, about 32 decimal digits, where differences of nearly equal numbers matter (Dekker, A
 * floating-point technique for extending the available precision, 1971).
 */
export interface DoubleDouble {
  readonly hi: number;
  /** At most half a unit in the last place of `hi`. */
  readonly lo: number;
}

export const zero: DoubleDouble = { hi: 0, lo: 0 };

/** The sum of two float64, exactly. */
export const sumOf = (a: number, b: number): DoubleDouble => {
  const hi = a + b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) + (b - part) };
};

/** 2^27 + 1 cuts a float64 into two halves whose products are exact. */
const cut = 134217729;

/** The product of two float64, exactly. */
export const productOf = (a: number, b: number): DoubleDouble => {
  const hi = a * b;
  const [cutA, cutB] = [cut * a, cut * b];
  const [highA, highB] = [cutA - (cutA - a), cutB - (cutB - b)];
  const [lowA, lowB] = [a - highA, b - highB];
  return { hi, lo: highA * highB - hi + highA * lowB + lowA * highB + lowA * lowB };
};

export const add = (a: DoubleDouble, b: DoubleDouble): DoubleDouble => {
  const high = sumOf(a.hi, b.hi);
  const low = sumOf(a.lo, b.lo);
  const most = sumOf(high.hi, high.lo + low.hi);
  return sumOf(most.hi, most.lo + low.lo);
};

export const subtract = (a: DoubleDouble, b: DoubleDouble): DoubleDouble => add(a, { hi: -b.hi, lo: -b.lo });

/** a·factor. */
export const scale = (a: DoubleDouble, factor: number): DoubleDouble => {
  const product = productOf(a.hi, factor);
  return sumOf(product.hi, product.lo + a.lo * factor);
};

export const divide = (a: DoubleDouble, b: DoubleDouble): DoubleDouble => {
  const first = a.hi / b.hi;
  const rest = subtract(a, scale(b, first));
  const second = rest.hi / b.hi;
  const last = subtract(rest, scale(b, second));
  return add(sumOf(first, second), { hi: last.hi / b.hi, lo: 0 });
};
