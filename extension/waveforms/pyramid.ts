/**
 * The lowest and highest values of a curve over blocks of 64 samples, over blocks of 64·16, and so on: the extrema of
 * any range of n samples then cost a few hundred comparisons, whatever n. NaN, which is a gap, counts nowhere.
 */
export interface Pyramid {
  readonly values: Float64Array;
  /** Finest first; each twice as long as it has blocks: low, high, low, high … */
  readonly levels: readonly Float64Array[];
}

const finest = 64;
const factor = 16;

export function pyramidOf(values: Float64Array): Pyramid {
  const levels: Float64Array[] = [];
  if (values.length > finest) levels.push(summits(values));
  for (let top = levels.at(-1); top !== undefined && top.length > 2 * factor; top = levels.at(-1))
    levels.push(coarser(top));
  return { values, levels };
}

/** Writes the lowest and the highest value of the samples `from ≤ ordinal < end` to `out`: NaN where there is none. */
export function extrema({ values, levels }: Pyramid, from: number, end: number, out: Float64Array): void {
  out[0] = Number.POSITIVE_INFINITY;
  out[1] = Number.NEGATIVE_INFINITY;
  climb(values, levels, from, end, out);
  if (out[0] > out[1]) out.fill(Number.NaN, 0, 2);
}

/** Takes single samples up to the blocks' edges, blocks up to the edges of coarser ones, and so on. */
function climb(
  values: Float64Array,
  levels: readonly Float64Array[],
  from: number,
  end: number,
  out: Float64Array,
): void {
  let low = from;
  let high = end;
  let size = finest;
  for (let level = 0; level < levels.length; level++, size = factor) {
    const inner = Math.ceil(low / size);
    const innerEnd = Math.floor(high / size);
    if (inner >= innerEnd) {
      scan(values, levels[level - 1], low, high, out);
      return;
    }
    scan(values, levels[level - 1], low, inner * size, out);
    scan(values, levels[level - 1], innerEnd * size, high, out);
    low = inner;
    high = innerEnd;
  }
  scan(values, levels.at(-1), low, high, out);
}

function scan(
  values: Float64Array,
  blocks: Float64Array | undefined,
  from: number,
  end: number,
  out: Float64Array,
): void {
  for (let at = from; at < end; at++) {
    const low = blocks === undefined ? values[at] : blocks[2 * at];
    const high = blocks === undefined ? low : blocks[2 * at + 1];
    if (low < out[0]) out[0] = low;
    if (high > out[1]) out[1] = high;
  }
}

/** Two samples at a time, which takes three comparisons rather than four: this pass reads the whole curve. */
function summits(values: Float64Array): Float64Array {
  const blocks = Math.ceil(values.length / finest);
  const out = new Float64Array(2 * blocks);
  for (let block = 0; block < blocks; block++) {
    const end = Math.min(values.length, (block + 1) * finest);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let at = block * finest;
    for (; at + 1 < end; at += 2) {
      const a = values[at];
      const b = values[at + 1];
      if (a < b) {
        if (a < low) low = a;
        if (b > high) high = b;
      } else if (a >= b) {
        if (b < low) low = b;
        if (a > high) high = a;
      } else {
        const one = Number.isNaN(a) ? b : a;
        if (one < low) low = one;
        if (one > high) high = one;
      }
    }
    if (at < end) {
      if (values[at] < low) low = values[at];
      if (values[at] > high) high = values[at];
    }
    out[2 * block] = low;
    out[2 * block + 1] = high;
  }
  return out;
}

function coarser(fine: Float64Array): Float64Array {
  const count = fine.length / 2;
  const blocks = Math.ceil(count / factor);
  const out = new Float64Array(2 * blocks);
  for (let block = 0; block < blocks; block++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = block * factor; at < Math.min(count, (block + 1) * factor); at++) {
      if (fine[2 * at] < low) low = fine[2 * at];
      if (fine[2 * at + 1] > high) high = fine[2 * at + 1];
    }
    out[2 * block] = low;
    out[2 * block + 1] = high;
  }
  return out;
}
