import { describe, expect, it } from 'vitest';
import type { CrossbarCircuit, LineEnd } from '../../../sim-core/crossbar/circuit.ts';
import { crossbarOutputs } from '../../../sim-core/crossbar/outputs.ts';
import { drivesOf, inputCount, type Ports, usualPorts } from '../../../sim-core/crossbar/ports.ts';
import { solveCrossbar } from '../../../sim-core/crossbar/solve.ts';
import { applyTransfer, transferMatrix } from '../../../sim-core/crossbar/transfer.ts';
import { uniform } from './circuits.ts';
import { largestOf } from './laws.ts';

const crossbar = (rows: number, columns: number, changes: Partial<CrossbarCircuit> = {}): CrossbarCircuit => {
  const random = uniform(rows + 3 * columns);
  return {
    rows,
    columns,
    conductance: Float64Array.from({ length: rows * columns }, (_, k) => 1e-3 * 10 ** (-2 * random(k))),
    wordWire: 1,
    bitWire: 1,
    wordLeft: 0,
    wordRight: Infinity,
    bitTop: Infinity,
    bitBottom: 0,
    ...changes,
  };
};

const cases: Readonly<Record<string, { readonly circuit: CrossbarCircuit; readonly ports: Ports }>> = {
  'currents at virtual grounds': { circuit: crossbar(40, 30), ports: usualPorts },
  'far more inputs than outputs': { circuit: crossbar(48, 5, { bitBottom: 20 }), ports: usualPorts },
  'voltages of loaded bit lines, far more inputs than outputs': {
    circuit: crossbar(48, 5, { bitBottom: 1e6 }),
    ports: { ...usualPorts, quantity: 'voltage' },
  },
  'voltages of open bit lines': {
    circuit: crossbar(20, 24, { bitBottom: Infinity }),
    ports: { ...usualPorts, quantity: 'voltage' },
  },
  'word lines driven from both sides': {
    circuit: crossbar(21, 17, { wordRight: 2, wordLeft: 1, bitTop: 5 }),
    ports: { ...usualPorts, inputs: ['wordLeft', 'wordRight'] },
  },
  'bit lines driven, word lines read': {
    circuit: crossbar(12, 14, { wordLeft: 10 }),
    ports: { inputs: ['bitBottom'], output: 'wordLeft', quantity: 'current' },
  },
  'bit lines read at the top': {
    circuit: crossbar(12, 14, { bitTop: 100, bitBottom: Infinity }),
    ports: { ...usualPorts, output: 'bitTop', quantity: 'voltage' },
  },
  'ideal wires': { circuit: crossbar(16, 16, { wordWire: 0, bitWire: 0, bitBottom: 30 }), ports: usualPorts },
  'strong drops': {
    circuit: crossbar(64, 64, { wordWire: 20, bitWire: 20, conductance: new Float64Array(4096).fill(1e-3) }),
    ports: usualPorts,
  },
};

const vectorsOf = (circuit: CrossbarCircuit, ports: Ports, count: number) =>
  Float64Array.from({ length: count * inputCount(circuit, ports) }, (_, k) => uniform(77)(k) - 0.3);

