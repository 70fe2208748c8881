import type { BinaryFunction, UnaryFunction } from '../design/design.ts';
import { exp, log, pow } from '../math/elementary.ts';
import { binaryFunctions, unaryFunctions, unaryGradients } from './elementwise.ts';
import { binaryCodes, opcode, unaryCodes, wordsPerInstruction } from './instructions.ts';
import { biasGradient, type MatrixOperation, matrix, matrixInput, matrixWeights } from './matrix.ts';

const unary = byCode<UnaryFunction, (x: number) => number>(unaryCodes, unaryFunctions);
const slopes = byCode<UnaryFunction, (g: number, x: number, y: number) => number>(unaryCodes, unaryGradients);
const binary = byCode<BinaryFunction, (a: number, b: number) => number>(binaryCodes, binaryFunctions);

/**
 * Runs instructions in plain TypeScript: the reference for the WebAssembly executor, which gives the same bits, and
 * what runs where WebAssembly has no SIMD. Results as in `Machine.run`.
 */
export function interpret(
  memory: Float64Array,
  code: Int32Array,
  batch: number,
  from: number,
  to: number,
  direction: 1 | -1,
): number {
  for (let evaluation = from; evaluation !== to; evaluation += direction)
    for (let at = 0; at < code.length; at += wordsPerInstruction)
      if (!step(memory, code, at, batch, evaluation)) return evaluation * code[at + 11] + code[at + 10];
  return -1;
}

/** One instruction; false where a guard fails. */
function step(
  memory: Float64Array,
  code: Int32Array,
  at: number,
  batch: number,
  evaluation: number,
): boolean {
  const op = code[at];
  const n = code[at + 1];
  const to = code[at + 2] + evaluation * code[at + 3];
  const a = code[at + 4] + evaluation * code[at + 5];
  const b = code[at + 6] + evaluation * code[at + 7];
  const c = code[at + 8] + evaluation * code[at + 9];
  if (op === opcode.guard) return allFinite(memory, a, n);
  if (op >= opcode.binary) combine(memory, binary[op - opcode.binary], n, to, a, b);
  else if (op >= opcode.unaryGradient) addSlope(memory, slopes[op - opcode.unaryGradient], n, to, a, b, c);
  else if (op >= opcode.unary) apply(memory, unary[op - opcode.unary], n, to, a);
  else if (op in matrixOperations)
    matrixOperations[op](memory, {
      to,
      a,
      b,
      c,
      columns: n,
      rows: code[at + 10],
      begin: code[at + 11],
      batch,
    });
  else if (op in columnOperations) columnOperations[op](memory, n, batch, to, a, b);
  else elementOperations[op](memory, n, to, a, b, c);
  return true;
}

const matrixOperations: Readonly<Record<number, (memory: Float64Array, operation: MatrixOperation) => void>> =
  {
    [opcode.matrix]: matrix,
    [opcode.matrixInput]: matrixInput,
    [opcode.matrixWeights]: matrixWeights,
    [opcode.biasGradient]: biasGradient,
  };

type ColumnOperation = (
  m: Float64Array,
  size: number,
  batch: number,
  to: number,
  a: number,
  b: number,
) => void;

/** Instructions along the rows of [size][batch]. */
const columnOperations: Readonly<Record<number, ColumnOperation>> = {
  [opcode.broadcast]: (m, size, batch, to, a) => {
    for (let i = 0; i < size; i++) for (let j = 0; j < batch; j++) m[to + i * batch + j] = m[a + j];
  },
  [opcode.reduce]: (m, size, batch, to, a) => {
    for (let i = 0; i < size; i++) for (let j = 0; j < batch; j++) m[to + j] += m[a + i * batch + j];
  },
  [opcode.largest]: (m, size, batch, to, a) => {
    for (let j = 0; j < batch; j++) {
      let largest = 0;
      for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(m[a + i * batch + j]));
      m[to + j] = largest;
    }
  },
  [opcode.softmax]: (m, size, batch, to, a) => {
    for (let j = 0; j < batch; j++) {
      // Relative to the largest, no exponential overflows.
      let largest = -Infinity;
      for (let i = 0; i < size; i++) largest = Math.max(largest, m[a + i * batch + j]);
      let sum = 0;
      for (let i = 0; i < size; i++) sum += m[to + i * batch + j] = exp(m[a + i * batch + j] - largest);
      for (let i = 0; i < size; i++) m[to + i * batch + j] /= sum;
    }
  },
  [opcode.softmaxGradient]: (m, size, batch, to, a, b) => {
    for (let j = 0; j < batch; j++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += m[a + i * batch + j] * m[b + i * batch + j];
      for (let i = 0; i < size; i++)
        m[to + i * batch + j] += m[b + i * batch + j] * (m[a + i * batch + j] - sum);
    }
  },
};

