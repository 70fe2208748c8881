// The sweeps of `../../sweeps.ts`, two lines at a time. The memory is that of `../../layout.ts`: `cells` is its base
// address, `stride` the bytes between arrays of cells, `lines` the address of the arrays with a number per line.
// Operations and their order are those of the plain sweeps, so both give the same bits.

// The arrays of cells, by their numbers.
const CONDUCTANCE: usize = 0;
const WORD_COUPLING: usize = 1;
const WORD_PIVOT: usize = 2;
const BIT_COUPLING: usize = 3;
const BIT_PIVOT: usize = 4;
const WORD_FORWARD: usize = 5;
const BIT_FORWARD: usize = 6;
const DIRECTION: usize = 7;
const IMAGE: usize = 8;
const RESIDUAL: usize = 9;
const INJECTION: usize = 10;
const SOURCE: usize = 11;
const BLOCK: usize = 64;

export function inject(cells: usize, stride: usize, panels: i32, width: i32): void {
  const length: usize = (<usize>width) << 5;
  let block = cells;
  for (let panel: i32 = 0; panel < panels; panel++) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    const end = block + length;
    for (; block < end; block += BLOCK) {
      low = begin(block, stride, low);
      high = begin(block + 16, stride, high);
      low = begin(block + 32, stride, low);
      high = begin(block + 48, stride, high);
    }
  }
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function begin(cell: usize, stride: usize, before: v128): v128 {
  const injected = f64x2.add(at(cell, stride, INJECTION), at(cell, stride, RESIDUAL));
  const current = f64x2.add(injected, f64x2.mul(at(cell, stride, WORD_COUPLING), before));
  const forward = f64x2.mul(at(cell, stride, WORD_PIVOT), current);
  put(cell, stride, WORD_FORWARD, f64x2.add(at(cell, stride, SOURCE), forward));
  put(cell, stride, IMAGE, injected);
  put(cell, stride, DIRECTION, f64x2.splat(0));
  put(cell, stride, RESIDUAL, f64x2.splat(0));
  put(cell, stride, INJECTION, f64x2.splat(0));
  return current;
}

export function search(cells: usize, stride: usize, panels: i32, width: i32, lines: usize, beta: f64): void {
  const factor = f64x2.splat(beta);
  const length: usize = (<usize>width) << 5;
  const sums: usize = (<usize>width) << 3;
  memory.fill(lines, 0, 2 * sums);
  let start = cells;
  for (let panel: i32 = 0; panel < panels; panel++, start += length) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let line: usize = lines + sums;
    for (let block: usize = start + length; block > start; ) {
      block -= BLOCK;
      line -= 16;
      // Right column of the block.
      let zLow = f64x2.add(low, at(block + 32, stride, WORD_FORWARD));
      let zHigh = f64x2.add(high, at(block + 48, stride, WORD_FORWARD));
      low = f64x2.mul(at(block + 32, stride, WORD_COUPLING), zLow);
      high = f64x2.mul(at(block + 48, stride, WORD_COUPLING), zHigh);
      const rightLow = turn(block + 32, stride, factor, zLow);
      const rightHigh = turn(block + 48, stride, factor, zHigh);
      // Left column.
      zLow = f64x2.add(low, at(block, stride, WORD_FORWARD));
      zHigh = f64x2.add(high, at(block + 16, stride, WORD_FORWARD));
      low = f64x2.mul(at(block, stride, WORD_COUPLING), zLow);
      high = f64x2.mul(at(block + 16, stride, WORD_COUPLING), zHigh);
      const leftLow = turn(block, stride, factor, zLow);
      const leftHigh = turn(block + 16, stride, factor, zHigh);
      // The two bit lines of the block, down its four rows.
      const i0 = arrive(block, stride, v128.shuffle<f64>(leftLow, rightLow, 0, 2), v128.load(line));
      const i1 = arrive(block + 16, stride, v128.shuffle<f64>(leftLow, rightLow, 1, 3), i0);
      const i2 = arrive(block + 32, stride, v128.shuffle<f64>(leftHigh, rightHigh, 0, 2), i1);
      const i3 = arrive(block + 48, stride, v128.shuffle<f64>(leftHigh, rightHigh, 1, 3), i2);
      v128.store(line, i3);
      let sum = v128.load(line + sums);
      sum = f64x2.add(sum, f64x2.mul(eliminate(block, stride, i0), i0));
      sum = f64x2.add(sum, f64x2.mul(eliminate(block + 16, stride, i1), i1));
      sum = f64x2.add(sum, f64x2.mul(eliminate(block + 32, stride, i2), i2));
      sum = f64x2.add(sum, f64x2.mul(eliminate(block + 48, stride, i3), i3));
      v128.store(line + sums, sum);
    }
  }
}

