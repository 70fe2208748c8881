import type { Result, ResultTable, TableColumn } from '@memloom/sim-core';
import type { TitledSeries } from './series.ts';

/** Curves of one figure that can be told apart. */
const mostCurves = 8;

/** What analyses without a network give along an axis, one series to each unit; loops, pulses and histograms are no curves. */
export const tableSeries = ({ tables, transients }: Result): readonly TitledSeries[] =>
  tables.filter(({ id }) => !transients.some(({ table }) => table === id)).flatMap(seriesOfTable);

function seriesOfTable(table: ResultTable): readonly TitledSeries[] {
  const [first, ...others] = table.columns;
  if (table.kind === 'map') return overLines(table);
  return table.kind === 'waveform' ? others.map((column) => series(table, column.name, first, [column])) : [];
}

function series(
  { id }: ResultTable,
  part: string,
  x: TableColumn,
  columns: readonly TableColumn[],
): TitledSeries {
  return {
    id: `table:${id}:${part}`,
    title: `${id}: ${part}`,
    xName: x.name,
    xUnit: x.unit === '1' ? '' : x.unit,
    x: x.values,
    columns: columns.map(({ name, unit, values }) => ({
      name,
      unit: unit === '1' ? '' : unit,
      role: 'line',
      values,
    })),
    lanes: [],
  };
}

/** Values along lines, a curve to each of the first vectors. */
function overLines(table: ResultTable): readonly TitledSeries[] {
  const [vectors, lines, ...more] = table.axes ?? [];
  if (!lines || more.length > 0 || lines.length < 2) return [];
  const x = {
    name: lines.name,
    unit: '1',
    values: Float64Array.from({ length: lines.length }, (_, line) => line),
  };
  return table.columns.map((column) => {
    const curves = Array.from({ length: Math.min(vectors.length, mostCurves) }, (_, vector) => ({
      name: `vector ${vector}`,
      unit: column.unit,
      values: column.values.subarray(vector * lines.length, (vector + 1) * lines.length),
    }));
    return series(table, column.name, x, curves);
  });
}
