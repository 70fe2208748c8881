import fc from 'fast-check';
import { type CrossbarCircuit, type Drives, lineEnds } from '../../../sim-core/crossbar/circuit.ts';

/** Numbers in [0, 1) from a seed, by Weyl's sequence of the golden ratio, scrambled. */
export const uniform = (seed: number) => (k: number) => {
  const x = Math.abs(Math.sin((k + 1) * 12.9898 + seed * 78.233) * 43758.5453);
  return x - Math.floor(x);
};

export interface Excited {
  readonly circuit: CrossbarCircuit;
  readonly drives: Drives;
}

const resistance = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -30, max: 30 }).map((decades) => 10 ** (decades / 10)),
);
const terminal = fc.oneof(fc.constant(Infinity), resistance);

/**
 * Any small circuit with a definite state: every line ideal or not, driven or grounded or floating at each end, devices
 * over five decades and places without one.
 */
export const anyExcited: fc.Arbitrary<Excited> = fc
  .record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, columns }) => {
    const many = <T>(value: fc.Arbitrary<T>, count: number) =>
      fc.array(value, { minLength: count, maxLength: count });
    const cell = fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 5, arbitrary: fc.integer({ min: -50, max: 0 }).map((decades) => 10 ** (decades / 10)) },
    );
    const volts = fc.integer({ min: -100, max: 100 }).map((v) => v / 50);
    return fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      conductance: many(cell, rows * columns),
      wordWire: fc.oneof(resistance, many(resistance, rows * (columns + 1))),
      bitWire: fc.oneof(resistance, many(resistance, columns * (rows + 1))),
      terminals: fc.tuple(
        many(terminal, rows),
        many(terminal, rows),
        many(terminal, columns),
        many(terminal, columns),
      ),
      volts: fc.tuple(many(volts, rows), many(volts, rows), many(volts, columns), many(volts, columns)),
    });
  })
  .map(({ rows, columns, conductance, wordWire, bitWire, terminals, volts }) => {
    const floats = (values: number | number[]) =>
      typeof values === 'number' ? values : Float64Array.from(values);
    const [wordLeft, wordRight, bitTop, bitBottom] = terminals.map((values) => Float64Array.from(values));
    const circuit: CrossbarCircuit = {
      rows,
      columns,
      conductance: Float64Array.from(conductance),
      wordWire: floats(wordWire),
      bitWire: floats(bitWire),
      wordLeft,
      wordRight,
      bitTop,
      bitBottom,
    };
    const drives = Object.fromEntries(
      lineEnds.map((end, k) => {
        const ofEnd = terminals[k];
        return [end, Float64Array.from(volts[k], (v, line) => (ofEnd[line] === Infinity ? 0 : v))];
      }),
    );
    return { circuit, drives };
  });