// Renews direction and image at two cells, and gives the current that the direction draws through them.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function turn(cell: usize, stride: usize, beta: v128, z: v128): v128 {
  const direction = f64x2.add(z, f64x2.mul(beta, at(cell, stride, DIRECTION)));
  put(cell, stride, DIRECTION, direction);
  put(cell, stride, IMAGE, f64x2.add(at(cell, stride, RESIDUAL), f64x2.mul(beta, at(cell, stride, IMAGE))));
  return f64x2.mul(at(cell, stride, CONDUCTANCE), direction);
}

// The current that arrives at one row of two neighbouring bit lines, from above and from the cells.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function arrive(row: usize, stride: usize, drawn: v128, above: v128): v128 {
  return f64x2.add(drawn, f64x2.mul(at(row, stride, BIT_COUPLING), above));
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function eliminate(row: usize, stride: usize, current: v128): v128 {
  const forward = f64x2.mul(at(row, stride, BIT_PIVOT), current);
  put(row, stride, BIT_FORWARD, forward);
  return forward;
}

export function update(cells: usize, stride: usize, panels: i32, width: i32, lines: usize, alpha: f64): void {
  const factor = f64x2.splat(alpha);
  const length: usize = (<usize>width) << 5;
  const carries: usize = lines + ((<usize>width) << 3);
  memory.fill(carries, 0, (<usize>width) << 3);
  let sums: usize = carries + ((<usize>width) << 3) + ((<usize>panels) << 5);
  let end: usize = cells + <usize>panels * length;
  for (let panel: i32 = 0; panel < panels; panel++, end -= length) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let sumLow = f64x2.splat(0);
    let sumHigh = f64x2.splat(0);
    let line = carries;
    for (let block: usize = end - length; block < end; block += BLOCK, line += 16) {
      // The two bit lines of the block, up its four rows.
      const v3 = f64x2.add(v128.load(line), at(block + 48, stride, BIT_FORWARD));
      const v2 = rise(block + 32, stride, v3);
      const v1 = rise(block + 16, stride, v2);
      const v0 = rise(block, stride, v1);
      v128.store(line, f64x2.mul(at(block, stride, BIT_COUPLING), v0));
      // Left column.
      let rLow = lower(block, stride, factor, v128.shuffle<f64>(v0, v1, 0, 2));
      let rHigh = lower(block + 16, stride, factor, v128.shuffle<f64>(v2, v3, 0, 2));
      low = f64x2.add(rLow, f64x2.mul(at(block, stride, WORD_COUPLING), low));
      high = f64x2.add(rHigh, f64x2.mul(at(block + 16, stride, WORD_COUPLING), high));
      sumLow = f64x2.add(sumLow, f64x2.mul(keep(block, stride, low), low));
      sumHigh = f64x2.add(sumHigh, f64x2.mul(keep(block + 16, stride, high), high));
      // Right column.
      rLow = lower(block + 32, stride, factor, v128.shuffle<f64>(v0, v1, 1, 3));
      rHigh = lower(block + 48, stride, factor, v128.shuffle<f64>(v2, v3, 1, 3));
      low = f64x2.add(rLow, f64x2.mul(at(block + 32, stride, WORD_COUPLING), low));
      high = f64x2.add(rHigh, f64x2.mul(at(block + 48, stride, WORD_COUPLING), high));
      sumLow = f64x2.add(sumLow, f64x2.mul(keep(block + 32, stride, low), low));
      sumHigh = f64x2.add(sumHigh, f64x2.mul(keep(block + 48, stride, high), high));
    }
    sums -= 32;
    v128.store(sums, sumLow);
    v128.store(sums + 16, sumHigh);
  }
}

