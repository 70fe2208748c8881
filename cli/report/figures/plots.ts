import type { PlotDesign, Result, TraceTable } from '@memloom/sim-core';
import type { Figure } from '../chart/figure.ts';

/** So many time steps are drawn, and the first sample in any case. */
const mostRows = 1200;

/** The waveforms at time steps that an experiment plots: a figure for each plot on each network. */
export function plotFigures({ traces }: Result, plots: readonly PlotDesign[]): readonly Figure[] {
  const runs = [...new Set(traces.columns.map(({ name }) => name.slice(0, name.indexOf('.'))))];
  return plots.flatMap((plot, at) => runs.flatMap((run) => figure(traces, plot, run, at) ?? []));
}

function figure(
  { columns, sample }: TraceTable,
  { signals }: PlotDesign,
  run: string,
  at: number,
): Figure | undefined {
  const names = signals.map(({ signal }) => signal);
  const shown = columns.filter(({ name }) => names.some((signal) => isOf(name, run, signal)));
  if (shown.length === 0) return undefined;
  const rows = rowsOf(sample);
  const samples = sample[rows - 1] + 1;
  const all = sample[sample.length - 1] + 1;
  // Between two samples the line is interrupted, since states begin anew.
  const x = Array.from({ length: rows }, (_, row) => row + sample[row]);
  return {
    id: `plot-${at}-${run}`,
    title: `${names.join(', ')} of ${run}`,
    caption: `First trial, ${samples === all ? `${all}` : `the first ${samples} of ${all}`} test samples one after the other.`,
    x: { label: 'Time step', unit: '', whole: true },
    y: { label: names.join(', '), unit: shown[0].unit === '1' ? '' : shown[0].unit },
    series: shown.map(({ name, values }, colour) => ({
      name: name.slice(run.length + 1),
      colour,
      mark: 'line',
      ...withGaps(x, values, sample),
    })),
  };
}

/** Whether a column `RUN.LAYER.SIGNAL[UNIT]` is of a signal, which may name a layer alone. */
const isOf = (column: string, run: string, signal: string): boolean =>
  column === `${run}.${signal}` ||
  column.startsWith(`${run}.${signal}[`) ||
  column.startsWith(`${run}.${signal}.`);

/** Rows of as many whole samples as are drawn; all samples have equally many. */
function rowsOf(sample: Float64Array): number {
  const steps = sample.lastIndexOf(0) + 1;
  return Math.min(sample.length, steps * Math.max(1, Math.floor(mostRows / steps)));
}

function withGaps(x: readonly number[], values: Float64Array, sample: Float64Array) {
  const points = x.flatMap((at, row): [number, number | null][] => {
    const point: [number, number | null] = [at, values[row]];
    return row > 0 && sample[row] !== sample[row - 1] ? [[at - 1, null], point] : [point];
  });
  return { x: points.map(([at]) => at), y: points.map(([, value]) => value) };
}
