import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CrossbarDesign } from '../../../sim-core/design/design.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { solveDense } from '../crossbar/dense.ts';
import {
  cellNetwork,
  cells,
  type DesignChanges,
  denseNetwork,
  designOf,
  gaussian,
  outputOf,
  randomInput,
  randomWeights,
  realised,
  realProgram,
  sized,
} from './designs.ts';

const [gOn, gOff, vRead, scale] = [1e-4, 1e-6, 0.2, 0.1];
const [inputs, units] = [3, 2];

interface Wires {
  readonly wordWire: number;
  readonly bitWire: number;
  readonly source: number;
  readonly sense: number;
  readonly drive: 'left' | 'both';
}
type Reading = Partial<CrossbarDesign> & Pick<CrossbarDesign, 'readout' | 'pairs' | 'coding' | 'normalise'>;

const readings: readonly Reading[] = [
  { readout: 'current', pairs: 'rows', coding: 'differential', normalise: 'dummyRow' },
  { readout: 'current', pairs: 'columns', coding: 'differential', normalise: 'dummyRow' },
  { readout: 'current', pairs: 'rows', coding: 'offset', normalise: 'dummyRow' },
  { readout: 'voltage', pairs: 'rows', coding: 'differential', normalise: 'amplifier' },
  { readout: 'voltage', pairs: 'columns', coding: 'complementary', normalise: 'amplifier', load: 2e-5 },
  { readout: 'voltage', pairs: 'rows', coding: 'offset', normalise: 'amplifier' },
  { readout: 'voltage', pairs: 'columns', coding: 'differential', normalise: 'dummyRow' },
  { readout: 'voltage', pairs: 'rows', coding: 'differential', normalise: 'dummyRow', load: 1e-6 },
];
const nameOf = ({ readout, pairs, coding, normalise, load = 0 }: Reading) =>
  `${readout}, ${pairs}, ${coding}${readout === 'voltage' ? `, ${normalise}, ${load} S` : ''}`;

/** One array put together by hand: its devices, which voltage each word line has, and what the outputs are made of. */
function byHand(reading: Reading, weights: readonly number[][], input: readonly number[]) {
  const window = gOn - gOff;
  const k = reading.coding === 'offset' ? window / 2 : window;
  const middle = (gOn + gOff) / 2;
  const pair = (w: number): readonly [number, number] => {
    if (reading.coding === 'differential') return [gOff + Math.max(w, 0) * k, gOff + Math.max(-w, 0) * k];
    if (reading.coding === 'complementary') return [middle + (w * k) / 2, middle - (w * k) / 2];
    return [middle + w * k, middle];
  };
  const paired = reading.coding !== 'offset' && reading.pairs === 'rows';
  const cellsOf = weights.map((row) => row.map(pair));
  const volts = [...input, 1].map((u) => u * vRead);
  // [word line][bit line]
  const devices =
    reading.coding === 'offset'
      ? cellsOf.map((row) => [...row.map(([plus]) => plus), middle])
      : paired
        ? cellsOf.flatMap((row) => [row.map(([plus]) => plus), row.map(([, minus]) => minus)])
        : cellsOf.map((row) => row.flat());
  const drive = paired ? volts.flatMap((v) => [v, -v]) : volts;
  return { devices, drive, siemens: k, paired };
}

/** The outputs of a network `y = W x + b` on an array with wires, solved node by node. */
function expected(
  reading: Reading,
  wires: Wires,
  weights: readonly number[][],
  input: readonly number[],
): number[] {
  const { devices, drive, siemens, paired } = byHand(reading, weights, input);
  const bitLines = devices[0].length;
  const load = reading.load ?? 0;
  const sums = Array.from({ length: bitLines }, (_, b) => devices.reduce((sum, row) => sum + row[b], 0));
  const isDummied = reading.readout === 'voltage' && reading.normalise === 'dummyRow';
  const rows = Math.max(1, Math.ceil((Math.max(...sums) - Math.min(...sums)) / (gOn - gOff)));
  const total = Math.max(...sums) + rows * gOff;
  const dummies = Array.from({ length: isDummied ? rows : 0 }, () => new Array<number>(bitLines).fill(0));
  for (let b = 0; isDummied && b < bitLines; b++) {
    let missing = total - sums[b];
    for (let row = rows - 1; row >= 0; row--) {
      dummies[row][b] = Math.min(gOn, Math.max(gOff, missing - row * gOff));
      missing -= dummies[row][b];
    }
  }
  const all = [...devices, ...dummies];
  const volts = Float64Array.from([...drive, ...dummies.map(() => 0)]);
  const both = wires.drive === 'both';
  const { into, bitVoltage } = solveDense(
    {
      rows: all.length,
      columns: bitLines,
      conductance: Float64Array.from(all.flat()),
      wordWire: wires.wordWire,
      bitWire: wires.bitWire,
      wordLeft: wires.source,
      wordRight: both ? wires.source : Infinity,
      bitTop: Infinity,
      bitBottom: reading.readout === 'current' ? wires.sense : 1 / load,
    },
    both ? { wordLeft: volts, wordRight: volts } : { wordLeft: volts },
  );
  const perSiemens = 1 / (siemens * vRead);
  const outputs = into.bitBottom.map((i, b) => {
    if (reading.readout === 'current') return -i * perSiemens;
    const v = load > 0 ? -i / load : bitVoltage[(all.length - 1) * bitLines + b];
    return v * ((isDummied ? total : sums[b]) + load) * perSiemens;
  });
  if (paired) return outputs;
  return Array.from({ length: units }, (_, j) =>
    reading.coding === 'offset' ? outputs[j] - outputs[units] : outputs[2 * j] - outputs[2 * j + 1],
  );
}