// The voltage at one row of two neighbouring bit lines, from that of the row below.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function rise(row: usize, stride: usize, below: v128): v128 {
  return f64x2.add(f64x2.mul(at(row + 16, stride, BIT_COUPLING), below), at(row, stride, BIT_FORWARD));
}

// Renews the residual and the injection at two cells, whose bit line voltages are `v`.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function lower(cell: usize, stride: usize, alpha: v128, v: v128): v128 {
  const image = at(cell, stride, IMAGE);
  const back = f64x2.mul(at(cell, stride, CONDUCTANCE), v);
  const residual = f64x2.sub(at(cell, stride, RESIDUAL), f64x2.mul(alpha, f64x2.sub(image, back)));
  put(cell, stride, RESIDUAL, residual);
  put(cell, stride, INJECTION, f64x2.add(at(cell, stride, INJECTION), f64x2.mul(alpha, image)));
  return residual;
}

// Keeps the forward elimination of two word lines, and gives it.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function keep(cell: usize, stride: usize, current: v128): v128 {
  const forward = f64x2.mul(at(cell, stride, WORD_PIVOT), current);
  put(cell, stride, WORD_FORWARD, forward);
  return forward;
}

export function drive(cells: usize, stride: usize, panels: i32, width: i32, volts: usize): void {
  const length: usize = (<usize>width) << 5;
  let cell = cells;
  for (let panel: i32 = 0; panel < panels; panel++, volts += 32) {
    const low = v128.load(volts);
    const high = v128.load(volts + 16);
    const end = cell + length;
    for (; cell < end; cell += 32) {
      scale(cell, stride, low);
      scale(cell + 16, stride, high);
    }
  }
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function scale(cell: usize, stride: usize, volts: v128): void {
  const source = f64x2.mul(at(cell, stride, DIRECTION), volts);
  put(cell, stride, SOURCE, source);
  put(cell, stride, WORD_FORWARD, source);
  put(cell, stride, INJECTION, f64x2.splat(0));
}

export function settle(
  cells: usize,
  stride: usize,
  panels: i32,
  width: i32,
  lines: usize,
  omega: f64,
): void {
  const length: usize = (<usize>width) << 5;
  memory.fill(lines, 0, (<usize>width) << 4);
  let start = cells;
  for (let panel: i32 = 0; panel < panels; panel++, start += length) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let line: usize = lines + ((<usize>width) << 3);
    for (let block: usize = start + length; block > start; ) {
      block -= BLOCK;
      line -= 16;
      const zRightLow = f64x2.add(low, at(block + 32, stride, WORD_FORWARD));
      const zRightHigh = f64x2.add(high, at(block + 48, stride, WORD_FORWARD));
      const rightLow = f64x2.mul(at(block + 32, stride, CONDUCTANCE), zRightLow);
      const rightHigh = f64x2.mul(at(block + 48, stride, CONDUCTANCE), zRightHigh);
      low = f64x2.mul(at(block + 32, stride, WORD_COUPLING), zRightLow);
      high = f64x2.mul(at(block + 48, stride, WORD_COUPLING), zRightHigh);
      const zLeftLow = f64x2.add(low, at(block, stride, WORD_FORWARD));
      const zLeftHigh = f64x2.add(high, at(block + 16, stride, WORD_FORWARD));
      const leftLow = f64x2.mul(at(block, stride, CONDUCTANCE), zLeftLow);
      const leftHigh = f64x2.mul(at(block + 16, stride, CONDUCTANCE), zLeftHigh);
      low = f64x2.mul(at(block, stride, WORD_COUPLING), zLeftLow);
      high = f64x2.mul(at(block + 16, stride, WORD_COUPLING), zLeftHigh);
      const i0 = arrive(block, stride, v128.shuffle<f64>(leftLow, rightLow, 0, 2), v128.load(line));
      const i1 = arrive(block + 16, stride, v128.shuffle<f64>(leftLow, rightLow, 1, 3), i0);
      const i2 = arrive(block + 32, stride, v128.shuffle<f64>(leftHigh, rightHigh, 0, 2), i1);
      const i3 = arrive(block + 48, stride, v128.shuffle<f64>(leftHigh, rightHigh, 1, 3), i2);
      v128.store(line, i3);
      eliminate(block, stride, i0);
      eliminate(block + 16, stride, i1);
      eliminate(block + 32, stride, i2);
      eliminate(block + 48, stride, i3);
    }
  }
  settleUpwards(start, stride, panels, width, lines, omega);
}

