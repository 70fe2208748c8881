import { describe, expect, it } from 'vitest';
import { tableFigures } from '../../cli/report/figures/tables.ts';
import { heatMaps } from '../../cli/report/heat-map.ts';
import type { ResultTable } from '../../sim-core/index.ts';
import { forecastResult } from './synthetic-result.ts';

const wave = (length: number, at: (k: number) => number) => Float64Array.from({ length }, (_, k) => at(k));
const withTables = (...tables: readonly ResultTable[]) => ({ ...forecastResult, tables });
const column = (name: string, unit: string, ...values: readonly number[]) => ({
  name,
  unit,
  values: Float64Array.from(values),
});
const figureOf = (table: ResultTable) => tableFigures(withTables(table));

describe('tables of analyses', () => {
  it('a hysteresis is a loop of current over voltage, and each state over time, in readable units', () => {
    const [loop, state, ...more] = figureOf({
      id: 'D.sine',
      title: 'D: sine',
      kind: 'hysteresis',
      columns: [
        column('time', 's', 0, 1e-6, 2e-6),
        column('voltage', 'V', 0, 1, 0),
        column('current', 'A', 0, 2e-5, 0),
        column('x', '1', 0.1, 0.2, 0.3),
      ],
    });
    expect(more).toEqual([]);
    expect([loop.x.unit, loop.y.unit]).toEqual(['V', 'µA']);
    expect(loop.series[0].x).toEqual([0, 1, 0]);
    expect(loop.series[0].y[1]).toBeCloseTo(20, 9);
    expect([state.x.unit, state.y.label]).toEqual(['µs', 'x']);
  });

  it('pulses show the mean with its spread in the same unit', () => {
    const [figure] = figureOf({
      id: 'D.pulses',
      title: '',
      kind: 'pulses',
      columns: [
        column('pulse', '1', 0, 1),
        column('conductance', 'S', 1e-6, 3e-6),
        column('deviation', 'S', 0, 5e-7),
      ],
    });
    expect(figure.y.unit).toBe('µS');
    expect(figure.series[0].deviation?.[1]).toBeCloseTo(0.5, 9);
  });

  it('a histogram is an outline for each group, closed at both ends', () => {
    const [{ series }] = figureOf({
      id: 'D.program.histogram',
      title: '',
      kind: 'histogram',
      columns: [
        column('from', 'S', 1e-6, 2e-6),
        column('to', 'S', 2e-6, 3e-6),
        column('1 uS', '1', 4, 1),
        column('3 uS', '1', 0, 5),
      ],
    });
    expect(series.map(({ name, y }) => [name, y])).toEqual([
      ['1 uS', [0, 4, 1, 0]],
      ['3 uS', [0, 0, 5, 0]],
    ]);
    expect(series[0].x.map((edge) => Math.round(edge * 1e9) / 1e9)).toEqual([1, 1, 2, 3]);
  });

  it('values along lines are a curve for each vector', () => {
    const [{ series }] = figureOf({
      id: 'A.bitLines',
      title: '',
      kind: 'map',
      axes: [
        { name: 'vector', length: 2 },
        { name: 'bitLine', length: 3 },
      ],
      columns: [column('current', 'A', 1, 2, 3, 4, 5, 6)],
    });
    expect(series.map(({ y }) => y)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });
});

describe('maps of an array', () => {
  const map = (rows: number, columns: number, at: (k: number) => number) =>
    heatMaps(
      withTables({
        id: 'A.cells',
        title: '',
        kind: 'map',
        axes: [
          { name: 'vector', length: 1 },
          { name: 'wordLine', length: rows },
          { name: 'bitLine', length: columns },
        ],
        columns: [{ name: 'current', unit: 'A', values: wave(rows * columns, at) }],
      }),
    );
  const squaresOf = (svg: string) => svg.match(/M\d+ \d+h1v1h-1z/g) ?? [];

  it('have a square for each cell, darkest where the value is largest', () => {
    const svg = map(2, 3, (k) => k);
    expect(squaresOf(svg)).toHaveLength(6);
    expect(svg).toContain('fill-opacity="0.96" d="M2 1h1v1h-1z"');
    expect(svg).toContain('fill-opacity="0.04" d="M0 0h1v1h-1z"');
    expect(svg).toContain('0 A (light) to 5 A (dark)');
  });

  it('of a large array stay small, and say what a square stands for', () => {
    const svg = map(1024, 1024, (k) => k % 7);
    expect(squaresOf(svg).length).toBeLessThanOrEqual(48 * 48);
    expect(svg.length).toBeLessThan(60_000);
    expect(svg).toContain('mean of 22 × 22 cells');
  });

  it('of one value everywhere are drawn too', () => {
    expect(squaresOf(map(2, 2, () => 0))).toHaveLength(4);
  });
});
