import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Series } from '../../extension/results/series.ts';
import { extrema, pyramidOf } from '../../extension/waveforms/pyramid.ts';
import { windowOf } from '../../extension/waveforms/window.ts';
import { seriesOf } from './series.ts';

const all = (series: Series, pixels: number) =>
  windowOf(series, {
    series: 's',
    columns: [0],
    from: series.x[0],
    to: series.x[series.x.length - 1],
    pixels,
  });

describe('The window of a series', () => {
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
    const window = windowOf(seriesOf([0, 1, 2, 3, 4, 5, 6, 7]), {
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

describe('A pyramid', () => {
  it('finds the extrema of any range, gaps left out, as a search through all samples does', () => {
    const sample = fc.oneof(
      { weight: 9, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const case_ = fc.tuple(
      fc.array(sample, { minLength: 1, maxLength: 6000, size: 'max' }),
      fc.nat(),
      fc.nat(),
    );
    fc.assert(
      fc.property(case_, ([values, a, b]) => {
        const [from, end] = [a % values.length, (b % values.length) + 1];
        const out = new Float64Array(2);
        extrema(pyramidOf(Float64Array.from(values)), from, end, out);
        const inside = values.slice(from, end).filter((value) => !Number.isNaN(value));
        const expected =
          inside.length === 0 ? [Number.NaN, Number.NaN] : [Math.min(...inside), Math.max(...inside)];
        expect([...out]).toEqual(expected);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('reads no more than a few hundred values for a window of a million samples', () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_, at) => at % 997);
    const pyramid = pyramidOf(values);
    values.fill(5000, 5_000, 995_000);
    const out = new Float64Array(2);
    // Samples that changed after the pyramid was built do not show: they were not read.
    extrema(pyramid, 100, 999_900, out);
    expect([...out]).toEqual([0, 996]);
  });
});
