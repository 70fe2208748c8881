import { expScalar } from './exponential';

/** Instructions along the rows of a matrix [size][batch]; the strides are in bytes. */

export function broadcast(to: usize, a: usize, size: i32, batch: i32): void {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < batch; j++, to += 8) store<f64>(to, load<f64>(a + ((<usize>j) << 3)));
}

export function reduce(to: usize, a: usize, size: i32, batch: i32): void {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < batch; j++, a += 8) {
      const at = to + ((<usize>j) << 3);
      store<f64>(at, load<f64>(at) + load<f64>(a));
    }
}

export function largest(to: usize, a: usize, size: i32, batch: i32): void {
  const stride = (<usize>batch) << 3;
  for (let j = 0; j < batch; j++, to += 8, a += 8) {
    const end = a + <usize>size * stride;
    let most: f64 = 0;
    for (let p = a; p < end; p += stride) most = max(most, abs(load<f64>(p)));
    store<f64>(to, most);
  }
}

export function softmax(to: usize, a: usize, size: i32, batch: i32): void {
  const stride = (<usize>batch) << 3;
  for (let j = 0; j < batch; j++, to += 8, a += 8) {
    const end = a + <usize>size * stride;
    let largest = -Infinity;
    for (let p = a; p < end; p += stride) largest = max(largest, load<f64>(p));
    let sum: f64 = 0;
    let q = to;
    for (let p = a; p < end; p += stride, q += stride) {
      const value = expScalar(load<f64>(p) - largest);
      store<f64>(q, value);
      sum += value;
    }
    for (let p = to; p < q; p += stride) store<f64>(p, load<f64>(p) / sum);
  }
}

export function softmaxGradient(to: usize, a: usize, b: usize, size: i32, batch: i32): void {
  const stride = (<usize>batch) << 3;
  for (let j = 0; j < batch; j++, to += 8, a += 8, b += 8) {
    let sum: f64 = 0;
    for (let i = 0; i < size; i++) {
      const at = <usize>i * stride;
      sum += load<f64>(a + at) * load<f64>(b + at);
    }
    for (let i = 0; i < size; i++) {
      const at = <usize>i * stride;
      store<f64>(to + at, load<f64>(to + at) + load<f64>(b + at) * (load<f64>(a + at) - sum));
    }
  }
}

export function copy(to: usize, a: usize, n: i32): void {
  if (n > 64) return memory.copy(to, a, (<usize>n) << 3);
  const end = to + ((<usize>n) << 3);
  for (; to < end; to += 8, a += 8) store<f64>(to, load<f64>(a));
}

export function clear(to: usize, n: i32): void {
  memory.fill(to, 0, (<usize>n) << 3);
}

/** The difference of a number and itself is zero only where the number is finite. */
export function allFinite(a: usize, n: i32): bool {
  let sum = f64x2.splat(0);
  const pairs = a + ((<usize>(n & ~1)) << 3);
  for (; a < pairs; a += 16) {
    const value = v128.load(a);
    sum = f64x2.add(sum, f64x2.sub(value, value));
  }
  if (n & 1) {
    const value = v128.load_zero<u64>(a);
    sum = f64x2.add(sum, f64x2.sub(value, value));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) == 0;
}
