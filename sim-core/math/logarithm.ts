import { exp } from './exponential.ts';

/**
 * Logarithms and powers, in a fixed sequence of IEEE 754 operations.
 *
 * Method: `x = 2^k·m` with `sqrt(1/2) <= m < sqrt(2)`, `s = (m - 1) / (m + 1)`, `ln m = 2 (s + s^3/3 + s^5/5 + ...)`.
 * The power carries its logarithm in two doubles (Dekker, Numerische Mathematik 18, 1971), for it multiplies the
 * logarithm's relative error by up to 700.
 */

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
number[0] = 1;
const highWord = words[1] === 0 ? 0 : 1;

/** Writes `m` into {@link number} and returns `k`, for positive finite x. */
function split(x: number): number {
  let bias = 1023;
  if (x < 2.2250738585072014e-308) {
    number[0] = x * 18014398509481984;
    bias += 54;
  } else {
    number[0] = x;
  }
  const k = (words[highWord] >>> 20) - bias;
  words[highWord] = (words[highWord] & 0xfffff) | 0x3fe00000;
  if (number[0] >= Math.SQRT1_2) return k + 1;
  number[0] *= 2;
  return k;
}

/** `1/5 + z/7 + z^2/9 + ... + z^11/27` for 0 <= z <= 0.0295. */
function seriesFromFifth(z: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const low = 0.2 + z * (1 / 7) + (1 / 9 + z * (1 / 11)) * z2;
  const middle = 1 / 13 + z * (1 / 15) + (1 / 17 + z * (1 / 19)) * z2;
  const high = 1 / 21 + z * (1 / 23) + (1 / 25 + z * (1 / 27)) * z2;
  return low + middle * z4 + high * (z4 * z4);
}

/** Natural logarithm, within 1 ulp; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const k = split(x);
  const f = number[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  // ln(1 + f) = f - f^2/2 + s (f^2/2 + 2 (z/3 + z^2/5 + ...)): the leading term f is exact.
  const half = 0.5 * f * f;
  const series = 2 * z * (0.3333333333333333 + z * seriesFromFifth(z));
  return k * ln2High - (half - (s * (half + series) + k * ln2Low) - f);
}

/** `ln(1 + x)`, within 2 ulp also near zero. */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1 || x === Infinity) return x;
  // The quotient undoes the rounding of 1 + x.
  return u > 0 ? (log(u) * x) / (u - 1) : log(u);
}

/** The low part of the product a·b whose rounded value is `product`. */
function productError(a: number, b: number, product: number): number {
  const aHigh = a * 134217729 - (a * 134217729 - a);
  const aLow = a - aHigh;
  const bHigh = b * 134217729 - (b * 134217729 - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** `x^y` for positive finite x other than 1 and finite y. */
function positivePower(x: number, y: number): number {
  const k = split(x);
  const f = number[0] - 1;
  // s + sLow = f / (2 + f) to twice the working precision; 2 + f is exact in two parts.
  const d = 2 + f;
  const dLow = f - (d - 2);
  const s = f / d;
  const sd = s * d;
  const sLow = (f - sd - productError(s, d, sd) - s * dLow) / d;
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  // u + uLow = z/3 + z^2/5 + ...
  const third = z * 0.3333333333333333;
  const thirdLow =
    productError(z, 0.3333333333333333, third) + z * 1.850371707708594e-17 + zLow * 0.3333333333333333;
  const tail = z * z * seriesFromFifth(z);
  const u = third + tail;
  const uLow = tail - (u - third) + thirdLow;
  // ln m = 2 s (1 + u)
  const su = s * u;
  const suLow = productError(s, u, su) + s * uLow + sLow * u;
  const m = s + su;
  const mLow = su - (m - s) + suLow + sLow;
  // ln x = k ln 2 + ln m
  const a = k * ln2High;
  const log0 = a + 2 * m;
  const back = log0 - a;
  const logLow = a - (log0 - back) + (2 * m - back) + (2 * mLow + k * ln2Low);
  const high = log0 + logLow;
  const low = logLow - (high - log0);
  const power = y * high;
  if (power > 710) return Infinity;
  if (power < -746) return 0;
  const scaled = Math.abs(y) < 1e290 ? productError(y, high, power) : 0;
  const e = exp(power);
  return e + e * (scaled + y * low);
}

/** `x^y`, within 2 ulp (subnormal results within one more rounding); the special values of IEEE 754 `pow` as in ECMAScript's `**`. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const magnitude = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (magnitude === 1) return NaN;
    return magnitude > 1 === y > 0 ? Infinity : 0;
  }
  const whole = Math.floor(y) === y;
  const odd = whole && Math.abs(y) < 9007199254740992 && Math.abs(y % 2) === 1;
  const negative = x < 0 || Object.is(x, -0);
  let result: number;
  if (magnitude === 0 || magnitude === Infinity) result = (magnitude === 0) === y > 0 ? 0 : Infinity;
  else if (x < 0 && !whole) return NaN;
  else if (magnitude === 1) result = 1;
  else if (y === 1) result = magnitude;
  else if (y === 2) result = magnitude * magnitude;
  else result = positivePower(magnitude, y);
  return negative && odd ? -result : result;
}
