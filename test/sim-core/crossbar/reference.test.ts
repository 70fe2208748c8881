import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CrossbarCircuit } from '../../../sim-core/crossbar/circuit.ts';
import { crossbarOutputs } from '../../../sim-core/crossbar/outputs.ts';
import { solveCrossbar } from '../../../sim-core/crossbar/solve.ts';

const reference: Readonly<Record<string, readonly number[]>> = JSON.parse(
  readFileSync(new URL('../../oracles/crossbar/reference.json', import.meta.url), 'utf8'),
);

const uniform = (k: number) => {
  const x = (k + 1) * 0.7548776662466927;
  return x - Math.floor(x);
};

const square = (n: number, wire: number, conductance: (k: number) => number): CrossbarCircuit => ({
  rows: n,
  columns: n,
  conductance: Float64Array.from({ length: n * n }, (_, k) => conductance(k)),
  wordWire: wire,
  bitWire: wire,
  wordLeft: 0,
  wordRight: Infinity,
  bitTop: Infinity,
  bitBottom: 0,
});

const logUniform = (decades: number) => (k: number) => 10 ** (-3 - decades * uniform(k));

const oneOf = (count: number, line: number, value: number, others: number) =>
  new Float64Array(count).fill(others).fill(value, line, line + 1);

const cases: Readonly<Record<string, CrossbarCircuit>> = {
  'all devices 1 kOhm, wires 10 Ohm': square(256, 10, () => 1e-3),
  'six decades': square(64, 1, logUniform(6)),
  'stuck-short column': square(64, 1, (k) => (k % 64 === 5 ? 1 : logUniform(2)(k))),
  'fully open': square(32, 1, () => 0),
  'wires of a microohm': square(64, 1e-6, logUniform(2)),
  'column of microohms': square(64, 1, (k) => (k % 64 === 5 ? 1e6 : logUniform(2)(k))),
  'column of microohms, read by a megohm': {
    ...square(64, 1, (k) => (k % 64 === 5 ? 1e6 : logUniform(2)(k))),
    bitBottom: oneOf(64, 5, 1e6, 0),
  },
  'one line driven, the others floating, into a gigaohm': {
    ...square(64, 1, () => 0),
    columns: 48,
    conductance: Float64Array.from({ length: 64 * 48 }, (_, k) => logUniform(2)(k)),
    wordLeft: oneOf(64, 9, 0, Infinity),
    bitBottom: oneOf(48, 11, 1e9, Infinity),
  },
};

describe('output currents agree with the sparse LU of scipy', () => {
  for (const [name, circuit] of Object.entries(cases)) {
    const floats = (row: number) =>
      typeof circuit.wordLeft !== 'number' && circuit.wordLeft[row] === Infinity;
    const voltages = Float64Array.from({ length: circuit.rows }, (_, row) =>
      floats(row) ? 0 : uniform(row + 7),
    );
    const expectCurrents = (currents: Float64Array) => {
      expect(currents.length).toBe(reference[name].length);
      for (const [line, current] of currents.entries()) {
        expect(Math.abs(current - reference[name][line])).toBeLessThanOrEqual(
          1e-9 * Math.abs(reference[name][line]),
        );
      }
    };

    it(`for one vector: ${name}`, () => {
      const solved = solveCrossbar(circuit, { wordLeft: voltages });
      if (!solved.ok) throw new Error(solved.problems[0].message);
      expectCurrents(solved.value.ends.bitBottom.current);
    });

    it(`for the second of several: ${name}`, () => {
      const vectors = new Float64Array(2 * circuit.rows);
      for (let row = 0; row < circuit.rows; row++) vectors[row] = floats(row) ? 0 : 0.3;
      vectors.set(voltages, circuit.rows);
      const outputs = crossbarOutputs(circuit, vectors);
      if (!outputs.ok) throw new Error(outputs.problems[0].message);
      expectCurrents(outputs.value.subarray(circuit.columns));
    });
  }
});
