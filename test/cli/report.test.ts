import { describe, expect, it } from 'vitest';
import { decimate } from '../../cli/report/chart/decimate.ts';
import { drawFigure } from '../../cli/report/chart/draw.ts';
import type { Series } from '../../cli/report/chart/figure.ts';
import { scaleFor } from '../../cli/report/chart/scale.ts';
import { confusion } from '../../cli/report/figures/confusion.ts';
import { unpack, waveformFigures } from '../../cli/report/page/waveform-figure.ts';
import { report } from '../../cli/report/report.ts';
import { packWaveforms } from '../../cli/report/waveforms.ts';
import { classificationResult, forecastResult, sweepResult } from './synthetic-result.ts';

const context = {
  experiment: {
    id: 'e',
    name: 'forecast',
    network: 'Forecast',
    data: 'passengers',
    seed: 7,
    analyses: [],
    expectations: [],
  },
  file: 'a <b>.loom',
  source: '// 1 < 2 & </script>',
  command: "memloom run 'a <b>.loom' --seed 7",
  pageScript: '/* page */',
};

it('draws what the experiment plots, on each network, before all else', () => {
  const plots = [{ signals: [{ signal: 'rnn.c' }, { signal: 'rnn.h' }] }];
  const page = report(forecastResult, { ...context, experiment: { ...context.experiment, plots } });
  expect([...page.matchAll(/<figure id="([^"]+)"/g)].map(([, id]) => id).slice(0, 4)).toEqual([
    'plot-0-ideal',
    'plot-0-VoltageMode',
    'plot-0-CurrentMode',
    'predictions-test-y',
  ]);
  expect(page).toContain('rnn.c, rnn.h of VoltageMode');
  expect(page).toContain('First trial, 44 test samples one after the other.');
});