function settleUpwards(
  top: usize,
  stride: usize,
  panels: i32,
  width: i32,
  lines: usize,
  omega: f64,
): void {
  const factor = f64x2.splat(omega);
  const length: usize = (<usize>width) << 5;
  const carries: usize = lines + ((<usize>width) << 3);
  let largest: usize = lines + ((<usize>width) << 4) + ((<usize>panels) << 6);
  let end: usize = top;
  for (let panel: i32 = 0; panel < panels; panel++, end -= length) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let largestLow = f64x2.splat(0);
    let largestHigh = f64x2.splat(0);
    let line = carries;
    for (let block: usize = end - length; block < end; block += BLOCK, line += 16) {
      const v3 = f64x2.add(v128.load(line), at(block + 48, stride, BIT_FORWARD));
      const v2 = rise(block + 32, stride, v3);
      const v1 = rise(block + 16, stride, v2);
      const v0 = rise(block, stride, v1);
      v128.store(line, f64x2.mul(at(block, stride, BIT_COUPLING), v0));
      // Left column.
      let rLow = mismatch(block, stride, v128.shuffle<f64>(v0, v1, 0, 2));
      let rHigh = mismatch(block + 16, stride, v128.shuffle<f64>(v2, v3, 0, 2));
      low = feed(block, stride, factor, rLow, low);
      high = feed(block + 16, stride, factor, rHigh, high);
      largestLow = f64x2.pmax(largestLow, f64x2.abs(rLow));
      largestHigh = f64x2.pmax(largestHigh, f64x2.abs(rHigh));
      // Right column.
      rLow = mismatch(block + 32, stride, v128.shuffle<f64>(v0, v1, 1, 3));
      rHigh = mismatch(block + 48, stride, v128.shuffle<f64>(v2, v3, 1, 3));
      low = feed(block + 32, stride, factor, rLow, low);
      high = feed(block + 48, stride, factor, rHigh, high);
      largestLow = f64x2.pmax(largestLow, f64x2.abs(rLow));
      largestHigh = f64x2.pmax(largestHigh, f64x2.abs(rHigh));
    }
    largest -= 32;
    v128.store(largest, largestLow);
    v128.store(largest + 16, largestHigh);
  }
}

// How far the current fed back at two cells is from what the bit lines' voltages `v` drive.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function mismatch(cell: usize, stride: usize, v: v128): v128 {
  return f64x2.sub(f64x2.mul(at(cell, stride, CONDUCTANCE), v), at(cell, stride, INJECTION));
}

// Renews the injection at two cells, and carries the word lines' forward elimination over them.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function feed(cell: usize, stride: usize, omega: v128, r: v128, before: v128): v128 {
  const injected = f64x2.add(at(cell, stride, INJECTION), f64x2.mul(omega, r));
  put(cell, stride, INJECTION, injected);
  const current = f64x2.add(injected, f64x2.mul(at(cell, stride, WORD_COUPLING), before));
  const forward = f64x2.mul(at(cell, stride, WORD_PIVOT), current);
  put(cell, stride, WORD_FORWARD, f64x2.add(at(cell, stride, SOURCE), forward));
  return current;
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function at(cell: usize, stride: usize, array: usize): v128 {
  return v128.load(cell + array * stride);
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function put(cell: usize, stride: usize, array: usize, value: v128): void {
  v128.store(cell + array * stride, value);
}
