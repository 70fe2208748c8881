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
const FIXED: usize = 12;
const BLOCK: usize = 64;

// Eliminates all chains whose segments have one resistance and whose ends are pinned to no source, as `factorSome` of
// `../../chains.ts` does. Before it, `starts` and `lines` hold the conductances from the lines' first nodes to their
// first terminals; after it, the admittances that their last nodes see.
export function factor(
  cells: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  starts: usize,
  lines: usize,
  wordWire: f64,
  bitWire: f64,
): void {
  const length: usize = (<usize>(columns + (columns & 1))) << 5;
  const ofWord = f64x2.splat(wordWire);
  const ofBit = f64x2.splat(bitWire);
  let block = cells;
  for (let row: i32 = 0; row < rows; row += 4, starts += 32) {
    let low = v128.load(starts);
    let high = v128.load(starts, 16);
    let line = lines;
    const begin = block;
    const end = block + length;
    for (; block < end; block += BLOCK, line += 16) {
      const leftLow = at(block, stride, CONDUCTANCE);
      const leftHigh = at(block + 16, stride, CONDUCTANCE);
      const rightLow = at(block + 32, stride, CONDUCTANCE);
      const rightHigh = at(block + 48, stride, CONDUCTANCE);
      if (block == begin) {
        put(block, stride, WORD_COUPLING, f64x2.splat(0));
        put(block + 16, stride, WORD_COUPLING, f64x2.splat(0));
        low = f64x2.add(leftLow, low);
        high = f64x2.add(leftHigh, high);
      } else {
        low = passWord(block, stride, ofWord, low, leftLow);
        high = passWord(block + 16, stride, ofWord, high, leftHigh);
      }
      if (block + BLOCK < end || (columns & 1) == 0) {
        low = passWord(block + 32, stride, ofWord, low, rightLow);
        high = passWord(block + 48, stride, ofWord, high, rightHigh);
      }
      const g0 = v128.shuffle<f64>(leftLow, rightLow, 0, 2);
      let y = v128.load(line);
      if (row == 0) {
        put(block, stride, BIT_COUPLING, f64x2.splat(0));
        y = f64x2.add(g0, y);
      } else {
        y = passBit(block, block - length + 48, stride, ofBit, y, g0);
      }
      const left = rows - row;
      if (left > 1) y = passBit(block + 16, block, stride, ofBit, y, v128.shuffle<f64>(leftLow, rightLow, 1, 3));
      if (left > 2) y = passBit(block + 32, block + 16, stride, ofBit, y, v128.shuffle<f64>(leftHigh, rightHigh, 0, 2));
      if (left > 3) y = passBit(block + 48, block + 32, stride, ofBit, y, v128.shuffle<f64>(leftHigh, rightHigh, 1, 3));
      v128.store(line, y);
    }
    v128.store(starts, low);
    v128.store(starts, high, 16);
  }
}

// From the column before to this one, on two word lines: the admittance seen here, own conductance included.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function passWord(cell: usize, stride: usize, r: v128, y: v128, own: v128): v128 {
  const a = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), f64x2.mul(r, y)));
  put(cell, stride, WORD_COUPLING, a);
  put(cell - 32, stride, WORD_PIVOT, f64x2.mul(r, a));
  return f64x2.add(own, f64x2.mul(y, a));
}

// The same from the row above, whose place is `above`, on two bit lines.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function passBit(row: usize, above: usize, stride: usize, r: v128, y: v128, own: v128): v128 {
  const a = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), f64x2.mul(r, y)));
  put(row, stride, BIT_COUPLING, a);
  put(above, stride, BIT_PIVOT, f64x2.mul(r, a));
  return f64x2.add(own, f64x2.mul(y, a));
}

export function drive(cells: usize, stride: usize, panels: i32, width: i32, starts: usize): void {
  const length: usize = (<usize>width) << 5;
  let cell = cells;
  for (let panel: i32 = 0; panel < panels; panel++, starts += 32) {
    let low = v128.load(starts);
    let high = v128.load(starts, 16);
    const end = cell + length;
    put(cell, stride, SOURCE, f64x2.mul(at(cell, stride, WORD_PIVOT), low));
    put(cell + 16, stride, SOURCE, f64x2.mul(at(cell + 16, stride, WORD_PIVOT), high));
    for (cell += 32; cell < end; cell += 32) {
      low = f64x2.mul(low, at(cell, stride, WORD_COUPLING));
      high = f64x2.mul(high, at(cell + 16, stride, WORD_COUPLING));
      put(cell, stride, SOURCE, f64x2.mul(at(cell, stride, WORD_PIVOT), low));
      put(cell + 16, stride, SOURCE, f64x2.mul(at(cell + 16, stride, WORD_PIVOT), high));
    }
  }
}

