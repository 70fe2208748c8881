import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from '../../extension/results/decimate.ts';
import type { Series } from '../../extension/results/series.ts';

const seriesOf = (values: readonly number[], x = values.map((_, at) => at)): Series => ({
  id: 's',
  x: Float64Array.from(x),
  columns: [{ name: 'v', unit: 'V', role: 'line', values: Float64Array.from(values) }],
});
const all = (series: Series, pixels: number) =>
  decimate(series, {
    series: 's',
    columns: [0],
    from: series.x[0],
    to: series.x[series.x.length - 1],
    pixels,
  });

describe('decimate', () => {
  it('keeps every sample where there is room for all', () => {
    const window = all(seriesOf([3, 1, 4, 1, 5]), 100);
    expect([...window.x]).toEqual([0, 1, 2, 3, 4]);
    expect([...window.columns[0]]).toEqual([3, 1, 4, 1, 5]);
  });

  it('sends at most four values per pixel column, and loses no extremum of any of them', () => {
    const samples = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
      minLength: 50,
      maxLength: 2000,
    });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 40 }), (values, pixels) => {
        const series = seriesOf(values);
        const { x, columns } = all(series, pixels);
        expect(x.length).toBeLessThanOrEqual(
          Math.max(4 * pixels, values.length <= 4 * pixels ? values.length : 0),
        );
        expect(Math.min(...columns[0])).toBe(Math.min(...values));
        expect(Math.max(...columns[0])).toBe(Math.max(...values));
        expect(columns[0][0]).toBe(values[0]);
        expect(columns[0].at(-1)).toBe(values.at(-1));
        expect([...x]).toEqual([...x].sort((a, b) => a - b));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('shows a spike of one sample in the pixel column in which it lies', () => {
    const values = Array.from({ length: 100_000 }, () => 0);
    values[73_456] = 9;
    const { x, columns } = all(seriesOf(values), 500);
    const at = columns[0].indexOf(9);
    expect(x[at]).toBeGreaterThan(73_456 - 250);
    expect(x[at]).toBeLessThan(73_456 + 250);
  });

  it('takes the visible part and one sample beyond each edge', () => {
    const window = decimate(seriesOf([0, 1, 2, 3, 4, 5, 6, 7]), {
      series: 's',
      columns: [0],
      from: 2.5,
      to: 4.5,
      pixels: 100,
    });
    expect([...window.x]).toEqual([2, 3, 4, 5, 6]);
  });

  it('interrupts the line at breaks', () => {
    const series = { ...seriesOf([1, 2, 3, 4]), breaks: (ordinal: number) => ordinal === 2 };
    const window = all(series, 100);
    expect([...window.x]).toEqual([0, 1, 1.5, 2, 3]);
    expect([...window.columns[0]]).toEqual([1, 2, Number.NaN, 3, 4]);
  });

  it('puts samples at uneven times into the pixel columns of their times', () => {
    const times = Array.from({ length: 1000 }, (_, at) => at ** 2);
    const { x, columns } = all(
      seriesOf(
        times.map((time) => (time < 500_000 ? 0 : 1)),
        times,
      ),
      100,
    );
    const first = columns[0].indexOf(1);
    expect(Math.abs(x[first] - 500_000)).toBeLessThanOrEqual(2 * (times[999] / 100));
  });
});