const weights = [
  [0.8, -0.3],
  [-1, 0.2],
  [0.5, 0.9],
  [0.1, -0.7],
];
const given = new Map([
  ['y.weight', Float64Array.from(weights.slice(0, inputs).flat())],
  ['y.bias', Float64Array.from(weights[inputs])],
]);
const input = [0.7, -0.4, 0.2];
const wirings: readonly Wires[] = [
  { wordWire: 40, bitWire: 150, source: 0, sense: 0, drive: 'left' },
  { wordWire: 0, bitWire: 60, source: 500, sense: 300, drive: 'left' },
  { wordWire: 100, bitWire: 0, source: 20, sense: 0, drive: 'both' },
];

describe.each(readings.map((reading) => ({ name: nameOf(reading), reading })))(
  'A crossbar with wires: $name',
  ({ reading }) => {
    it.each(wirings)('is read as nodal analysis says: %o', (wires) => {
      const design = designOf({
        crossbar: { ...reading, ...wires },
        hardware: { scale },
        network: denseNetwork(inputs, units),
      });
      const program = realProgram(realised(design), given, 0, { steps: 1, batch: 1 });
      const output = outputOf(program, Float64Array.from(input));
      const exact = expected(reading, wires, weights, input);
      for (const [j, y] of output.entries()) expect(Math.abs(y - exact[j])).toBeLessThan(1e-9);
      const without = outputOf(
        realProgram(
          realised(
            designOf({ crossbar: reading, hardware: { scale }, network: denseNetwork(inputs, units) }),
          ),
          given,
          0,
          { steps: 1, batch: 1 },
        ),
        Float64Array.from(input),
      );
      expect(Math.abs(output[0] - without[0])).toBeGreaterThan(1e-4);
    });
  },
);

interface Changes extends Omit<Partial<CrossbarDesign>, 'cell'> {
  readonly recurrent: string;
  readonly noisy: boolean;
  readonly seed: number;
}

