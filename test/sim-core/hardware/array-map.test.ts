import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayMaps } from '../../../sim-core/hardware/array-map.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import type { ResultTable } from '../../../sim-core/run/result.ts';
import {
  cellNetwork,
  type DesignChanges,
  designOf,
  gaussian,
  randomWeights,
  realised,
  sized,
  unwrap,
} from './designs.ts';

const mapsOf = (changes: DesignChanges, seed = 1) => {
  const design = designOf(changes);
  const weights = randomWeights(sized(design), seed);
  const hardware = realised(design);
  const maps: ResultTable[] = [];
  // gColumn is the conductance of each bit line, with the errors of this trial.
  let bitLines = 0;
  hardware.write(
    weights,
    { seed, trial: randomStream(seed, 'trial') },
    {
      tensor: () => {},
      parameter: (name, values) => {
        if (name.endsWith('gColumn')) bitLines += values.reduce((sum, value) => sum + value, 0);
      },
      devices: (array, wanted, actual) => maps.push(...unwrap(arrayMaps(array, wanted, actual))),
    },
  );
  return { hardware, bitLines, maps };
};
const column = ({ columns }: ResultTable, name: string) => {
  const found = columns.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no column ${name}.`);
  return found.values;
};

describe('The map of an array', () => {
  it('has as many lines as the layout, each with what it carries', () => {
    const { maps, hardware } = mapsOf({ crossbar: { pairs: 'rows' } });
    for (const [at, { axes = [], columns }] of maps.entries()) {
      const [rows, bits] = axes;
      expect([rows.length, bits.length]).toEqual([
        hardware.layouts[at].wordLines,
        hardware.layouts[at].bitLines,
      ]);
      expect(rows.labels?.length).toBe(rows.length);
      expect(new Set(rows.labels).size).toBe(rows.length);
      expect(new Set(bits.labels).size).toBe(bits.length);
      for (const { values } of columns) expect(values.length).toBe(rows.length * bits.length);
    }
  });

  it('holds the devices that inference reads: bit lines of the same sums, with all errors, in every coding and tiling', () => {
    const arbitrary = fc.record({
      pairs: fc.constantFrom('rows' as const, 'columns' as const),
      coding: fc.constantFrom('differential' as const, 'complementary' as const, 'offset' as const),
      size: fc.option(
        fc.record({ rows: fc.integer({ min: 4, max: 9 }), columns: fc.integer({ min: 3, max: 9 }) }),
        {
          nil: undefined,
        },
      ),
      seed: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ seed, ...crossbar }) => {
        const device = { programming: gaussian(0.1, true), stuckOn: 0.05 };
        const changes = { crossbar, device };
        const { bitLines, maps } = mapsOf(changes, seed);
        const mapped = maps
          .flatMap((map) => [...column(map, 'conductance')])
          .reduce((sum, value) => sum + value, 0);
        expect(Math.abs(mapped - bitLines)).toBeLessThan(1e-12 * bitLines);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('shows the dummy rows of a voltage read-out behind the word lines, which bring all bit lines to one sum', () => {
    const { maps, hardware } = mapsOf({ crossbar: { readout: 'voltage', load: 1e-6 } });
    for (const [at, map] of maps.entries()) {
      const [rows, bits] = map.axes ?? [];
      const dummies = rows.labels?.slice(hardware.layouts[at].wordLines) ?? [];
      expect(dummies.length).toBeGreaterThan(0);
      for (const label of dummies) expect(label).toMatch(/^dummy/);
      const g = column(map, 'conductance');
      const sums = Array.from({ length: bits.length }, (_, bit) =>
        g.reduce((sum, value, cell) => (cell % bits.length === bit ? sum + value : sum), 0),
      );
      for (const sum of sums) expect(Math.abs(sum / sums[0] - 1)).toBeLessThan(1e-12);
      const first = hardware.layouts[at].wordLines * bits.length;
      for (const voltage of column(map, 'word line voltage').subarray(first)) expect(voltage).toBe(0);
    }
  });

  it('takes a bit line to ground that has no device on a tile, as the read-out does', () => {
    const voltage = { readout: 'voltage', normalise: 'amplifier', load: 0 } as const;
    const { maps } = mapsOf({
      crossbar: { ...voltage, size: { rows: 9, columns: 13 } },
      network: cellNetwork('Lstm', 2, 3),
    });
    const lines = maps.flatMap((map) => {
      const width = map.axes?.[1].length ?? 0;
      const at = (name: string, bit: number) => column(map, name).filter((_, cell) => cell % width === bit);
      return Array.from({ length: width }, (_, bit) => ({
        isEmpty: at('conductance', bit).every((g) => g === 0),
        voltages: at('bit line voltage', bit),
      }));
    });
    const empty = lines.filter(({ isEmpty }) => isEmpty);
    expect(empty.length).toBeGreaterThan(0);
    for (const { voltages } of empty) for (const v of voltages) expect(v).toBe(0);
    expect(lines.some(({ voltages }) => voltages[0] !== 0)).toBe(true);
  });

  it('loses nothing without wire resistance, and more the further a device is from the drivers', () => {
    const ideal = mapsOf({ crossbar: { pairs: 'columns' } }).maps[0];
    expect(Math.max(...column(ideal, 'IR loss').map(Math.abs))).toBe(0);
    const real = mapsOf({ crossbar: { pairs: 'columns', wire: 100 } }).maps[0];
    const loss = column(real, 'IR loss');
    const [rows, bits] = (real.axes ?? []).map(({ length }) => length);
    // The first device of the last word line is next to its driver and to the bit line's end.
    expect(loss[(rows - 1) * bits]).toBeGreaterThan(0);
    expect(loss[bits - 1]).toBeGreaterThan(loss[(rows - 1) * bits]);
  });

  it('has currents by Ohm’s law from its own voltages', () => {
    const [map] = mapsOf({ crossbar: { wire: 10 } }).maps;
    const [g, word, bit, current] = [
      'conductance',
      'word line voltage',
      'bit line voltage',
      'device current',
    ].map((name) => column(map, name));
    for (let at = 0; at < g.length; at++)
      expect(Math.abs(current[at] - g[at] * (word[at] - bit[at]))).toBeLessThan(1e-12);
  });
});