describe('a report', () => {
  const page = report(forecastResult, context);

  it('needs nothing from a network', () => {
    expect(page).not.toMatch(/\b(?:src|href)\s*=|@import|url\((?!#)|https?:\/\/(?!www\.w3\.org)/);
    expect(page).toContain("default-src 'none'");
  });

  it('says metrics with units, baselines, expectations, warnings, arrays and how to run it again', () => {
    for (const text of [
      'rmse.test (passengers)',
      '56.1 ± 1.2 [55.8]',
      'persistence (baseline)',
      '1 of 2 expectations fails',
      '2 weights exceed weightMax.',
      '12 × 16',
      '4.95 µS',
      'memloom run &#39;a &lt;b&gt;.loom&#39; --seed 7',
      'd'.repeat(64),
    ]) {
      expect(page).toContain(text);
    }
  });

  it('shows every user text as text', () => {
    expect(page).toContain('// 1 &lt; 2 &amp; &lt;/script&gt;');
    expect(page.match(/<\/script>/g)).toHaveLength(3);
  });

  it('labels both axes of every figure, with units where there are any', () => {
    const figures = page.match(/<figure[\s\S]*?<\/figure>/g) ?? [];
    expect(figures.length).toBe(4);
    for (const figure of figures) expect(figure.match(/class="label"/g)).toHaveLength(2);
    expect(page).toContain('>y (passengers)<');
    expect(page).toContain('>Forecast − target (passengers)<');
  });

  it('is the same for the same result', () => {
    expect(report(forecastResult, context)).toBe(page);
  });

  it('stays below 1 MB with many and long traces', () => {
    const rows = 200_000;
    const values = Float64Array.from({ length: rows }, (_, row) => Math.sin(row));
    const traces = {
      sample: Float64Array.from({ length: rows }, (_, row) => Math.floor(row / 100)),
      step: Float64Array.from({ length: rows }, (_, row) => row % 100),
      columns: Array.from({ length: 8 }, (_, unit) => ({ name: `ideal.rnn.c[${unit}]`, unit: '1', values })),
    };
    const long = report({ ...forecastResult, traces }, context);
    expect(long.length).toBeLessThan(1_000_000);
    expect(long).toContain('of 2000 test samples; traces.csv has them all.');
  });

  it('draws a sweep with an error bar for each value that has a deviation', () => {
    const figure =
      /<figure id="sweep-rmse-test"[\s\S]*?<\/figure>/.exec(report(sweepResult, context))?.[0] ?? '';
    expect(figure.match(/h8M[\d. ]+h8M/g)).toHaveLength(3);
    for (const text of ['0 %', '2 %', '5 %', '10 %']) expect(figure).toContain(`>${text}<`);
  });

  it('shows which class was taken for which', () => {
    const result = classificationResult();
    expect(confusion(result.predictions[0])).toEqual([
      [3, 0, 0],
      [0, 4, 0],
      [0, 0, 1],
    ]);
    expect(confusion(result.predictions[1])).toEqual([
      [2, 0, 1],
      [0, 4, 0],
      [0, 0, 1],
    ]);
    expect(report(result, context)).toContain(
      'VoltageMode: samples of each class (rows) by predicted class (columns)',
    );
  });

  it('decides a single output at one half', () => {
    const one = {
      ...forecastResult.predictions[0],
      target: Float64Array.of(0, 1, 1),
      mean: Float64Array.of(0.5, 0.6, 0.4),
    };
    expect(confusion(one)).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });
});

describe('the waveforms of a report', () => {
  const waveforms = packWaveforms(forecastResult.traces);
  if (!waveforms) throw new Error('There are traces.');

  it('keep single precision', () => {
    const column = forecastResult.traces.columns[3];
    expect(unpack(waveforms.columns[3].values)).toEqual(Array.from(column.values, Math.fround));
  });

  it('share an axis only where units agree', () => {
    const figures = waveformFigures(waveforms, { signal: 'rnn.c', index: 0, run: 'all', sample: 'all' });
    expect(figures.map(({ y, series }) => [y.unit, series.map(({ name }) => name)])).toEqual([
      ['', ['ideal']],
      ['V', ['VoltageMode', 'CurrentMode']],
    ]);
  });

  it('interrupt a line where the next sample begins', () => {
    const [figure] = waveformFigures(waveforms, { signal: 'rnn.c', index: 1, run: 'ideal', sample: 'all' });
    expect(figure.series[0].y.filter((value) => value === null)).toHaveLength(43);
    expect(figure.series[0].y[3]).toBeNull();
  });

  it('show one sample over its time steps', () => {
    const [figure] = waveformFigures(waveforms, { signal: 'rnn.c', index: 'all', run: 'ideal', sample: 5 });
    expect(figure.series).toHaveLength(2);
    expect(figure.series[0].x).toEqual([0, 1, 2]);
  });
});

describe('a chart', () => {
  const axis = { label: 'x', unit: '' };

  it.each([
    [
      [0, 97],
      [0, 20, 40, 60, 80, 100],
    ],
    [
      [-0.3, 0.7],
      [-0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8],
    ],
    [
      [5, 5],
      [4.4, 4.6, 4.8, 5, 5.2, 5.4, 5.6],
    ],
  ])('of %j has round ticks that enclose the values', (values, ticks) => {
    const scale = scaleFor(axis, values, 0, 100, 5);
    expect(scale.ticks.map(({ value }) => Number(value.toFixed(9)))).toEqual(ticks);
    expect(scale.low).toBeLessThanOrEqual(values[0]);
    expect(scale.high).toBeGreaterThanOrEqual(values[1]);
  });

  it('keeps the extremes of a series when it leaves points out', () => {
    const y = Array.from({ length: 10_000 }, (_, k) =>
      k === 4321 ? 9 : k === 8765 ? -9 : Math.sin(k / 500),
    );
    const series: Series = { name: 's', colour: 0, mark: 'line', x: y.map((_, k) => k), y };
    const less = decimate(series, 100);
    expect(less.x.length).toBeLessThanOrEqual(400);
    expect(less.y).toContain(9);
    expect(less.y).toContain(-9);
    expect(less.x).toContain(4321);
  });

  it('never writes a number that is none', () => {
    const empty = drawFigure({ id: 'f', title: '', caption: '', x: axis, y: axis, series: [] });
    const gaps: Series = { name: 's', colour: 0, mark: 'line', x: [0, 1], y: [null, null] };
    const none = drawFigure({
      id: 'f',
      title: '',
      caption: '',
      x: axis,
      y: { ...axis, scale: 'log' },
      series: [gaps],
    });
    expect(empty + none).not.toMatch(/NaN|Infinity|undefined/);
  });
});
