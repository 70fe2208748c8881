import type { ResultTable } from '../run/result.ts';

/** Values of one kind within a histogram. */
export interface Group {
  readonly name: string;
  readonly values: readonly number[];
}

/** Counts of each group's values over common bins of equal width, from the least value of all to the largest. */
export function histogramTable(
  id: string,
  title: string,
  quantity: string,
  unit: string,
  groups: readonly Group[],
): ResultTable {
  const all = groups.flatMap(({ values }) => values);
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  const bins = Math.max(10, Math.min(200, Math.ceil(4 * Math.sqrt(all.length))));
  // Where all values are one, a bin about it as wide as its last digits.
  const width = (high > low ? high - low : Math.abs(high) * 1e-9 || 1) / bins;
  const edge = (bin: number) => low + bin * width;
  return {
    id,
    title,
    kind: 'histogram',
    columns: [
      { name: `${quantity} from`, unit, values: Float64Array.from({ length: bins }, (_, bin) => edge(bin)) },
      {
        name: `${quantity} to`,
        unit,
        values: Float64Array.from({ length: bins }, (_, bin) => edge(bin + 1)),
      },
      ...groups.map(({ name, values }) => ({ name, unit: '1', values: counts(values, low, width, bins) })),
    ],
  };
}

function counts(values: readonly number[], low: number, width: number, bins: number): Float64Array {
  const result = new Float64Array(bins);
  for (const value of values) result[Math.min(Math.floor((value - low) / width), bins - 1)]++;
  return result;
}