describe('Wires of any network', () => {
  const changes: fc.Arbitrary<Changes> = fc.record({
    recurrent: fc.constantFrom(...cells.map(({ name }) => name)),
    readout: fc.constantFrom('voltage' as const, 'current' as const),
    coding: fc.constantFrom('differential' as const, 'complementary' as const, 'offset' as const),
    pairs: fc.constantFrom('rows' as const, 'columns' as const),
    size: fc.constantFrom(undefined, { rows: 7, columns: 13 }, { rows: 5, columns: 5 }),
    slices: fc.constantFrom(undefined, 2),
    normalise: fc.constantFrom('dummyRow' as const, 'amplifier' as const),
    load: fc.constantFrom(0, 3e-5),
    noisy: fc.boolean(),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });
  const run = ({ recurrent, noisy, seed, ...crossbar }: Changes, wires: Partial<CrossbarDesign>) => {
    const design: DesignChanges = {
      device: noisy
        ? { readNoise: gaussian(0.01, true), programming: gaussian(0.02, true), stuckOff: 0.1 }
        : {},
      crossbar: { ...crossbar, ...wires },
      network: cellNetwork(recurrent, 2, 3),
    };
    const network = sized(designOf(design));
    const values = randomWeights(network, seed);
    const program = realProgram(realised(designOf(design)), values, seed, { steps: 3, batch: 2 });
    return outputOf(program, randomInput(3 * 2 * 2, seed));
  };

  it('without resistance leave every bit as it is', () => {
    fc.assert(
      fc.property(changes, (given) => {
        expect(run(given, { wordWire: 0, bitWire: 0, source: 0, sense: 0, drive: 'both' })).toEqual(
          run(given, {}),
        );
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  it('become ideal as their resistance vanishes', () => {
    fc.assert(
      fc.property(changes, (given) => {
        const ideal = run(given, {});
        const far = (wire: number) => {
          const output = run(given, { wire, source: wire });
          return Math.max(...ideal.map((y, k) => Math.abs(y - output[k])));
        };
        expect(far(1e-7)).toBeLessThan(1e-7);
        expect(far(1e-5)).toBeLessThan(1e-5);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('Read noise behind wires', () => {
  const reads = 3000;
  const noise = 0.03;
  const wires: Wires = { wordWire: 150, bitWire: 200, source: 100, sense: 50, drive: 'left' };

  const deviationOf = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  };

  it.each(readings.slice(0, 6).map((reading) => ({ name: nameOf(reading), reading })))(
    'has about the spread of drawing each device: $name',
    ({ reading }) => {
      const stream = randomStream(7, 'cells');
      const { devices, drive, siemens, paired } = byHand(reading, weights, input);
      const bitLines = devices[0].length;
      const load = reading.load ?? 0;
      const sums = devices[0].map((_, b) => devices.reduce((sum, row) => sum + row[b], 0) + load);
      const drawn = Array.from({ length: reads }, () => {
        const { into, bitVoltage } = solveDense(
          {
            rows: devices.length,
            columns: bitLines,
            conductance: Float64Array.from(devices.flat(), (g) => g * (1 + noise * stream.gaussian())),
            wordWire: wires.wordWire,
            bitWire: wires.bitWire,
            wordLeft: wires.source,
            wordRight: Infinity,
            bitTop: Infinity,
            bitBottom: reading.readout === 'current' ? wires.sense : 1 / load,
          },
          { wordLeft: Float64Array.from(drive) },
        );
        const out = (b: number) => {
          if (reading.readout === 'current') return -into.bitBottom[b] / (siemens * vRead);
          const v = load > 0 ? -into.bitBottom[b] / load : bitVoltage[(devices.length - 1) * bitLines + b];
          return (v * sums[b]) / (siemens * vRead);
        };
        return paired ? out(0) : reading.coding === 'offset' ? out(0) - out(units) : out(0) - out(1);
      });
      const design = designOf({
        device: { readNoise: gaussian(noise, true) },
        crossbar: { ...reading, ...wires },
        hardware: { scale },
        network: denseNetwork(inputs, units),
      });
      const program = realProgram(realised(design), given, 5, { steps: 1, batch: reads });
      const batched = Float64Array.from({ length: inputs * reads }, (_, k) => input[Math.floor(k / reads)]);
      const found = deviationOf([...outputOf(program, batched).subarray(0, reads)]);
      const exact = deviationOf(drawn);
      // The neglected paths, and three standard errors of both spreads.
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.04 + 3 / Math.sqrt(reads));
    },
  );
});

describe('A current-mode read-out behind wires', () => {
  it('loses by finite gain what the conductance seen from its own foot asks for', () => {
    const wires: Wires = { wordWire: 40, bitWire: 150, source: 30, sense: 0, drive: 'left' };
    const reading = readings[1];
    const openLoopGain = 50;
    const design = designOf({
      crossbar: { ...reading, ...wires },
      hardware: {
        scale,
        bindings: {
          readout: {
            id: 'use:Tia',
            name: 'Tia',
            block: 'Tia',
            arguments: { openLoopGain: { kind: 'number', value: openLoopGain } },
          },
        },
      },
      network: denseNetwork(inputs, units),
    });
    const [output] = outputOf(
      realProgram(realised(design), given, 0, { steps: 1, batch: 1 }),
      Float64Array.from(input),
    );
    const { devices, drive, siemens } = byHand(reading, weights, input);
    const solve = (v: readonly number[], feet: readonly number[]) =>
      solveDense(
        {
          rows: devices.length,
          columns: devices[0].length,
          conductance: Float64Array.from(devices.flat()),
          wordWire: wires.wordWire,
          bitWire: wires.bitWire,
          wordLeft: wires.source,
          wordRight: Infinity,
          bitTop: Infinity,
          bitBottom: 0,
        },
        { wordLeft: Float64Array.from(v), bitBottom: Float64Array.from(feet) },
      ).into.bitBottom;
    const rF = scale / (siemens * vRead);
    const still = drive.map(() => 0);
    const read = (foot: number) => {
      const conductance = solve(
        still,
        devices[0].map((_, b) => (b === foot ? 1 : 0)),
      )[foot];
      const current = -solve(
        drive,
        devices[0].map(() => 0),
      )[foot];
      return (rF * current) / (1 + (1 + rF * conductance) / openLoopGain);
    };
    expect(output).toBeCloseTo((read(0) - read(1)) / scale, 9);
  });
});
