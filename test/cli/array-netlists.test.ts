import { describe, expect, it } from 'vitest';
import { openEngine } from '../../cli/spice/engine.ts';
import type { CrossbarCircuit, Drives } from '../../sim-core/crossbar/circuit.ts';
import { solveCrossbar } from '../../sim-core/crossbar/solve.ts';
import { randomStream } from '../../sim-core/math/random.ts';
import { writeArrayNetlist } from '../../sim-core/spice/array-netlist.ts';
import { unwrap } from '../sim-core/circuit/circuits.ts';

const [rows, columns] = [7, 5];
const random = randomStream(3, 'array netlist');
const conductance = Float64Array.from({ length: rows * columns }, (_, at) =>
  at === 11 ? 0 : 1e-6 * 100 ** random.uniform(),
);
const drive = Float64Array.from({ length: rows }, () => 0.4 * random.uniform() - 0.2);
const ideal = { wordWire: 0, bitWire: 0, wordLeft: 0, wordRight: Infinity, bitTop: Infinity, bitBottom: 0 };
const varied = (count: number) => Float64Array.from({ length: count }, () => 10 * random.uniform());

const arrays: readonly (readonly [string, Partial<CrossbarCircuit>, boolean])[] = [
  ['ideal wires', {}, false],
  ['wires', { wordWire: 2.5, bitWire: 4 }, false],
  ['wires of word lines alone', { wordWire: 2.5 }, false],
  ['drivers and read-outs with resistance', { wordLeft: 200, bitBottom: 50 }, false],
  ['drivers at both ends', { wordWire: 2.5, bitWire: 1, wordLeft: 100, wordRight: 100 }, true],
  ['ideal drivers at both ends', { wordWire: 2.5, wordRight: 0 }, true],
  ['a read-out of voltages', { wordWire: 1, bitWire: 1, bitBottom: 1e7 }, false],
  ['a read-out of voltages without load', { bitWire: 1, bitBottom: Infinity }, false],
  [
    'segments that differ',
    { wordWire: varied(rows * (columns + 1)), bitWire: varied(columns * (rows + 1)) },
    false,
  ],
];

describe('the netlist of an array with', () => {
  it.each(arrays)('%s has our currents and voltages in ngspice', async (_name, given, both) => {
    const circuit: CrossbarCircuit = { rows, columns, conductance, ...ideal, ...given };
    const drives: Drives = { wordLeft: drive, ...(both ? { wordRight: drive } : {}) };
    const { ends, wordVoltage, bitVoltage } = unwrap(solveCrossbar(circuit, drives));
    const label = (kind: string, count: number) => Array.from({ length: count }, (_, k) => `${kind}[${k}]`);
    const array = {
      name: 'n',
      crossbar: 'C',
      rows: label('x', rows),
      columns: label('y', columns),
      circuit,
      drives,
    };
    const text = writeArrayNetlist('A test', array);
    expect(writeArrayNetlist('A test', array)).toBe(text);
    const vectors = unwrap(await unwrap(await openEngine()).run(text));
    const of = (name: string) => vectors.get(name)?.[0] ?? Number.NaN;
    const largest = Math.max(...ends.wordLeft.current.map(Math.abs));
    const near = (theirs: number, ours: number, size: number) =>
      expect([theirs, ours, Math.abs(theirs - ours) <= 1e-9 * size]).toEqual([theirs, ours, true]);
    for (let c = 0; c < columns; c++) {
      if (circuit.bitBottom !== Infinity) near(of(`i(vsense${c})`), ends.bitBottom.current[c], largest);
      near(of(`v(b${c})`), ends.bitBottom.voltage[c], 0.2);
    }
    for (let r = 0; r < rows; r++) {
      near(-of(`i(vdrive_w${r})`), ends.wordLeft.current[r], largest);
      for (let c = 0; c < columns; c++) {
        const [word, bit] = [`v(xarray.w${r}_${c})`, `v(xarray.b${c}_${r})`];
        if (vectors.has(word)) near(of(word), wordVoltage[r * columns + c], 0.2);
        if (vectors.has(bit)) near(of(bit), bitVoltage[r * columns + c], 0.2);
      }
    }
    if (circuit.wordWire !== 0) expect(vectors.has(`v(xarray.w0_0)`)).toBe(true);
  });
});
