import { describe, expect, it } from 'vitest';
import type { Series } from '../../extension/results/series.ts';
import { exportWaveforms } from '../../extension/waveforms/export.ts';
import { importCsv } from '../../extension/waveforms/import-csv.ts';
import { seriesOf } from './series.ts';

const series: Series = {
  ...seriesOf([1, 1, -2.5e-3, 4], [0, 1e-9, 2.5e-9, 1e-6]),
  columns: [
    { name: 'rnn.c[0]', unit: 'V', role: 'line', values: Float64Array.of(1, 1, -2.5e-3, 4) },
    { name: 'rnn.i', unit: '1', role: 'line', values: Float64Array.of(0, 0.5, Number.NaN, 0.5) },
  ],
  lanes: [{ name: 'phase', starts: Float64Array.of(0, 2e-9), labels: ['reset', 'read, hold'] }],
};
const all = { series, columns: [0, 1], from: 0, to: 1 };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('Waveforms as CSV', () => {
  it('have the abscissa, the lanes and the columns with their units', () => {
    expect(text(exportWaveforms.csv(all)).split('\n')).toEqual([
      'time (s),phase,rnn.c[0] (V),rnn.i (1)',
      '0,reset,1,0',
      '1e-9,reset,1,0.5',
      '2.5e-9,"read, hold",-0.0025,NaN',
      '0.000001,"read, hold",4,0.5',
      '',
    ]);
  });

  it('hold what is within the range', () => {
    const lines = text(exportWaveforms.csv({ ...all, from: 1e-9, to: 3e-9 }))
      .trim()
      .split('\n');
    expect(lines.length).toBe(3);
  });
});

describe('Waveforms as VCD', () => {
  it('are the changes of real variables at whole femtoseconds', () => {
    const lines = text(exportWaveforms.vcd(all)).split('\n');
    expect(lines).toContain('$timescale 1 fs $end');
    expect(lines).toContain('$var real 64 ! rnn.c[0] $end');
    expect(lines.slice(lines.indexOf('$enddefinitions $end') + 1)).toEqual([
      '#0',
      'r1 !',
      'r0 "',
      '#1000000',
      'r0.5 "',
      '#2500000',
      'r-0.0025 !',
      '#1000000000',
      'r4 !',
      '',
    ]);
  });

  it('count time steps where time is no time', () => {
    const steps = { ...series, x: Float64Array.of(0, 1, 2, 3), xUnit: 'step' };
    expect(text(exportWaveforms.vcd({ ...all, series: steps, to: 3 }))).toMatch(/#0\n[\s\S]*#1\n[\s\S]*#2\n/);
  });
});

describe('Waveforms as an ngspice raw file', () => {
  it('have a head that counts variables and points, and the points as float64', () => {
    const bytes = exportWaveforms.raw(all);
    const head = text(bytes).split('Binary:\n')[0];
    expect(head).toMatch(/No\. Variables: 3\nNo\. Points: 4\n/);
    expect(head).toMatch(/\t0\ttime\ttime\n\t1\trnn\.c\[0\]\tvoltage\n\t2\trnn\.i\tnotype\n/);
    const start = head.length + 'Binary:\n'.length;
    expect(bytes.length).toBe(start + 3 * 4 * 8);
    const view = new DataView(bytes.buffer, start);
    expect([6, 7, 8].map((at) => view.getFloat64(8 * at, true))).toEqual([2.5e-9, -2.5e-3, Number.NaN]);
  });
});

describe('Measured data', () => {
  it('come from CSV with names and units, gaps and comments', () => {
    const imported = importCsv('scope', '# bench 4\ntime (s);v_out [V];n\n0;1;2\n1e-6;;3\n2e-6;1.5;4\n');
    if (!imported.ok) throw new Error(imported.problems[0].message);
    const { x, xUnit, columns } = imported.value;
    expect([...x]).toEqual([0, 1e-6, 2e-6]);
    expect(xUnit).toBe('s');
    expect(columns.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['scope.v_out V', 'scope.n ']);
    expect([...columns[0].values]).toEqual([1, Number.NaN, 1.5]);
  });

  it('are what was exported', () => {
    const table = text(exportWaveforms.csv({ ...all, series: { ...series, lanes: [] }, columns: [0] }));
    const imported = importCsv('again', table);
    if (!imported.ok) throw new Error(imported.problems[0].message);
    expect(imported.value.x).toEqual(series.x);
    expect(imported.value.columns[0].values).toEqual(series.columns[0].values);
  });

  it.each([
    ['', /holds no data/],
    ['time\n1\n', /one column/],
    ['t,v\n0,1\n1,one\n', /Line 3 .*"one"/],
    ['t,v\n0,1\n0,2\n', /Line 3 .*ascend/],
    ['t,v\n0,1\n1\n', /Line 3 .*1 fields/],
  ])('say what is wrong with %j', (table, message) => {
    const imported = importCsv('bad.csv', table);
    expect(imported.ok).toBe(false);
    if (!imported.ok) expect(imported.problems[0].message).toMatch(message);
  });
});
