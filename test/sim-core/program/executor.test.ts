import { describe, expect, it } from 'vitest';
import type { BinaryFunction, UnaryFunction } from '../../../sim-core/design/design.ts';
import {
  binaryCodes,
  encode,
  type Instruction,
  opcode,
  panelledSize,
  start,
  unaryCodes,
} from '../../../sim-core/program/instructions.ts';
import { createMachine, createPlainMachine } from '../../../sim-core/program/machine.ts';
import { normal } from './fixture.ts';

const at = (base: number) => ({ base, stride: 0 });
const special = [
  0, -0, 1, -1, 0.5, 2.5, -3.5, 1e-300, 5e-324, -1e-310, 19, 22, 40, 709.7, 709.789, -708, -745.1, -746,
  1e300,
];
const notFinite = [Infinity, -Infinity, Number.NaN];

/** Runs one instruction on both executors from the same memory, and compares all of it. */
function compare(instruction: Instruction, batch: number, memory: Float64Array): Float64Array {
  const codes = [encode([instruction])];
  const machines = [createMachine, createPlainMachine].map((create) => create(memory.length, codes, batch));
  const results = machines.map((machine) => {
    machine.memory.set(memory);
    return machine.run(0, 0, 1, 1);
  });
  expect(results[0]).toBe(results[1]);
  expect(machines[0].memory).toEqual(machines[1].memory);
  return machines[0].memory;
}

/** Four operands of n values each: the first for the result, from index 2 on. */
function operands(n: number, values: (operand: number) => ArrayLike<number>): Float64Array {
  const memory = new Float64Array(2 + 4 * n + 16);
  for (let i = 0; i < 4; i++) memory.set(values(i), 2 + i * n);
  return memory;
}