export function inject(cells: usize, stride: usize, panels: i32, width: i32): void {
  const length: usize = (<usize>width) << 5;
  let block = cells;
  for (let panel: i32 = 0; panel < panels; panel++) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    const end = block + length;
    for (; block < end; block += BLOCK) {
      low = renew(block, stride, low);
      high = renew(block + 16, stride, high);
      low = renew(block + 32, stride, low);
      high = renew(block + 48, stride, high);
    }
  }
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function renew(cell: usize, stride: usize, before: v128): v128 {
  const injected = f64x2.add(at(cell, stride, INJECTION), at(cell, stride, RESIDUAL));
  const current = f64x2.add(injected, f64x2.mul(at(cell, stride, WORD_COUPLING), before));
  const forward = f64x2.mul(at(cell, stride, WORD_PIVOT), current);
  put(cell, stride, WORD_FORWARD, f64x2.add(at(cell, stride, SOURCE), forward));
  const fixed = at(cell, stride, FIXED);
  put(cell, stride, IMAGE, f64x2.sub(injected, fixed));
  put(cell, stride, DIRECTION, f64x2.splat(0));
  put(cell, stride, RESIDUAL, fixed);
  put(cell, stride, INJECTION, f64x2.splat(0));
  return current;
}

export function search(cells: usize, stride: usize, panels: i32, width: i32, lines: usize, beta: f64): void {
  const factor = f64x2.splat(beta);
  const length: usize = (<usize>width) << 5;
  const sums: usize = (<usize>width) << 3;
  memory.fill(lines, 0, 2 * sums);
  let row: usize = lines + 2 * sums;
  let start = cells;
  for (let panel: i32 = 0; panel < panels; panel++, start += length, row += 32) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let sumLow = f64x2.splat(0);
    let sumHigh = f64x2.splat(0);
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
      sumLow = f64x2.add(sumLow, inWords(block + 32, stride));
      sumHigh = f64x2.add(sumHigh, inWords(block + 48, stride));
      // Left column.
      zLow = f64x2.add(low, at(block, stride, WORD_FORWARD));
      zHigh = f64x2.add(high, at(block + 16, stride, WORD_FORWARD));
      low = f64x2.mul(at(block, stride, WORD_COUPLING), zLow);
      high = f64x2.mul(at(block + 16, stride, WORD_COUPLING), zHigh);
      const leftLow = turn(block, stride, factor, zLow);
      const leftHigh = turn(block + 16, stride, factor, zHigh);
      sumLow = f64x2.add(sumLow, inWords(block, stride));
      sumHigh = f64x2.add(sumHigh, inWords(block + 16, stride));
      // The two bit lines of the block, down its four rows.
      const i0 = come(block, stride, v128.shuffle<f64>(leftLow, rightLow, 0, 2), v128.load(line));
      const i1 = come(block + 16, stride, v128.shuffle<f64>(leftLow, rightLow, 1, 3), i0);
      const i2 = come(block + 32, stride, v128.shuffle<f64>(leftHigh, rightHigh, 0, 2), i1);
      const i3 = come(block + 48, stride, v128.shuffle<f64>(leftHigh, rightHigh, 1, 3), i2);
      v128.store(line, i3);
      let sum = v128.load(line + sums);
      sum = f64x2.add(sum, f64x2.mul(eliminate(block, stride, i0), i0));
      sum = f64x2.add(sum, f64x2.mul(eliminate(block + 16, stride, i1), i1));
      sum = f64x2.add(sum, f64x2.mul(eliminate(block + 32, stride, i2), i2));
      sum = f64x2.add(sum, f64x2.mul(eliminate(block + 48, stride, i3), i3));
      v128.store(line + sums, sum);
    }
    v128.store(row, sumLow);
    v128.store(row, sumHigh, 16);
  }
}

