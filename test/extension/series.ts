import type { Series } from '../../extension/results/series.ts';

/** A series of one column `v` in volts, over its ordinals unless an abscissa is given. */
export function seriesOf(
  values: readonly number[],
  x: readonly number[] = values.map((_, at) => at),
  more: Partial<Series> = {},
): Series {
  return {
    id: 's',
    x: Float64Array.from(x),
    xName: 'time',
    xUnit: 's',
    columns: [{ name: 'v', unit: 'V', role: 'line', values: Float64Array.from(values) }],
    lanes: [],
    ...more,
  };
}
