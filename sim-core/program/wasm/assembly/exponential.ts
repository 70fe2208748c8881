/**
 * exp, sigmoid and tanh on two lanes: the same operations in the same order as sim-core/math/exponential.ts, with
 * selections in place of branches.
 */

@inline const log2e: f64 = 1.4426950408889634;
@inline const ln2High: f64 = 0.6931471803691238;
@inline const ln2Low: f64 = 1.9082149292705877e-10;
@inline const roundingShift: f64 = 6755399441055744;

@inline
function splat(x: f64): v128 {
  return f64x2.splat(x);
}

/**
 * x·log2(e) plus a number without fraction bits: the difference from that number is the nearest integer k, and the low
 * bits of the sum are k in two's complement.
 */
@inline
function shiftedExponent(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, splat(log2e)), splat(roundingShift));
}

@inline
function reduced(x: v128, k: v128): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(k, splat(ln2High))), f64x2.mul(k, splat(ln2Low)));
}

/** `(a + b·r) + (c + d·r)·r2`. */
@inline
function quartet(a: f64, b: f64, c: f64, d: f64, r: v128, r2: v128): v128 {
  const low = f64x2.add(splat(a), f64x2.mul(splat(b), r));
  const high = f64x2.add(splat(c), f64x2.mul(splat(d), r));
  return f64x2.add(low, f64x2.mul(high, r2));
}

@inline
function reducedExpm1(r: v128): v128 {
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const low = quartet(0.5, 0.16666666666666666, 0.041666666666666664, 0.008333333333333333, r, r2);
  const middle = quartet(
    0.001388888888888889,
    0.0001984126984126984,
    0.0000248015873015873,
    0.0000027557319223985893,
    r,
    r2,
  );
  const high = quartet(
    2.755731922398589e-7,
    2.505210838544172e-8,
    2.08767569878681e-9,
    1.6059043836821613e-10,
    r,
    r2,
  );
  const sum = f64x2.add(f64x2.add(low, f64x2.mul(middle, r4)), f64x2.mul(high, f64x2.mul(r4, r4)));
  return f64x2.add(r, f64x2.mul(r2, sum));
}

/** 2^k of the integers in the low halves of both lanes, for -1022 <= k <= 1023. */
@inline
function powerOfTwo(k: v128): v128 {
  return i64x2.shl(i32x4.add(k, i32x4.splat(1023)), 52);
}

@inline
export function exp2lanes(x: v128): v128 {
  // Beyond these ends the result is 0 or Infinity; a NaN passes both.
  const limited = f64x2.pmax(f64x2.pmin(x, splat(710)), splat(-746));
  const shifted = shiftedExponent(limited);
  const k = f64x2.sub(shifted, splat(roundingShift));
  const value = f64x2.add(splat(1), reducedExpm1(reduced(limited, k)));
  const half = i32x4.shr_s(shifted, 1);
  return f64x2.mul(f64x2.mul(value, powerOfTwo(half)), powerOfTwo(i32x4.sub(shifted, half)));
}

@inline
export function sigmoid2lanes(x: v128): v128 {
  const t = exp2lanes(f64x2.neg(f64x2.abs(x)));
  const numerator = v128.bitselect(t, splat(1), f64x2.lt(x, f64x2.splat(0)));
  return f64x2.div(numerator, f64x2.add(splat(1), t));
}

@inline
export function tanh2lanes(x: v128): v128 {
  const a = f64x2.pmin(f64x2.abs(x), splat(22));
  const y = f64x2.mul(splat(2), a);
  const shifted = shiftedExponent(y);
  const k = f64x2.sub(shifted, splat(roundingShift));
  const scale = powerOfTwo(shifted);
  const m = f64x2.add(f64x2.mul(scale, reducedExpm1(reduced(y, k))), f64x2.sub(scale, splat(1)));
  const t = f64x2.div(m, f64x2.add(m, splat(2)));
  return v128.or(t, v128.and(x, i64x2.splat(i64.MIN_VALUE)));
}

/** One number by the two-lane sequence. */
export function expScalar(x: f64): f64 {
  return f64x2.extract_lane(exp2lanes(f64x2.splat(x)), 0);
}
