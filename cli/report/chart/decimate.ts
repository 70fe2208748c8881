import type { Series } from './figure.ts';

/**
 * A series that looks the same on so many pixel columns: of each column's points the first, the lowest, the highest
 * and the last stay. Gaps stay gaps.
 */
export function decimate(series: Series, columns: number): Series {
  const count = series.x.length;
  if (count <= 4 * columns) return series;
  const kept: number[] = [];
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * count) / columns);
    const to = Math.floor(((column + 1) * count) / columns);
    kept.push(...landmarks(series.y, from, to));
  }
  return {
    ...series,
    x: kept.map((index) => series.x[index]),
    y: kept.map((index) => series.y[index]),
    deviation: series.deviation && kept.map((index) => series.deviation?.[index] ?? 0),
  };
}

function landmarks(values: readonly (number | null)[], from: number, to: number): readonly number[] {
  let lowest = from;
  let highest = from;
  const indices = new Set([from]);
  for (let index = from; index < to; index++) {
    const value = values[index];
    if (value === null) {
      indices.add(index);
      continue;
    }
    if (value < (values[lowest] ?? Number.POSITIVE_INFINITY)) lowest = index;
    if (value > (values[highest] ?? Number.NEGATIVE_INFINITY)) highest = index;
  }
  for (const index of [lowest, highest, to - 1]) indices.add(index);
  return [...indices].sort((a, b) => a - b);
}