describe('the WebAssembly executor gives the bits of the plain one', () => {
  it('and runs here', () => {
    expect(createMachine(10, [], 1).memory.buffer).not.toBeInstanceOf(SharedArrayBuffer);
    expect(createMachine(10, [], 1).memory.buffer.byteLength % 65536).toBe(0);
  });

  const functions = Object.keys(unaryCodes) as UnaryFunction[];
  it.each(functions)('in %s, of ordinary and extreme numbers, and its gradient', (fn) => {
    const scales = [1e-3, 1, 10, 300];
    const values = [...special, ...notFinite, ...scales.flatMap((scale) => [...normal(fn, 500, scale)])];
    const n = values.length;
    const op = opcode.unary + unaryCodes[fn];
    const after = compare(
      { op, n, to: at(2), a: at(2 + n) },
      1,
      operands(n, (i) => (i === 1 ? values : [])),
    );
    const memory = operands(n, (i) => [normal('g', n), normal('h', n), values, after.slice(2, 2 + n)][i]);
    compare(
      {
        op: opcode.unaryGradient + unaryCodes[fn],
        n,
        to: at(2),
        a: at(2 + n),
        b: at(2 + 2 * n),
        c: at(2 + 3 * n),
      },
      1,
      memory,
    );
  });

  it.each(Object.keys(binaryCodes) as BinaryFunction[])('in %s', (fn) => {
    const pairs = [...special, ...notFinite].flatMap((a) => [...special, ...notFinite].map((b) => [a, b]));
    const random = [...normal('a', 501, 5)].map((a, i) => [a, normal('b', 501)[i]]);
    const all = [...pairs, ...random];
    const memory = operands(all.length, (i) => (i === 1 || i === 2 ? all.map((pair) => pair[i - 1]) : []));
    const n = all.length;
    compare({ op: opcode.binary + binaryCodes[fn], n, to: at(2), a: at(2 + n), b: at(2 + 2 * n) }, 1, memory);
  });

  const elementwise = Object.entries(opcode).filter(([name]) =>
    /^(accumulate|where|multiplyAdd|clamp$|copy|clear|divisor|base|exponent)/.test(name),
  );
  it.each(elementwise)('in %s', (_name, op) => {
    for (const n of [1, 2, 7, 129]) {
      const memory = operands(n, (i) => normal(`operand ${i}`, n));
      memory[3 + 2 * n] = memory[3 + 3 * n];
      const untouched = memory[2 + n];
      const after = compare(
        { op, n, to: at(2), a: at(2 + n), b: at(2 + 2 * n), c: at(2 + 3 * n) },
        1,
        memory,
      );
      expect(after[2 + n]).toBe(untouched);
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 13])('in matrices of every width at batch %i', (batch) => {
    for (const columns of [1, 2, 3, 4, 5, 14, 15, 16, 17, 18, 31, 33, 47])
      for (const rows of [0, 1, 2, 7, 20]) checkMatrices(rows, columns, batch);
  });

  it('in the operations along the batch', () => {
    for (const batch of [1, 2, 5])
      for (const op of [
        opcode.softmax,
        opcode.softmaxGradient,
        opcode.broadcast,
        opcode.reduce,
        opcode.largest,
      ]) {
        const n = 6;
        const memory = operands(n * batch, (i) => normal(`columns ${i}`, n * batch, 3));
        const place = (i: number) => at(2 + i * n * batch);
        compare({ op, n, to: place(0), a: place(1), b: place(2) }, batch, memory);
      }
  });

  it('and in what a guard says', () => {
    for (const value of [1e308, Infinity, Number.NaN])
      for (const n of [1, 2, 3]) {
        const memory = operands(3, () => [0, 0, 0]);
        memory[2 + n - 1] = value;
        const codes = [encode([{ op: opcode.guard, n, to: at(2), a: at(2), x: 3, y: 5 }])];
        for (const create of [createMachine, createPlainMachine]) {
          const machine = create(memory.length, codes, 1);
          machine.memory.set(memory);
          expect(machine.run(0, 4, 5, 1)).toBe(value === 1e308 ? -1 : 4 * 5 + 3);
        }
      }
  });
});

function checkMatrices(rows: number, columns: number, batch: number): void {
  const size = panelledSize(rows, columns);
  let taken = 2;
  const take = (count: number) => {
    taken += count;
    return taken - count;
  };
  const [w, x, y, bias, scratch] = [size, rows * batch, columns * batch, columns, (columns + 16) * batch].map(
    take,
  );
  const memory = new Float64Array(taken + 16);
  // Weights beyond the last column are zero, as in a program; nothing else is.
  memory.set(normal('matrix', memory.length));
  for (let k = 0; columns % 2 === 1 && k < rows; k++) {
    const panel = columns - (columns % 16);
    memory[w + panel * rows + k * ((columns % 16) + 1) + (columns % 16)] = 0;
  }
  const common = { n: columns, x: rows };
  for (const y0 of [start.zero, start.bias, start.here])
    compare(
      { op: opcode.matrix, to: at(y), a: at(x), b: at(w), c: at(bias), ...common, y: y0 },
      batch,
      memory,
    );
  compare({ op: opcode.matrixInput, to: at(x), a: at(y), b: at(w), ...common }, batch, memory);
  compare({ op: opcode.biasGradient, to: at(bias), a: at(y), ...common }, batch, memory);
  compareWeights(memory, { w, x, y, scratch }, rows, columns, batch);
}

/** As `compare`, but for scratch and for weights beyond the last column, which nobody reads. */
function compareWeights(
  memory: Float64Array,
  { w, x, y, scratch }: Readonly<Record<'w' | 'x' | 'y' | 'scratch', number>>,
  rows: number,
  columns: number,
  batch: number,
): void {
  const instruction = {
    op: opcode.matrixWeights,
    n: columns,
    to: at(w),
    a: at(x),
    b: at(y),
    c: at(scratch),
    x: rows,
  };
  const codes = [encode([instruction])];
  const results = [createMachine, createPlainMachine].map((create) => {
    const machine = create(memory.length, codes, batch);
    machine.memory.set(memory);
    machine.run(0, 0, 1, 1);
    const values = machine.memory.slice(2, scratch);
    for (let k = 0; columns % 2 === 1 && k < rows; k++) {
      const panel = columns - (columns % 16);
      values[w - 2 + panel * rows + k * ((columns % 16) + 1) + (columns % 16)] = 0;
    }
    return values;
  });
  expect(results[0]).toEqual(results[1]);
}