// What two cells' directions take in the word lines, p·W·p.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function inWords(cell: usize, stride: usize): v128 {
  return f64x2.mul(at(cell, stride, DIRECTION), at(cell, stride, IMAGE));
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
function come(row: usize, stride: usize, drawn: v128, above: v128): v128 {
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

export function tally(cells: usize, stride: usize, panels: i32, width: i32, lines: usize): void {
  const length: usize = (<usize>width) << 5;
  const sums: usize = lines + ((<usize>width) << 3);
  const rows: usize = (<usize>panels) << 5;
  let row: usize = sums + ((<usize>width) << 3);
  const gross: usize = row + 4 * rows;
  memory.fill(lines, 0, (<usize>width) << 4);
  memory.fill(gross, 0, (<usize>width) << 3);
  let block = cells;
  for (let panel: i32 = 0; panel < panels; panel++, row += 32) {
    const end = block + length;
    let sumLow = f64x2.splat(0);
    let sumHigh = f64x2.splat(0);
    let mostLow = f64x2.splat(0);
    let mostHigh = f64x2.splat(0);
    let grossLow = f64x2.splat(0);
    let grossHigh = f64x2.splat(0);
    let offLow = f64x2.splat(0);
    let offHigh = f64x2.splat(0);
    let place: usize = 0;
    for (; block < end; block += BLOCK, place += 16) {
      const leftLow = through(block, stride);
      const leftHigh = through(block + 16, stride);
      const rightLow = through(block + 32, stride);
      const rightHigh = through(block + 48, stride);
      sumLow = f64x2.add(f64x2.add(sumLow, leftLow), rightLow);
      sumHigh = f64x2.add(f64x2.add(sumHigh, leftHigh), rightHigh);
      const drawnLeftLow = drawn(block, stride);
      const drawnLeftHigh = drawn(block + 16, stride);
      const drawnRightLow = drawn(block + 32, stride);
      const drawnRightHigh = drawn(block + 48, stride);
      grossLow = f64x2.pmax(f64x2.pmax(grossLow, drawnLeftLow), drawnRightLow);
      grossHigh = f64x2.pmax(f64x2.pmax(grossHigh, drawnLeftHigh), drawnRightHigh);
      raise(gross + place, f64x2.pmax(drawnLeftLow, drawnLeftHigh), f64x2.pmax(drawnRightLow, drawnRightHigh));
      const sizeLeftLow = f64x2.abs(leftLow);
      const sizeLeftHigh = f64x2.abs(leftHigh);
      const sizeRightLow = f64x2.abs(rightLow);
      const sizeRightHigh = f64x2.abs(rightHigh);
      mostLow = f64x2.pmax(f64x2.pmax(mostLow, sizeLeftLow), sizeRightLow);
      mostHigh = f64x2.pmax(f64x2.pmax(mostHigh, sizeLeftHigh), sizeRightHigh);
      raise(lines + place, f64x2.pmax(sizeLeftLow, sizeLeftHigh), f64x2.pmax(sizeRightLow, sizeRightHigh));
      offLow = f64x2.pmax(f64x2.pmax(offLow, off(block, stride)), off(block + 32, stride));
      offHigh = f64x2.pmax(f64x2.pmax(offHigh, off(block + 16, stride)), off(block + 48, stride));
      const left = f64x2.add(leftLow, leftHigh);
      const right = f64x2.add(rightLow, rightHigh);
      const four = f64x2.add(v128.shuffle<f64>(left, right, 0, 2), v128.shuffle<f64>(left, right, 1, 3));
      v128.store(sums + place, f64x2.add(v128.load(sums + place), four));
    }
    v128.store(row, sumLow);
    v128.store(row, sumHigh, 16);
    v128.store(row + rows, mostLow);
    v128.store(row + rows, mostHigh, 16);
    v128.store(row + 2 * rows, grossLow);
    v128.store(row + 2 * rows, grossHigh, 16);
    v128.store(row + 3 * rows, offLow);
    v128.store(row + 3 * rows, offHigh, 16);
  }
}

// Raises the values of two neighbouring bit lines to the larger lane of each.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function raise(line: usize, left: v128, right: v128): void {
  const larger = f64x2.pmax(v128.shuffle<f64>(left, right, 0, 2), v128.shuffle<f64>(left, right, 1, 3));
  v128.store(line, f64x2.pmax(v128.load(line), larger));
}

