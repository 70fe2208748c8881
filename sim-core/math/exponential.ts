/**
 * The exponential family. Each function is a fixed sequence of IEEE 754 additions, multiplications and divisions, so
 * that every engine gives the same bits; the WebAssembly executor repeats the same sequence two lanes at a time.
 *
 * Method: `x = k·ln 2 + r` with `|r| <= ln 2 / 2`; `e^r - 1` from its Taylor series; `2^k` exactly.
 */

/** ln 2 in two parts: the first has so few bits that its product with any exponent is exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
/** Adding and subtracting it rounds to the nearest integer, ties to even. */
const roundingShift = 6755399441055744;

/** 2^-1022 .. 2^1023 at index exponent + 1022. */
const powersOfTwo = new Float64Array(2046);
powersOfTwo[1022] = 1;
for (let i = 1; i <= 1023; i++) powersOfTwo[1022 + i] = powersOfTwo[1021 + i] * 2;
for (let i = 1; i <= 1022; i++) powersOfTwo[1022 - i] = powersOfTwo[1023 - i] * 0.5;

/** `2^k` for -1022 <= k <= 1023, exactly. */
const powerOfTwo = (k: number): number => powersOfTwo[k + 1022];

const nearest = (x: number): number => x + roundingShift - roundingShift;
const reduced = (x: number, k: number): number => x - k * ln2High - k * ln2Low;

/** `e^r - 1` for |r| <= 0.35: the Taylor series to r^13, summed in pairs. */
function reducedExpm1(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const low = 0.5 + 0.16666666666666666 * r + (0.041666666666666664 + 0.008333333333333333 * r) * r2;
  const middle =
    0.001388888888888889 +
    0.0001984126984126984 * r +
    (0.0000248015873015873 + 0.0000027557319223985893 * r) * r2;
  const high =
    2.755731922398589e-7 + 2.505210838544172e-8 * r + (2.08767569878681e-9 + 1.6059043836821613e-10 * r) * r2;
  return r + r2 * (low + middle * r4 + high * (r4 * r4));
}

/** `e^x`, within 1 ulp; subnormal results round once. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Infinity;
  if (x < -745.14) return 0;
  const k = nearest(x * Math.LOG2E);
  const value = 1 + reducedExpm1(reduced(x, k));
  if (k >= -1021 && k <= 1023) return value * powerOfTwo(k);
  const half = Math.floor(k * 0.5);
  return value * powerOfTwo(half) * powerOfTwo(k - half);
}

/** `e^x - 1`, within 2 ulp also near zero. */
export function expm1(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 38) return exp(x) - 1;
  if (x < -38) return -1;
  if (x === 0) return x;
  const k = nearest(x * Math.LOG2E);
  const scale = powerOfTwo(k);
  return scale * reducedExpm1(reduced(x, k)) + (scale - 1);
}

/** `1 / (1 + e^-x)`, within 2 ulp in both tails; never overflows. */
export function sigmoid(x: number): number {
  const t = exp(-Math.abs(x));
  return (x < 0 ? t : 1) / (1 + t);
}

/** Hyperbolic tangent, within 2 ulp, odd to the bit. */
export function tanh(x: number): number {
  const a = Math.min(Math.abs(x), 22);
  if (a === 0) return x;
  const y = 2 * a;
  const k = nearest(y * Math.LOG2E);
  if (Number.isNaN(k)) return k;
  const scale = powerOfTwo(k);
  const m = scale * reducedExpm1(reduced(y, k)) + (scale - 1);
  const t = m / (m + 2);
  return x < 0 ? -t : t;
}

/** Hyperbolic sine, within 3 ulp, odd to the bit. */
export function sinh(x: number): number {
  const a = Math.abs(x);
  if (a === 0) return x;
  let y: number;
  if (a > 40) {
    const half = exp(0.5 * a);
    y = 0.5 * half * half;
  } else {
    const m = expm1(a);
    y = 0.5 * (m + m / (m + 1));
  }
  return x < 0 ? -y : y;
}

/** Hyperbolic cosine, within 3 ulp. */
export function cosh(x: number): number {
  const a = Math.abs(x);
  if (a > 40) {
    const half = exp(0.5 * a);
    return 0.5 * half * half;
  }
  const e = exp(a);
  return 0.5 * e + 0.5 / e;
}
