/**
 * Sums of two float64, about 32 decimal digits, for oracles (Dekker, A floating-point technique for extending the
 * available precision, 1971).
 */
export interface Double {
  readonly hi: number;
  readonly lo: number;
}

export const double = (hi: number): Double => ({ hi, lo: 0 });
export const zero = double(0);

const sum = (a: number, b: number): Double => {
  const hi = a + b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) + (b - part) };
};

const split = (a: number): Double => {
  const c = 134217729 * a;
  const hi = c - (c - a);
  return { hi, lo: a - hi };
};

const product = (a: number, b: number): Double => {
  const hi = a * b;
  const [x, y] = [split(a), split(b)];
  return { hi, lo: x.hi * y.hi - hi + x.hi * y.lo + x.lo * y.hi + x.lo * y.lo };
};

export const plus = (a: Double, b: Double): Double => {
  const s = sum(a.hi, b.hi);
  const t = sum(a.lo, b.lo);
  const u = sum(s.hi, s.lo + t.hi);
  return sum(u.hi, u.lo + t.lo);
};

export const negative = ({ hi, lo }: Double): Double => ({ hi: -hi, lo: -lo });
export const minus = (a: Double, b: Double): Double => plus(a, negative(b));

export const times = (a: Double, b: Double): Double => {
  const p = product(a.hi, b.hi);
  return sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
};

export const over = (a: Double, b: Double): Double => {
  const first = a.hi / b.hi;
  const rest = minus(a, times(double(first), b));
  const second = rest.hi / b.hi;
  const last = minus(rest, times(double(second), b));
  return plus(sum(first, second), double(last.hi / b.hi));
};

export const round = ({ hi, lo }: Double): number => hi + lo;
