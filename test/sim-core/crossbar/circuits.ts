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

/**
 * Small circuits near the limits of float64: stuck shorts of down to a microohm, sources and senses of up to a teraohm
 * as long as twelve decades lie between the two, wires from nothing to a kiloohm, devices over up to twelve decades,
 * lines that mostly float, and drives that are all the same, but one, or at random.
 */
export const harshExcited: fc.Arbitrary<Excited> = fc
  .record({
    rows: fc.integer({ min: 1, max: 5 }),
    columns: fc.integer({ min: 1, max: 5 }),
    decades: fc.constantFrom(0, 2, 6, 9, 12),
    shorted: fc.constantFrom('nothing', 'cell', 'column', 'row', 'all'),
    short: fc.constantFrom(1, 10, 1e3, 1e6),
    wires: fc.constantFrom(0, 1e-6, 1, 1e3, undefined),
    bitWire: fc.constantFrom(0, 1e3, undefined),
    floating: fc.constantFrom(0.1, 0.5, 0.9),
    drive: fc.constantFrom('one', 'words', 'same', 'random'),
    terminals: fc.array(fc.constantFrom(Infinity, 0, 1, 1e9, undefined), { minLength: 4, maxLength: 4 }),
    seed: fc.integer({ min: 1, max: 1 << 20 }),
  })
  .map(({ rows, columns, decades, shorted, short, wires, floating, drive, terminals, seed, ...own }) => {
    const random = uniform(seed);
    let drawn = 0;
    const next = () => random(drawn++);
    const many = (count: number, value: () => number) => Float64Array.from({ length: count }, value);
    const isShort = (row: number, column: number) =>
      shorted === 'all' ||
      (shorted === 'cell' && row + column === 0) ||
      (shorted === 'column' && column === columns - 1) ||
      (shorted === 'row' && row === rows - 1);
    const conductance = many(rows * columns, () => (next() < 0.05 ? 0 : 1e-3 * 10 ** (-decades * next())));
    for (let cell = 0; cell < conductance.length; cell++)
      if (isShort(Math.floor(cell / columns), cell % columns)) conductance[cell] = short;
    const wire = (count: number) => wires ?? many(count, () => 10 ** (-6 + 9 * next()));
    const resistances = [0, 0, 1e-6, 1, 50, 1e3, 1e6, 1e9, 1e12].filter((r) => r * short <= 1e12);
    const terminal = (all: number | undefined, count: number) =>
      all !== undefined && (all === Infinity || all * short <= 1e12)
        ? all
        : many(count, () =>
            next() < floating ? Infinity : resistances[Math.floor(next() * resistances.length)],
          );
    const circuit: CrossbarCircuit = {
      rows,
      columns,
      conductance,
      wordWire: wire(rows * (columns + 1)),
      bitWire: own.bitWire ?? wire(columns * (rows + 1)),
      wordLeft: terminal(terminals[0], rows),
      wordRight: terminal(terminals[1], rows),
      bitTop: terminal(terminals[2], columns),
      bitBottom: terminal(terminals[3], columns),
    };
    let isFirst = true;
    const voltage = (isWord: boolean) => {
      if (drive === 'one' && !isFirst) return 0;
      isFirst = false;
      return drive === 'random' ? 2 * next() - 1 : drive === 'words' && !isWord ? 0 : 1;
    };
    const drives = Object.fromEntries(
      lineEnds.map((end) => {
        const resistance = circuit[end];
        const at = (line: number) => (typeof resistance === 'number' ? resistance : resistance[line]);
        const isWord = end.startsWith('word');
        return [
          end,
          Float64Array.from({ length: isWord ? rows : columns }, (_, line) =>
            at(line) === Infinity ? 0 : voltage(isWord),
          ),
        ];
      }),
    );
    return { circuit, drives };
  });
