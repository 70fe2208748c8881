import { exp2lanes, sigmoid2lanes, tanh2lanes } from './exponential';

/** The functions that are used too seldom to be worth two lanes: the host's own, hence the same bits. */
@external('host', 'log')
declare function hostLog(x: f64): f64;
@external('host', 'sinh')
declare function hostSinh(x: f64): f64;
@external('host', 'cosh')
declare function hostCosh(x: f64): f64;
@external('host', 'pow')
declare function hostPow(x: f64, y: f64): f64;

@inline
function lanes(low: f64, high: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(low), 1, high);
}
@inline
function low(x: v128): f64 {
  return f64x2.extract_lane(x, 0);
}
@inline
function high(x: v128): f64 {
  return f64x2.extract_lane(x, 1);
}
/** x where the mask is set, otherwise 0. */
@inline
function where(mask: v128, x: v128): v128 {
  return v128.and(mask, x);
}
@inline
function zero(): v128 {
  return f64x2.splat(0);
}

@inline
function unaryOf(code: i32, x: v128): v128 {
  if (code == 0) return f64x2.neg(x);
  if (code == 1) return sigmoid2lanes(x);
  if (code == 2) {
    const line = f64x2.add(f64x2.mul(f64x2.splat(0.2), x), f64x2.splat(0.5));
    return f64x2.min(f64x2.max(line, zero()), f64x2.splat(1));
  }
  if (code == 3) return tanh2lanes(x);
  if (code == 4) return f64x2.max(x, zero());
  if (code == 5) return exp2lanes(x);
  if (code == 6) return lanes(hostLog(low(x)), hostLog(high(x)));
  if (code == 7) return f64x2.sqrt(x);
  if (code == 8) return f64x2.abs(x);
  if (code == 9) return lanes(hostSinh(low(x)), hostSinh(high(x)));
  if (code == 10) return lanes(hostCosh(low(x)), hostCosh(high(x)));
  if (code == 11) {
    const unit = v128.bitselect(f64x2.splat(1), x, f64x2.gt(x, zero()));
    return v128.bitselect(f64x2.splat(-1), unit, f64x2.lt(x, zero()));
  }
  if (code == 12) return where(f64x2.ge(x, zero()), f64x2.splat(1));
  return f64x2.nearest(x);
}

/** The gradient g times the derivative at x, where the value is y. */
@inline
function slopeOf(code: i32, g: v128, x: v128, y: v128): v128 {
  const one = f64x2.splat(1);
  if (code == 0) return f64x2.neg(g);
  if (code == 1) return f64x2.mul(g, f64x2.mul(y, f64x2.sub(one, y)));
  if (code == 2)
    return where(v128.and(f64x2.gt(y, zero()), f64x2.lt(y, one)), f64x2.mul(g, f64x2.splat(0.2)));
  if (code == 3) return f64x2.mul(g, f64x2.sub(one, f64x2.mul(y, y)));
  if (code == 4) return where(f64x2.gt(x, zero()), g);
  if (code == 5) return f64x2.mul(g, y);
  if (code == 6) return f64x2.div(g, x);
  if (code == 7) return f64x2.mul(g, f64x2.div(f64x2.splat(0.5), y));
  if (code == 8)
    return v128.bitselect(f64x2.neg(g), where(f64x2.gt(x, zero()), g), f64x2.lt(x, zero()));
  if (code == 9) return f64x2.mul(g, lanes(hostCosh(low(x)), hostCosh(high(x))));
  if (code == 10) return f64x2.mul(g, lanes(hostSinh(low(x)), hostSinh(high(x))));
  if (code == 13) return g;
  return zero();
}

@inline
function binaryOf(code: i32, a: v128, b: v128): v128 {
  if (code == 0) return f64x2.add(a, b);
  if (code == 1) return f64x2.sub(a, b);
  if (code == 2) return f64x2.mul(a, b);
  if (code == 3) return f64x2.div(a, b);
  if (code == 4) return lanes(hostPow(low(a), low(b)), hostPow(high(a), high(b)));
  if (code == 5) return f64x2.min(a, b);
  return f64x2.max(a, b);
}

/** What an instruction of three operands adds to t, or, `code` 0 and 1, makes of them. */
@inline
function ternaryOf(code: i32, t: v128, a: v128, b: v128, c: v128): v128 {
  if (code == 2) return f64x2.add(a, f64x2.mul(b, c));
  if (code == 8) return f64x2.min(f64x2.max(a, b), c);
  if (code == 4) return f64x2.add(t, a);
  if (code == 15) return f64x2.sub(t, a);
  if (code == 16) return f64x2.add(t, f64x2.mul(a, b));
  if (code == 17) return f64x2.add(t, f64x2.div(a, b));
  if (code == 18) return f64x2.sub(t, f64x2.div(f64x2.mul(a, b), c));
  if (code == 19) {
    const less = f64x2.sub(c, f64x2.splat(1));
    const power = lanes(hostPow(low(b), low(less)), hostPow(high(b), high(less)));
    return f64x2.add(t, f64x2.mul(a, f64x2.mul(c, power)));
  }
  if (code == 20) {
    const logarithm = lanes(hostLog(low(c)), hostLog(high(c)));
    return f64x2.add(t, where(f64x2.gt(c, zero()), f64x2.mul(f64x2.mul(a, b), logarithm)));
  }
  if (code == 21) return f64x2.add(t, where(f64x2.le(b, c), a));
  if (code == 22) return f64x2.add(t, where(f64x2.gt(b, c), a));
  return f64x2.add(t, where(f64x2.eq(b, c), a));
}

