import type { BinaryFunction, UnaryFunction } from '../design/design.ts';

/**
 * The instructions of a program, evaluated once per time step. Every operand is a matrix [size][batch] in the
 * program's memory, at `base + evaluation · stride`, so that a value that is kept for each step and one that is not
 * are addressed alike.
 */
export interface Instruction {
  readonly op: number;
  /** Number of elements, or of columns N of a matrix instruction. */
  readonly n: number;
  readonly to: Slot;
  readonly a?: Slot;
  readonly b?: Slot;
  readonly c?: Slot;
  readonly x?: number;
  readonly y?: number;
}

/** Where a value lies: float64 index, and the distance from one evaluation to the next (0: kept once). */
export interface Slot {
  readonly base: number;
  readonly stride: number;
}

export const wordsPerInstruction = 12;

/** Float64 at the beginning of the memory that hold no value: to the executor, address 0 is no operand. */
export const reserved = 2;

/** Operation codes, shared with the WebAssembly executor. `x` is the number of rows K of a matrix instruction. */
export const opcode = {
  /** to[n][batch] = start + W·a, W in panels at b; y: start from zero, from the bias at c, or from `to`. */
  matrix: 1,
  /** to = a + b·c. */
  multiplyAdd: 2,
  copy: 3,
  /** to += a. */
  accumulate: 4,
  /** to[i][batch] = a[0][batch]. */
  broadcast: 5,
  /** to[0][batch] += Σ_i a[i][batch]. */
  reduce: 6,
  softmax: 7,
  /** to = a limited to b .. c. */
  clamp: 8,
  /** Stops unless every element of a is finite, with the result evaluation · y + x. */
  guard: 9,
  /** to = 0. */
  clear: 10,
  /** to[K][batch] += W·a with a[n][batch]: the even columns' sum plus the odd columns' sum. */
  matrixInput: 11,
  /** to (panels) += a[K][batch]·b[n][batch]^T; c is scratch of n·batch elements, rounded up to whole panels. */
  matrixWeights: 12,
  /** to[n] += Σ_batch a. */
  biasGradient: 13,
  /** to += b·(a - Σ a·b), the sum over size x: a the gradient, b the softmax. */
  softmaxGradient: 14,
  /** to -= a. */
  accumulateNegative: 15,
  /** to += a·b. */
  accumulateProduct: 16,
  /** to += a/b. */
  accumulateQuotient: 17,
  /** to -= a·b/c. */
  divisorGradient: 18,
  /** to += a·(c·b^(c-1)). */
  baseGradient: 19,
  /** to += a·b·ln c where c > 0. */
  exponentGradient: 20,
  /** to += a where b <= c. */
  whereAtMost: 21,
  /** to += a where b > c. */
  whereAbove: 22,
  /** to += a where b = c. */
  whereEqual: 23,
  /** to[0][batch] = max_i |a[i][batch]|. */
  largest: 24,
  unary: 32,
  /** to += a·f'(b), with c = f(b). */
  unaryGradient: 64,
  binary: 96,
} as const;

/** Where a matrix instruction starts its sums. */
export const start = { zero: 0, bias: 1, here: 2 } as const;

export const unaryCodes: Readonly<Record<UnaryFunction, number>> = {
  negate: 0,
  sigmoid: 1,
  hardSigmoid: 2,
  tanh: 3,
  relu: 4,
  exp: 5,
  ln: 6,
  sqrt: 7,
  abs: 8,
  sinh: 9,
  cosh: 10,
  sign: 11,
  step: 12,
  round: 13,
};

export const binaryCodes: Readonly<Record<BinaryFunction, number>> = {
  add: 0,
  subtract: 1,
  multiply: 2,
  divide: 3,
  power: 4,
  minimum: 5,
  maximum: 6,
};

/** Columns of a panel: a matrix [K][N] lies as panels of that many columns, each [K][width], the last one narrower. */
export const panelWidth = 16;

/** Width of the panel from `column` on: whole, or what is left rounded up to whole pairs. */
export const widthOfPanel = (columns: number, column: number): number =>
  Math.min(panelWidth, (columns - column + 1) & ~1);

/** Elements that a matrix takes in panels. */
export const panelledSize = (rows: number, columns: number): number => rows * ((columns + 1) & ~1);

/** Index of element (row, column) of a matrix in panels. */
export function indexInPanels(rows: number, columns: number, row: number, column: number): number {
  const panel = column - (column % panelWidth);
  return panel * rows + row * widthOfPanel(columns, panel) + (column - panel);
}

const absent: Slot = { base: 0, stride: 0 };

/** Instructions as words, {@link wordsPerInstruction} each. */
export function encode(instructions: readonly Instruction[]): Int32Array {
  const words = new Int32Array(instructions.length * wordsPerInstruction);
  for (const [i, { op, n, to, a = absent, b = absent, c = absent, x = 0, y = 0 }] of instructions.entries())
    words.set(
      [op, n, to.base, to.stride, a.base, a.stride, b.base, b.stride, c.base, c.stride, x, y],
      i * wordsPerInstruction,
    );
  return words;
}
