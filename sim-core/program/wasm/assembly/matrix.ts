/**
 * Matrix instructions on two lanes. Blocking over outputs only: every sum remains one chain in the order that
 * sim-core/program/matrix.ts gives it.
 */

@inline const panelWidth: i32 = 16;

@inline
function widthOf(columns: i32, panel: i32): i32 {
  return min(panelWidth, (columns - panel + 1) & ~1);
}
@inline
function bytes(count: i32): usize {
  return (<usize>count) << 3;
}
@inline
function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}
@inline
function loadOrZero(from: usize, offset: usize): v128 {
  return from == 0 ? f64x2.splat(0) : v128.load(from + offset);
}
/** Stores a pair of which only the first may exist. */
@inline
function storePair(to: usize, value: v128, valid: i32): void {
  if (valid >= 2) v128.store(to, value);
  else if (valid == 1) v128.store_lane<u64>(to, value, 0);
}

/**
 * One row of outputs within a panel: `to[j] = from[j] + Σ_k x[k]·m[k][j]` for all columns of the panel, of which
 * `valid` are stored. `from` 0 starts at zero.
 */
function accumulatePanel(to: usize, from: usize, x: usize, count: i32, m: usize, width: i32, valid: i32): void {
  const stride = bytes(width);
  const end = x + bytes(count);
  if (width == 16) {
    let s0 = loadOrZero(from, 0);
    let s1 = loadOrZero(from, 16);
    let s2 = loadOrZero(from, 32);
    let s3 = loadOrZero(from, 48);
    let s4 = loadOrZero(from, 64);
    let s5 = loadOrZero(from, 80);
    let s6 = loadOrZero(from, 96);
    let s7 = loadOrZero(from, 112);
    while (x < end) {
      const value = v128.load64_splat(x);
      s0 = multiplyAdd(s0, v128.load(m), value);
      s1 = multiplyAdd(s1, v128.load(m, 16), value);
      s2 = multiplyAdd(s2, v128.load(m, 32), value);
      s3 = multiplyAdd(s3, v128.load(m, 48), value);
      s4 = multiplyAdd(s4, v128.load(m, 64), value);
      s5 = multiplyAdd(s5, v128.load(m, 80), value);
      s6 = multiplyAdd(s6, v128.load(m, 96), value);
      s7 = multiplyAdd(s7, v128.load(m, 112), value);
      x += 8;
      m += 128;
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
    v128.store(to, s4, 64);
    v128.store(to, s5, 80);
    v128.store(to, s6, 96);
    storePair(to + 112, s7, valid - 14);
    return;
  }
  let column = 0;
  for (; column + 4 <= width; column += 4) {
    const at = bytes(column);
    let s0 = loadOrZero(from, at);
    let s1 = loadOrZero(from, at + 16);
    let row = m + at;
    for (let p = x; p < end; p += 8) {
      const value = v128.load64_splat(p);
      s0 = multiplyAdd(s0, v128.load(row), value);
      s1 = multiplyAdd(s1, v128.load(row, 16), value);
      row += stride;
    }
    v128.store(to + at, s0);
    storePair(to + at + 16, s1, valid - column - 2);
  }
  if (column < width) {
    const at = bytes(column);
    let s0 = loadOrZero(from, at);
    let row = m + at;
    for (let p = x; p < end; p += 8) {
      s0 = multiplyAdd(s0, v128.load(row), v128.load64_splat(p));
      row += stride;
    }
    storePair(to + at, s0, valid - column);
  }
}

/** `begin`: 0 from zero, 1 from the bias at c, 2 from `to`. */
export function matrix(to: usize, a: usize, b: usize, c: usize, rows: i32, columns: i32, begin: i32, batch: i32): void {
  for (let panel = 0; panel < columns; panel += panelWidth) {
    const width = widthOf(columns, panel);
    const weights = b + bytes(panel * rows);
    if (batch == 1) {
      const at = to + bytes(panel);
      const from = begin == 0 ? 0 : begin == 1 ? c + bytes(panel) : at;
      accumulatePanel(at, from, a, rows, weights, width, columns - panel);
    } else {
      const end = min(width, columns - panel);
      startRows(to + bytes(panel * batch), c + bytes(panel), end, begin, batch);
      multiplyPanel(to + bytes(panel * batch), a, weights, rows, width, end, batch);
    }
  }
}

function startRows(to: usize, bias: usize, count: i32, begin: i32, batch: i32): void {
  if (begin == 2) return;
  for (let j = 0; j < count; j++) {
    const value = begin == 1 ? load<f64>(bias + bytes(j)) : 0;
    for (let s = 0; s < batch; s++, to += 8) store<f64>(to, value);
  }
}

/** Adds a panel's products to `count` rows of sums, four rows and four samples at a time. */
function multiplyPanel(to: usize, a: usize, w: usize, rows: i32, width: i32, count: i32, batch: i32): void {
  let s = 0;
  for (; s + 4 <= batch; s += 4) {
    let j = 0;
    for (; j + 4 <= count; j += 4)
      tile4x4(to + bytes(j * batch + s), a + bytes(s), w + bytes(j), rows, bytes(width), bytes(batch));
    for (; j < count; j++)
      tile1x4(to + bytes(j * batch + s), a + bytes(s), w + bytes(j), rows, bytes(width), bytes(batch));
  }
  for (; s + 2 <= batch; s += 2)
    for (let j = 0; j < count; j++)
      tile1x2(to + bytes(j * batch + s), a + bytes(s), w + bytes(j), rows, bytes(width), bytes(batch));
  if (s < batch)
    for (let j = 0; j < count; j++)
      tile1x1(to + bytes(j * batch + s), a + bytes(s), w + bytes(j), rows, bytes(width), bytes(batch));
}

function tile4x4(to: usize, a: usize, w: usize, rows: i32, width: usize, batch: usize): void {
  const to1 = to + batch;
  const to2 = to1 + batch;
  const to3 = to2 + batch;
  let s00 = v128.load(to);
  let s01 = v128.load(to, 16);
  let s10 = v128.load(to1);
  let s11 = v128.load(to1, 16);
  let s20 = v128.load(to2);
  let s21 = v128.load(to2, 16);
  let s30 = v128.load(to3);
  let s31 = v128.load(to3, 16);
  for (let k = 0; k < rows; k++) {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const w0 = v128.load64_splat(w);
    s00 = multiplyAdd(s00, w0, x0);
    s01 = multiplyAdd(s01, w0, x1);
    const w1 = v128.load64_splat(w, 8);
    s10 = multiplyAdd(s10, w1, x0);
    s11 = multiplyAdd(s11, w1, x1);
    const w2 = v128.load64_splat(w, 16);
    s20 = multiplyAdd(s20, w2, x0);
    s21 = multiplyAdd(s21, w2, x1);
    const w3 = v128.load64_splat(w, 24);
    s30 = multiplyAdd(s30, w3, x0);
    s31 = multiplyAdd(s31, w3, x1);
    a += batch;
    w += width;
  }
  v128.store(to, s00);
  v128.store(to, s01, 16);
  v128.store(to1, s10);
  v128.store(to1, s11, 16);
  v128.store(to2, s20);
  v128.store(to2, s21, 16);
  v128.store(to3, s30);
  v128.store(to3, s31, 16);
}

function tile1x4(to: usize, a: usize, w: usize, rows: i32, width: usize, batch: usize): void {
  let s0 = v128.load(to);
  let s1 = v128.load(to, 16);
  for (let k = 0; k < rows; k++) {
    const value = v128.load64_splat(w);
    s0 = multiplyAdd(s0, value, v128.load(a));
    s1 = multiplyAdd(s1, value, v128.load(a, 16));
    a += batch;
    w += width;
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
}

function tile1x2(to: usize, a: usize, w: usize, rows: i32, width: usize, batch: usize): void {
  let s0 = v128.load(to);
  for (let k = 0; k < rows; k++) {
    s0 = multiplyAdd(s0, v128.load64_splat(w), v128.load(a));
    a += batch;
    w += width;
  }
  v128.store(to, s0);
}

function tile1x1(to: usize, a: usize, w: usize, rows: i32, width: usize, batch: usize): void {
  let s0 = load<f64>(to);
  for (let k = 0; k < rows; k++) {
    s0 += load<f64>(w) * load<f64>(a);
    a += batch;
    w += width;
  }
  store<f64>(to, s0);
}

/** Even and odd columns in separate chains: with one sample in two lanes, otherwise in two sums. */
export function matrixInput(to: usize, a: usize, b: usize, rows: i32, columns: i32, batch: i32): void {
  for (let k = 0; k < rows; k++) {
    if (batch == 1) inputOfOne(to + bytes(k), a, b, k, rows, columns);
    else {
      let s = 0;
      for (; s + 4 <= batch; s += 4) inputOfFour(to + bytes(k * batch + s), a + bytes(s), b, k, rows, columns, bytes(batch));
      for (; s < batch; s++) inputOfEach(to + bytes(k * batch + s), a + bytes(s), b, k, rows, columns, bytes(batch));
    }
  }
}

function inputOfOne(to: usize, a: usize, b: usize, k: i32, rows: i32, columns: i32): void {
  let sum = f64x2.splat(0);
  for (let panel = 0; panel < columns; panel += panelWidth) {
    const width = widthOf(columns, panel);
    let w = b + bytes(panel * rows + k * width);
    const end = w + bytes((columns - panel < width ? columns - panel : width) & ~1);
    while (w < end) {
      sum = multiplyAdd(sum, v128.load(w), v128.load(a));
      w += 16;
      a += 16;
    }
  }
  if (columns & 1) {
    // The odd column's partner does not exist: both its weight and its gradient count as zero.
    const last = columns - 1;
    const panel = last & ~(panelWidth - 1);
    const w = b + bytes(panel * rows + k * widthOf(columns, panel) + last - panel);
    sum = multiplyAdd(sum, v128.load_zero<u64>(w), v128.load_zero<u64>(a));
  }
  store<f64>(to, load<f64>(to) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
}

function inputOfFour(to: usize, a: usize, b: usize, k: i32, rows: i32, columns: i32, batch: usize): void {
  let even0 = f64x2.splat(0);
  let even1 = f64x2.splat(0);
  let odd0 = f64x2.splat(0);
  let odd1 = f64x2.splat(0);
  for (let panel = 0; panel < columns; panel += panelWidth) {
    const width = widthOf(columns, panel);
    let w = b + bytes(panel * rows + k * width);
    const end = min(width, columns - panel);
    let j = 0;
    for (; j + 2 <= end; j += 2) {
      const w0 = v128.load64_splat(w);
      even0 = multiplyAdd(even0, w0, v128.load(a));
      even1 = multiplyAdd(even1, w0, v128.load(a, 16));
      a += batch;
      const w1 = v128.load64_splat(w, 8);
      odd0 = multiplyAdd(odd0, w1, v128.load(a));
      odd1 = multiplyAdd(odd1, w1, v128.load(a, 16));
      a += batch;
      w += 16;
    }
    if (j < end) {
      const w0 = v128.load64_splat(w);
      even0 = multiplyAdd(even0, w0, v128.load(a));
      even1 = multiplyAdd(even1, w0, v128.load(a, 16));
    }
  }
  v128.store(to, f64x2.add(v128.load(to), f64x2.add(even0, odd0)));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.add(even1, odd1)), 16);
}

function inputOfEach(to: usize, a: usize, b: usize, k: i32, rows: i32, columns: i32, batch: usize): void {
  let even: f64 = 0;
  let odd: f64 = 0;
  for (let panel = 0; panel < columns; panel += panelWidth) {
    const width = widthOf(columns, panel);
    let w = b + bytes(panel * rows + k * width);
    const end = min(width, columns - panel);
    for (let j = 0; j < end; j++) {
      const product = load<f64>(w) * load<f64>(a);
      if (j & 1) odd += product;
      else even += product;
      a += batch;
      w += 8;
    }
  }
  store<f64>(to, load<f64>(to) + (even + odd));
}

/** The gradient of the sums at b is first laid out like a matrix [batch][columns] in panels. */
export function matrixWeights(to: usize, a: usize, b: usize, scratch: usize, rows: i32, columns: i32, batch: i32): void {
  if (batch > 1) {
    for (let panel = 0; panel < columns; panel += panelWidth)
      transpose(scratch + bytes(panel * batch), b + bytes(panel * batch), min(panelWidth, columns - panel), widthOf(columns, panel), batch);
    b = scratch;
  }
  for (let panel = 0; panel < columns; panel += panelWidth) {
    const width = widthOf(columns, panel);
    let at = to + bytes(panel * rows);
    let x = a;
    const m = b + bytes(panel * batch);
    for (let k = 0; k < rows; k++) {
      accumulatePanel(at, at, x, batch, m, width, width);
      at += bytes(width);
      x += bytes(batch);
    }
  }
}

function transpose(to: usize, from: usize, columns: i32, width: i32, batch: i32): void {
  for (let j = 0; j < columns; j++) {
    let at = to + bytes(j);
    for (let s = 0; s < batch; s++, from += 8, at += bytes(width)) store<f64>(at, load<f64>(from));
  }
}

export function biasGradient(to: usize, a: usize, columns: i32, batch: i32): void {
  for (let j = 0; j < columns; j++, to += 8) {
    let sum = load<f64>(to);
    for (let s = 0; s < batch; s++, a += 8) sum += load<f64>(a);
    store<f64>(to, sum);
  }
}