/** Elements in pairs, then the odd one in a lane of its own, so that nothing beyond the operand is written. */
@inline
function eachUnary(code: i32, n: i32, to: usize, a: usize): void {
  const pairs = to + ((<usize>(n & ~1)) << 3);
  while (to < pairs) {
    v128.store(to, unaryOf(code, v128.load(a)));
    to += 16;
    a += 16;
  }
  if (n & 1) v128.store_lane<u64>(to, unaryOf(code, v128.load_zero<u64>(a)), 0);
}

@inline
function eachSlope(code: i32, n: i32, to: usize, a: usize, b: usize, c: usize): void {
  const pairs = to + ((<usize>(n & ~1)) << 3);
  while (to < pairs) {
    v128.store(to, f64x2.add(v128.load(to), slopeOf(code, v128.load(a), v128.load(b), v128.load(c))));
    to += 16;
    a += 16;
    b += 16;
    c += 16;
  }
  if (n & 1) {
    const slope = slopeOf(code, v128.load_zero<u64>(a), v128.load_zero<u64>(b), v128.load_zero<u64>(c));
    v128.store_lane<u64>(to, f64x2.add(v128.load_zero<u64>(to), slope), 0);
  }
}

@inline
function eachBinary(code: i32, n: i32, to: usize, a: usize, b: usize): void {
  const pairs = to + ((<usize>(n & ~1)) << 3);
  while (to < pairs) {
    v128.store(to, binaryOf(code, v128.load(a), v128.load(b)));
    to += 16;
    a += 16;
    b += 16;
  }
  if (n & 1) v128.store_lane<u64>(to, binaryOf(code, v128.load_zero<u64>(a), v128.load_zero<u64>(b)), 0);
}

@inline
function eachTernary(code: i32, n: i32, to: usize, a: usize, b: usize, c: usize): void {
  const pairs = to + ((<usize>(n & ~1)) << 3);
  while (to < pairs) {
    v128.store(to, ternaryOf(code, v128.load(to), v128.load(a), v128.load(b), v128.load(c)));
    to += 16;
    a += 16;
    b += 16;
    c += 16;
  }
  if (n & 1) {
    const t = v128.load_zero<u64>(to);
    const value = ternaryOf(code, t, v128.load_zero<u64>(a), v128.load_zero<u64>(b), v128.load_zero<u64>(c));
    v128.store_lane<u64>(to, value, 0);
  }
}

/** Codes of `unaryCodes` in instructions.ts. */
export function unary(code: i32, n: i32, to: usize, a: usize): void {
  switch (code) {
    case 0: return eachUnary(0, n, to, a);
    case 1: return eachUnary(1, n, to, a);
    case 2: return eachUnary(2, n, to, a);
    case 3: return eachUnary(3, n, to, a);
    case 4: return eachUnary(4, n, to, a);
    case 5: return eachUnary(5, n, to, a);
    case 6: return eachUnary(6, n, to, a);
    case 7: return eachUnary(7, n, to, a);
    case 8: return eachUnary(8, n, to, a);
    case 9: return eachUnary(9, n, to, a);
    case 10: return eachUnary(10, n, to, a);
    case 11: return eachUnary(11, n, to, a);
    case 12: return eachUnary(12, n, to, a);
    default: return eachUnary(13, n, to, a);
  }
}

export function unaryGradient(code: i32, n: i32, to: usize, a: usize, b: usize, c: usize): void {
  switch (code) {
    case 0: return eachSlope(0, n, to, a, b, c);
    case 1: return eachSlope(1, n, to, a, b, c);
    case 2: return eachSlope(2, n, to, a, b, c);
    case 3: return eachSlope(3, n, to, a, b, c);
    case 4: return eachSlope(4, n, to, a, b, c);
    case 5: return eachSlope(5, n, to, a, b, c);
    case 6: return eachSlope(6, n, to, a, b, c);
    case 7: return eachSlope(7, n, to, a, b, c);
    case 8: return eachSlope(8, n, to, a, b, c);
    case 9: return eachSlope(9, n, to, a, b, c);
    case 10: return eachSlope(10, n, to, a, b, c);
    case 13: return eachSlope(13, n, to, a, b, c);
    // The slope of a step is zero.
    default: return;
  }
}

/** Codes of `binaryCodes` in instructions.ts. */
export function binary(code: i32, n: i32, to: usize, a: usize, b: usize): void {
  switch (code) {
    case 0: return eachBinary(0, n, to, a, b);
    case 1: return eachBinary(1, n, to, a, b);
    case 2: return eachBinary(2, n, to, a, b);
    case 3: return eachBinary(3, n, to, a, b);
    case 4: return eachBinary(4, n, to, a, b);
    case 5: return eachBinary(5, n, to, a, b);
    default: return eachBinary(6, n, to, a, b);
  }
}

/** The elementwise instructions of three operands, by their operation code. */
export function ternary(op: i32, n: i32, to: usize, a: usize, b: usize, c: usize): void {
  switch (op) {
    case 2: return eachTernary(2, n, to, a, b, c);
    case 4: return eachTernary(4, n, to, a, b, c);
    case 8: return eachTernary(8, n, to, a, b, c);
    case 15: return eachTernary(15, n, to, a, b, c);
    case 16: return eachTernary(16, n, to, a, b, c);
    case 17: return eachTernary(17, n, to, a, b, c);
    case 18: return eachTernary(18, n, to, a, b, c);
    case 19: return eachTernary(19, n, to, a, b, c);
    case 20: return eachTernary(20, n, to, a, b, c);
    case 21: return eachTernary(21, n, to, a, b, c);
    case 22: return eachTernary(22, n, to, a, b, c);
    default: return eachTernary(23, n, to, a, b, c);
  }
}