// The currents through two cells, which it leaves in the image.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function through(cell: usize, stride: usize): v128 {
  const back = f64x2.add(at(cell, stride, INJECTION), at(cell, stride, RESIDUAL));
  const forth = f64x2.mul(at(cell, stride, CONDUCTANCE), at(cell, stride, DIRECTION));
  const current = f64x2.sub(forth, back);
  put(cell, stride, IMAGE, current);
  return current;
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function drawn(cell: usize, stride: usize): v128 {
  return f64x2.abs(f64x2.mul(at(cell, stride, CONDUCTANCE), at(cell, stride, DIRECTION)));
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function off(cell: usize, stride: usize): v128 {
  return f64x2.abs(at(cell, stride, RESIDUAL));
}

// The arrays of the scaled circuit lie where conjugate gradients keep theirs.
const WORD_FACTOR: usize = 8;
const BIT_FACTOR: usize = 9;
const BRIDGE: usize = 7;

export function begin(cells: usize, stride: usize, panels: i32, width: i32, starts: usize): void {
  const length: usize = (<usize>width) << 5;
  let cell = cells;
  for (let panel: i32 = 0; panel < panels; panel++, starts += 32) {
    const low = v128.load(starts);
    const high = v128.load(starts, 16);
    const end = cell + length;
    for (; cell < end; cell += 32) {
      put(cell, stride, WORD_FORWARD, f64x2.mul(at(cell, stride, WORD_FACTOR), low));
      put(cell + 16, stride, WORD_FORWARD, f64x2.mul(at(cell + 16, stride, WORD_FACTOR), high));
    }
  }
}

export function settle(cells: usize, stride: usize, panels: i32, width: i32, lines: usize): void {
  const length: usize = (<usize>width) << 5;
  const carries: usize = lines + ((<usize>width) << 3);
  const rows: usize = (<usize>panels) << 5;
  // Behind the carries: sums and largest currents of the word lines, then their starts and ends.
  const starts: usize = carries + ((<usize>width) << 3) + 2 * rows;
  memory.fill(lines, 0, (<usize>width) << 4);
  let start = cells;
  for (let panel: i32 = 0; panel < panels; panel++, start += length) {
    settleDown(start, stride, length, lines, starts + rows + ((<usize>panel) << 5));
  }
  for (let panel: i32 = panels - 1; panel >= 0; panel--) {
    start -= length;
    settleUp(start, stride, length, carries, starts + ((<usize>panel) << 5));
  }
}

function settleDown(start: usize, stride: usize, length: usize, lines: usize, ends: usize): void {
  let low = v128.load(ends);
  let high = v128.load(ends, 16);
  let line = lines + (length >> 2);
  for (let block: usize = start + length; block > start; ) {
    block -= BLOCK;
    line -= 16;
    low = f64x2.add(low, at(block + 32, stride, WORD_FORWARD));
    high = f64x2.add(high, at(block + 48, stride, WORD_FORWARD));
    const rightLow = f64x2.mul(at(block + 32, stride, BRIDGE), low);
    const rightHigh = f64x2.mul(at(block + 48, stride, BRIDGE), high);
    low = f64x2.add(low, at(block, stride, WORD_FORWARD));
    high = f64x2.add(high, at(block + 16, stride, WORD_FORWARD));
    const leftLow = f64x2.mul(at(block, stride, BRIDGE), low);
    const leftHigh = f64x2.mul(at(block + 16, stride, BRIDGE), high);
    let current = v128.load(line);
    current = arrive(block, stride, v128.shuffle<f64>(leftLow, rightLow, 0, 2), current);
    current = arrive(block + 16, stride, v128.shuffle<f64>(leftLow, rightLow, 1, 3), current);
    current = arrive(block + 32, stride, v128.shuffle<f64>(leftHigh, rightHigh, 0, 2), current);
    current = arrive(block + 48, stride, v128.shuffle<f64>(leftHigh, rightHigh, 1, 3), current);
    v128.store(line, current);
  }
}

// The current at one row of two neighbouring bit lines, whose forward elimination it leaves there.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function arrive(row: usize, stride: usize, drawn: v128, above: v128): v128 {
  const current = f64x2.add(drawn, above);
  put(row, stride, BIT_FORWARD, f64x2.mul(at(row, stride, BIT_FACTOR), current));
  return current;
}

// @ts-ignore: decorators are AssemblyScript's.
@inline
function settleUp(start: usize, stride: usize, length: usize, carries: usize, starts: usize): void {
  let low = v128.load(starts);
  let high = v128.load(starts, 16);
  let line = carries;
  const end = start + length;
  for (let block: usize = start; block < end; block += BLOCK, line += 16) {
    const v3 = f64x2.add(v128.load(line), at(block + 48, stride, BIT_FORWARD));
    const v2 = f64x2.add(v3, at(block + 32, stride, BIT_FORWARD));
    const v1 = f64x2.add(v2, at(block + 16, stride, BIT_FORWARD));
    const v0 = f64x2.add(v1, at(block, stride, BIT_FORWARD));
    v128.store(line, v0);
    low = feed(block, stride, v128.shuffle<f64>(v0, v1, 0, 2), low);
    high = feed(block + 16, stride, v128.shuffle<f64>(v2, v3, 0, 2), high);
    low = feed(block + 32, stride, v128.shuffle<f64>(v0, v1, 1, 3), low);
    high = feed(block + 48, stride, v128.shuffle<f64>(v2, v3, 1, 3), high);
  }
}

// Carries the word lines' forward elimination over two cells, with what the bit lines' voltages `v` feed back.
// @ts-ignore: decorators are AssemblyScript's.
@inline
function feed(cell: usize, stride: usize, v: v128, before: v128): v128 {
  const current = f64x2.add(f64x2.mul(at(cell, stride, BRIDGE), v), before);
  put(cell, stride, WORD_FORWARD, f64x2.mul(at(cell, stride, WORD_FACTOR), current));
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
