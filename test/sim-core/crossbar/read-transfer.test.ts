import { describe, expect, it } from 'vitest';
import type { CrossbarCircuit, Drives } from '../../../sim-core/crossbar/circuit.ts';
import { readTransfer } from '../../../sim-core/crossbar/read-transfer.ts';
import { uniform } from './circuits.ts';
import { solveDense } from './dense.ts';
import { largestOf } from './laws.ts';

const [rows, columns] = [7, 5];
const array = (changes: Partial<CrossbarCircuit> = {}): CrossbarCircuit => ({
  rows,
  columns,
  conductance: Float64Array.from({ length: rows * columns }, (_, k) => 1e-3 * 10 ** (-2 * uniform(3)(k))),
  wordWire: 8,
  bitWire: 5,
  wordLeft: 20,
  wordRight: Infinity,
  bitTop: Infinity,
  bitBottom: 30,
  ...changes,
});

const cases: readonly (readonly [string, CrossbarCircuit, 'current' | 'voltage'])[] = [
  ['currents into resistances', array(), 'current'],
  ['currents into virtual grounds', array({ bitBottom: 0 }), 'current'],
  ['currents, word lines driven from both sides', array({ wordRight: 20 }), 'current'],
  ['currents, ideal bit lines', array({ bitWire: 0, bitBottom: 0 }), 'current'],
  ['loaded voltages', array({ bitBottom: 1e5 }), 'voltage'],
  ['voltages without load', array({ bitBottom: Infinity }), 'voltage'],
  ['voltages, hardly any load', array({ bitBottom: 1e12, wordWire: 0 }), 'voltage'],
];

const driveOf = (circuit: CrossbarCircuit, v: Float64Array): Drives =>
  circuit.wordRight === Infinity ? { wordLeft: v } : { wordLeft: v, wordRight: v };

/** Outputs of the columns by Gaussian elimination. */
function outputs(circuit: CrossbarCircuit, quantity: 'current' | 'voltage', v: Float64Array): number[] {
  const { into, bitVoltage } = solveDense(circuit, driveOf(circuit, v));
  if (quantity === 'current') return into.bitBottom.map((i) => -i);
  const terminal = circuit.bitBottom as number;
  return into.bitBottom.map((i, j) =>
    terminal === Infinity ? bitVoltage[(rows - 1) * columns + j] : -i * terminal,
  );
}

const transferOf = (circuit: CrossbarCircuit, quantity: 'current' | 'voltage', driven?: Uint8Array) => {
  const transfer = readTransfer(circuit, quantity, driven);
  if (!transfer.ok) throw new Error(transfer.problems[0].message);
  return transfer.value;
};

describe.each(cases)('readTransfer of %s', (_name, circuit, quantity) => {
  const v = Float64Array.from({ length: rows }, (_, k) => uniform(4)(k) - 0.4);

  it('gives what Gaussian elimination gives', () => {
    const { conductance, columnConductance } = transferOf(circuit, quantity);
    const exact = outputs(circuit, quantity, v);
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += conductance[j * rows + i] * v[i];
      const found = quantity === 'current' ? sum : sum / columnConductance[j];
      expect(Math.abs(found - exact[j])).toBeLessThanOrEqual(1e-9 * largestOf(exact));
    }
  });

  it('sees each column’s conductance from its foot', () => {
    const { columnConductance } = transferOf(circuit, quantity);
    for (let j = 0; j < columns; j++) {
      // A current source of an ampere beside the terminal, as a volt behind a resistance that takes it all.
      const bitBottom = new Float64Array(columns).fill(circuit.bitBottom as number);
      const load = quantity === 'voltage' ? 1 / (circuit.bitBottom as number) : 0;
      if (quantity === 'voltage') bitBottom[j] = 1e-3;
      const one = new Float64Array(columns).fill(1, j, j + 1);
      const [into] = [solveDense({ ...circuit, bitBottom }, { bitBottom: one }).into.bitBottom[j]];
      const seen = quantity === 'voltage' ? 1 / (1 / into - 1e-3) + load : into;
      expect(columnConductance[j] / seen).toBeCloseTo(1, 8);
    }
  });

  it('moves the outputs with each conductance as finite differences do', () => {
    const everywhere = new Uint8Array(rows * columns).fill(1);
    const { noise } = transferOf(circuit, quantity, everywhere);
    if (!noise) throw new Error('no noise');
    const before = outputs(circuit, quantity, v);
    let [wrong, whole] = [0, 0];
    for (let cell = 0; cell < rows * columns; cell++) {
      const j = cell % columns;
      const step = 1e-4 * circuit.conductance[cell];
      const moved = (sign: number) => {
        const conductance = circuit.conductance.slice();
        conductance[cell] += sign * step;
        return outputs({ ...circuit, conductance }, quantity, v)[j];
      };
      const exact = (moved(1) - moved(-1)) / (2 * step);
      const { drive, output, reach } = noise;
      const found = reach[cell] * (drive[cell] * v[Math.floor(cell / columns)] - output[cell] * before[j]);
      wrong += (found - exact) ** 2;
      whole += exact ** 2;
    }
    expect(Math.sqrt(wrong / whole)).toBeLessThan(0.05);
  });
});

describe('readTransfer', () => {
  it('is exact for the noise of ideal wires', () => {
    const ideal = array({ wordWire: 0, bitWire: 0, wordLeft: 0, bitBottom: 1e4 });
    const { noise, columnConductance } = transferOf(ideal, 'voltage', new Uint8Array(rows * columns).fill(1));
    for (let cell = 0; cell < rows * columns; cell++) {
      expect(noise?.drive[cell]).toBeCloseTo(1, 12);
      expect(noise?.output[cell]).toBeCloseTo(1, 12);
      expect((noise?.reach[cell] ?? 0) * columnConductance[cell % columns]).toBeCloseTo(1, 12);
    }
  });

  it('gives a column without devices no voltage', () => {
    const conductance = array().conductance.map((g, k) => (k % columns === 2 ? 0 : g));
    const { conductance: found } = transferOf(array({ conductance, bitBottom: Infinity }), 'voltage');
    expect([...found.subarray(2 * rows, 3 * rows)]).toEqual(new Array(rows).fill(0));
    expect(found.every(Number.isFinite)).toBe(true);
  });
});