type ElementOperation = (m: Float64Array, n: number, to: number, a: number, b: number, c: number) => void;

const elementOperations: Readonly<Record<number, ElementOperation>> = {
  [opcode.multiplyAdd]: (m, n, to, a, b, c) => {
    for (let i = 0; i < n; i++) m[to + i] = m[a + i] + m[b + i] * m[c + i];
  },
  [opcode.copy]: (m, n, to, a) => m.copyWithin(to, a, a + n),
  [opcode.clear]: (m, n, to) => m.fill(0, to, to + n),
  [opcode.clamp]: (m, n, to, a, b, c) => {
    for (let i = 0; i < n; i++) m[to + i] = Math.min(Math.max(m[a + i], m[b + i]), m[c + i]);
  },
  [opcode.accumulate]: (m, n, to, a) => {
    for (let i = 0; i < n; i++) m[to + i] += m[a + i];
  },
  [opcode.accumulateNegative]: (m, n, to, a) => {
    for (let i = 0; i < n; i++) m[to + i] -= m[a + i];
  },
  [opcode.accumulateProduct]: (m, n, to, a, b) => {
    for (let i = 0; i < n; i++) m[to + i] += m[a + i] * m[b + i];
  },
  [opcode.accumulateQuotient]: (m, n, to, a, b) => {
    for (let i = 0; i < n; i++) m[to + i] += m[a + i] / m[b + i];
  },
  [opcode.divisorGradient]: (m, n, to, a, b, c) => {
    for (let i = 0; i < n; i++) m[to + i] -= (m[a + i] * m[b + i]) / m[c + i];
  },
  [opcode.baseGradient]: (m, n, to, a, b, c) => {
    for (let i = 0; i < n; i++) m[to + i] += m[a + i] * (m[c + i] * pow(m[b + i], m[c + i] - 1));
  },
  [opcode.exponentGradient]: (m, n, to, a, b, c) => {
    for (let i = 0; i < n; i++) m[to + i] += m[c + i] > 0 ? m[a + i] * m[b + i] * log(m[c + i]) : 0;
  },
  [opcode.whereAtMost]: (m, n, to, a, b, c) => {
    for (let i = 0; i < n; i++) m[to + i] += m[b + i] <= m[c + i] ? m[a + i] : 0;
  },
  [opcode.whereAbove]: (m, n, to, a, b, c) => {
    for (let i = 0; i < n; i++) m[to + i] += m[b + i] > m[c + i] ? m[a + i] : 0;
  },
  [opcode.whereEqual]: (m, n, to, a, b, c) => {
    for (let i = 0; i < n; i++) m[to + i] += m[b + i] === m[c + i] ? m[a + i] : 0;
  },
};

function apply(m: Float64Array, fn: (x: number) => number, n: number, to: number, a: number): void {
  for (let i = 0; i < n; i++) m[to + i] = fn(m[a + i]);
}

function combine(
  m: Float64Array,
  fn: (a: number, b: number) => number,
  n: number,
  to: number,
  a: number,
  b: number,
): void {
  for (let i = 0; i < n; i++) m[to + i] = fn(m[a + i], m[b + i]);
}

function addSlope(
  m: Float64Array,
  slope: (g: number, x: number, y: number) => number,
  n: number,
  to: number,
  a: number,
  b: number,
  c: number,
): void {
  for (let i = 0; i < n; i++) m[to + i] += slope(m[a + i], m[b + i], m[c + i]);
}

/** The difference of a number and itself is zero only where the number is finite. */
function allFinite(memory: Float64Array, from: number, n: number): boolean {
  let sum = 0;
  for (let i = from; i < from + n; i++) sum += memory[i] - memory[i];
  return sum === 0;
}

function byCode<Name extends string, F>(
  codes: Readonly<Record<Name, number>>,
  functions: Readonly<Record<Name, F>>,
): F[] {
  const list: F[] = [];
  for (const name in codes) list[codes[name]] = functions[name];
  return list;
}
