import type { Series } from '../results/series.ts';
import { lowerBound } from './find.ts';

/** A stretch of a curve between two neighbouring samples, cut to the range asked for. */
export type VisitSegment = (x0: number, y0: number, x1: number, y1: number) => void;

/**
 * Visits the curve of a column from `from` to `to` stretch by stretch: straight between samples, or held where the
 * column steps. Gaps and breaks are left out.
 */
export function forEachSegment(
  series: Series,
  column: number,
  from: number,
  to: number,
  visit: VisitSegment,
): void {
  const { x, columns, breaks } = series;
  const { values, interpolation } = columns[column];
  const last = Math.min(x.length - 1, lowerBound(x, to));
  for (let at = Math.max(1, lowerBound(x, from)); at <= last; at++) {
    const x0 = x[at - 1];
    const x1 = x[at];
    const y0 = values[at - 1];
    const y1 = interpolation === 'step' ? y0 : values[at];
    const low = Math.max(x0, from);
    const high = Math.min(x1, to);
    if (!(high > low) || breaks?.(at) || Number.isNaN(y0) || Number.isNaN(y1)) continue;
    const slope = (y1 - y0) / (x1 - x0);
    visit(low, y0 + slope * (low - x0), high, high === x1 ? y1 : y0 + slope * (high - x0));
  }
}

/** The value of a column at an abscissa: NaN outside the curve and in its gaps. */
export function valueAt({ x, columns, breaks }: Series, column: number, at: number): number {
  const { values, interpolation } = columns[column];
  const above = lowerBound(x, at);
  if (x[above] === at) return values[above];
  if (above === 0 || above === x.length || breaks?.(above)) return Number.NaN;
  const below = above - 1;
  if (interpolation === 'step') return values[below];
  const part = (at - x[below]) / (x[above] - x[below]);
  return values[below] + part * (values[above] - values[below]);
}