describe('crossbarOutputs', () => {
  for (const [name, { circuit, ports }] of Object.entries(cases))
    it(`gives for each of many vectors what solveCrossbar gives: ${name}`, () => {
      const count = 6;
      const inputs = inputCount(circuit, ports);
      const vectors = vectorsOf(circuit, ports, count);
      const outputs = crossbarOutputs(circuit, vectors, ports);
      if (!outputs.ok) throw new Error(outputs.problems[0].message);
      const size = outputs.value.length / count;
      for (let k = 0; k < count; k++) {
        const solved = solveCrossbar(circuit, drivesOf(ports, vectors.slice(k * inputs, (k + 1) * inputs)));
        if (!solved.ok) throw new Error(solved.problems[0].message);
        const exact = solved.value.ends[ports.output][ports.quantity];
        const found = outputs.value.subarray(k * size, (k + 1) * size);
        expect(largestOf(exact.map((x, line) => x - found[line]))).toBeLessThanOrEqual(
          2e-12 * largestOf(exact),
        );
      }
    });

  for (const [name, { circuit, ports }] of Object.entries(cases))
    it(`gives the same for far more vectors than inputs, through the transfer matrix: ${name}`, () => {
      const inputs = inputCount(circuit, ports);
      const count = 2 * inputs;
      const vectors = vectorsOf(circuit, ports, count);
      // One vector whose outputs are nothing but differences, and one of zeros.
      for (let k = 0; k < inputs; k++) vectors[inputs + k] = k === 1 ? 1e-9 : 0;
      vectors.fill(0, 2 * inputs, 3 * inputs);
      const all = crossbarOutputs(circuit, vectors, ports);
      if (!all.ok) throw new Error(all.problems[0].message);
      const outputs = all.value.length / count;
      const few = crossbarOutputs(circuit, vectors.subarray(0, 4 * inputs), ports);
      if (!few.ok) throw new Error(few.problems[0].message);
      expect(largestOf(all.value.subarray(2 * outputs, 3 * outputs))).toBe(0);
      for (let k = 0; k < 4; k++) {
        const [one, other] = [all.value, few.value].map((values) =>
          values.slice(k * outputs, (k + 1) * outputs),
        );
        expect(largestOf(one.map((x, line) => x - other[line]))).toBeLessThanOrEqual(
          2e-12 * largestOf(other),
        );
      }
    });

  it('solves anew what vanishes in the product with the transfer matrix', () => {
    // Voltages of alternating sign, whose currents into the bit lines almost cancel.
    const circuit = crossbar(24, 6, { bitBottom: 1e9 });
    const vectors = vectorsOf(circuit, usualPorts, 60);
    for (let k = 0; k < 24; k++) vectors[24 + k] = (k % 2 === 0 ? 1 : -1) * (1 + k * 1e-9);
    const outputs = crossbarOutputs(circuit, vectors);
    if (!outputs.ok) throw new Error(outputs.problems[0].message);
    for (const k of [0, 1, 59]) {
      const solved = solveCrossbar(circuit, { wordLeft: vectors.slice(k * 24, (k + 1) * 24) });
      if (!solved.ok) throw new Error(solved.problems[0].message);
      for (const [line, i] of solved.value.ends.bitBottom.current.entries())
        expect(Math.abs(outputs.value[k * 6 + line] - i)).toBeLessThanOrEqual(1e-9 * Math.abs(i));
    }
  });

  it('gives the same bits with plain sweeps', () => {
    const { circuit, ports } = cases['currents at virtual grounds'];
    const vectors = vectorsOf(circuit, ports, 4);
    expect(crossbarOutputs(circuit, vectors, ports, { kernels: 'plain' })).toEqual(
      crossbarOutputs(circuit, vectors, ports),
    );
  });

  it('gives zero for a zero vector, before and after others', () => {
    const { circuit, ports } = cases['currents at virtual grounds'];
    const vectors = new Float64Array(3 * circuit.rows).fill(1, circuit.rows, 2 * circuit.rows);
    const outputs = crossbarOutputs(circuit, vectors, ports);
    if (!outputs.ok) throw new Error(outputs.problems[0].message);
    expect(largestOf(outputs.value.subarray(0, circuit.columns))).toBe(0);
    expect(largestOf(outputs.value.subarray(2 * circuit.columns))).toBe(0);
    expect(largestOf(outputs.value)).toBeGreaterThan(0);
  });

  it('says what is wrong with vectors and ports', () => {
    const { circuit, ports } = cases['currents at virtual grounds'];
    const short = crossbarOutputs(circuit, new Float64Array(41), ports);
    expect(short.ok ? '' : short.problems[0].message).toContain('41 numbers');
    const inputs: LineEnd[] = ['wordLeft', 'bitTop'];
    const mixed = crossbarOutputs(circuit, new Float64Array(40), { ...ports, inputs });
    expect(mixed.ok ? '' : mixed.problems[0].code).toBe('crossbar.ports');
  });
});

describe('transferMatrix', () => {
  for (const [name, { circuit, ports }] of Object.entries(cases))
    it(`stands for the whole circuit: ${name}`, () => {
      const count = 3;
      const vectors = vectorsOf(circuit, ports, count);
      const transfer = transferMatrix(circuit, ports);
      const exact = crossbarOutputs(circuit, vectors, ports);
      if (!transfer.ok || !exact.ok) throw new Error('unsolved');
      const outputs = applyTransfer(transfer.value, vectors, new Float64Array(exact.value.length));
      if (!outputs.ok) throw new Error(outputs.problems[0].message);
      const difference = outputs.value.map((x, k) => x - exact.value[k]);
      expect(largestOf(difference)).toBeLessThanOrEqual(1e-11 * largestOf(exact.value));
    });

  it('is symmetric seen from one set of terminals', () => {
    const circuit = crossbar(20, 20, { wordLeft: 50, bitBottom: 10 });
    const transfer = transferMatrix(circuit, {
      inputs: ['wordLeft'],
      output: 'wordLeft',
      quantity: 'current',
    });
    if (!transfer.ok) throw new Error(transfer.problems[0].message);
    const { values } = transfer.value;
    const skew = values.map((x, k) => x - values[(k % 20) * 20 + Math.floor(k / 20)]);
    expect(largestOf(skew)).toBeLessThanOrEqual(1e-11 * largestOf(values));
  });

  it('has no entry for an input that floats', () => {
    const circuit = crossbar(6, 6, { wordLeft: Float64Array.of(0, 0, Infinity, 0, 0, 0) });
    const transfer = transferMatrix(circuit);
    if (!transfer.ok) throw new Error(transfer.problems[0].message);
    const column = Array.from({ length: 6 }, (_, row) => transfer.value.values[row * 6 + 2]);
    expect(column).toEqual([0, 0, 0, 0, 0, 0]);
    expect(largestOf(transfer.value.values)).toBeGreaterThan(1e-5);
  });

  it('refuses vectors of other sizes', () => {
    const transfer = transferMatrix(crossbar(4, 3));
    if (!transfer.ok) throw new Error('unsolved');
    const wrong = applyTransfer(transfer.value, new Float64Array(5), new Float64Array(3));
    expect(wrong.ok ? '' : wrong.problems[0].message).toContain('3 × 4');
  });
});
