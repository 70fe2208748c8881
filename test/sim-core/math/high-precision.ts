/**
 * Elementary functions in fixed point of 1200 fraction bits, from their defining series: the reference for ours. Every
 * float64 is exact in it.
 */
const bits = 1200n;
const one = 1n << bits;

export type Fixed = bigint;

const multiply = (a: Fixed, b: Fixed): Fixed => (a * b) >> bits;
const divide = (a: Fixed, b: Fixed): Fixed => (a << bits) / b;

export function toFixed(x: number): Fixed {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const raw = view.getBigUint64(0);
  const exponent = raw >> 52n;
  const mantissa = (raw & 0xfffffffffffffn) | (exponent > 0n ? 1n << 52n : 0n);
  const shift = bits - 1075n + (exponent > 0n ? exponent : 1n);
  const magnitude = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return x < 0 ? -magnitude : magnitude;
}

/** Sum of `term(n)` from n = 0 until it vanishes. */
function series(term: (n: bigint) => Fixed): Fixed {
  let sum = 0n;
  for (let n = 0n; ; n++) {
    const next = term(n);
    if (next === 0n) return sum;
    sum += next;
  }
}

/** 2·artanh(s) = 2 (s + s^3/3 + s^5/5 + ...). */
function twiceArtanh(s: Fixed): Fixed {
  const square = multiply(s, s);
  let power = 2n * s;
  return series((n) => {
    const term = power / (2n * n + 1n);
    power = multiply(power, square);
    return term;
  });
}

const ln2 = twiceArtanh(one / 3n);

function exp(x: Fixed): Fixed {
  const k = (x + ln2 / 2n) / ln2 - (x + ln2 / 2n < 0n ? 1n : 0n);
  const r = x - k * ln2;
  let term = one;
  const sum = series((n) => {
    const current = term;
    term = multiply(term, r) / (n + 1n);
    return current;
  });
  return k >= 0n ? sum << k : sum >> -k;
}

function log(x: Fixed): Fixed {
  const k = BigInt(x.toString(2).length) - 1n - bits;
  const m = k >= 0n ? x >> k : x << -k;
  return twiceArtanh(divide(m - one, m + one)) + k * ln2;
}

const tanh = (x: Fixed): Fixed => divide(exp(2n * x) - one, exp(2n * x) + one);
/** With the exponential on the side where it keeps its digits. */
const sigmoid = (x: Fixed): Fixed => (x < 0n ? divide(exp(x), one + exp(x)) : divide(one, one + exp(-x)));
const sinh = (x: Fixed): Fixed => (exp(x) - exp(-x)) / 2n;
const cosh = (x: Fixed): Fixed => (exp(x) + exp(-x)) / 2n;
const expm1 = (x: Fixed): Fixed => exp(x) - one;
const log1p = (x: Fixed): Fixed => log(one + x);
const pow = (x: Fixed, y: Fixed): Fixed => exp(multiply(log(x), y));

/** Σ of alternating terms x^(2n + first) / (2n + first)!. */
function alternating(x: Fixed, first: bigint): Fixed {
  const square = multiply(x, x);
  let term = first === 0n ? one : x;
  return series((n) => {
    const current = term;
    const k = 2n * n + first;
    term = -multiply(term, square) / ((k + 1n) * (k + 2n));
    return current;
  });
}
const sin = (x: Fixed): Fixed => alternating(x, 1n);
const cos = (x: Fixed): Fixed => alternating(x, 0n);

export const exact = { cos, cosh, exp, expm1, log, log1p, pow, sigmoid, sin, sinh, tanh };

/** Distance of a float64 from the true value in units of the true value's last place. */
export function ulpsOff(actual: number, exact: Fixed): number {
  const magnitude = exact < 0n ? -exact : exact;
  const exponent = BigInt(magnitude.toString(2).length) - 1n - bits;
  const lastPlace = exponent - 52n < -1074n ? -1074n : exponent - 52n;
  const difference = toFixed(actual) - exact;
  const scaled = ((difference < 0n ? -difference : difference) << 20n) / (one >> -lastPlace);
  return lastPlace <= 0n ? Number(scaled) / 2 ** 20 : Number(difference / (one << lastPlace));
}
