import type { Series } from '../results/series.ts';
import { lowerBound, nearestOrdinal } from './find.ts';
import { extrema } from './pyramid.ts';
import { keptPyramid } from './window.ts';

/** What a cursor can snap to: the nearest sample, the nearest extremum, the nearest crossing of the middle. */
export type SnapTarget = 'sample' | 'extremum' | 'edge';

/** The abscissa near `at`, at most `within` away, to which a cursor on a column snaps; `at` where there is none. */
export function snap(series: Series, column: number, at: number, within: number, target: SnapTarget): number {
  const { x, columns } = series;
  if (x.length === 0) return at;
  const { values } = columns[column];
  const from = lowerBound(x, at - within);
  const end = lowerBound(x, at + within);
  const candidates =
    target === 'sample'
      ? [x[nearestOrdinal(x, at)]]
      : target === 'extremum'
        ? extremaOf(x, values, from, end)
        : edgesOf(x, values, from, end);
  const nearest = candidates.reduce(
    (best, candidate) => (Math.abs(candidate - at) < Math.abs(best - at) ? candidate : best),
    Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(nearest) && (target === 'sample' || Math.abs(nearest - at) <= within) ? nearest : at;
}

/** Samples that no neighbour exceeds, or all do; of a plateau its first sample. */
function extremaOf(x: Float64Array, values: Float64Array, from: number, end: number): number[] {
  const found: number[] = [];
  for (let at = Math.max(1, from); at < Math.min(x.length - 1, end); at++) {
    let next = at + 1;
    while (next < x.length - 1 && values[next] === values[at]) next++;
    const before = values[at] - values[at - 1];
    if (before !== 0 && before * (values[next] - values[at]) < 0) found.push(x[at]);
  }
  return found;
}

/** Where the curve crosses the middle between its lowest and highest values, as a logic level would. */
function edgesOf(x: Float64Array, values: Float64Array, from: number, end: number): number[] {
  const ends = new Float64Array(2);
  extrema(keptPyramid(values), 0, values.length, ends);
  const middle = (ends[0] + ends[1]) / 2;
  const found: number[] = [];
  for (let at = Math.max(1, from); at < Math.min(x.length, end + 1); at++) {
    const below = values[at - 1] - middle;
    const above = values[at] - middle;
    if (below * above < 0 || (above === 0 && below !== 0))
      found.push(x[at - 1] + (below / (below - above)) * (x[at] - x[at - 1]));
  }
  return found;
}
