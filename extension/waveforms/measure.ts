import type { Series } from '../results/series.ts';
import { forEachSegment } from './segments.ts';

/** What can be said of a curve within a range; undefined where the curve does not have it. */
export interface Measures {
  readonly minimum: number;
  readonly maximum: number;
  /** Over time, not over samples: samples may be unevenly spaced. */
  readonly mean: number;
  readonly rms: number;
  /** In the unit of the curve times that of the abscissa: joules for a power over seconds. */
  readonly integral: number;
  /** The integral of the square. */
  readonly energy: number;
  /** From the first value of the range to the last, as of a step response. */
  readonly step: number;
  /** From the first crossing of 10 % of the step to the first crossing of 90 %. */
  readonly riseTime?: number;
  /** From the beginning of the range until the curve stays within 2 % of the step around its last value. */
  readonly settlingTime?: number;
  /** How far the curve goes beyond its last value, relative to the step. */
  readonly overshoot?: number;
}

/** Band around the last value, relative to the step, in which a curve counts as settled. */
const settledBand = 0.02;

/** The measures of one column over `from .. to`; undefined where the range holds no curve. */
export function measure(series: Series, column: number, from: number, to: number): Measures | undefined {
  const total = { span: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
  let integral = 0;
  let energy = 0;
  let first = Number.NaN;
  let last = Number.NaN;
  let begin = from;
  forEachSegment(series, column, from, to, (x0, y0, x1, y1) => {
    if (total.span === 0) [first, begin] = [y0, x0];
    const width = x1 - x0;
    total.span += width;
    total.minimum = Math.min(total.minimum, y0, y1);
    total.maximum = Math.max(total.maximum, y0, y1);
    integral += (width * (y0 + y1)) / 2;
    // The exact integral of the square of a straight line.
    energy += (width * (y0 * y0 + y0 * y1 + y1 * y1)) / 3;
    last = y1;
  });
  if (total.span === 0) return undefined;
  const { span, minimum, maximum } = total;
  const common = { minimum, maximum, mean: integral / span, rms: Math.sqrt(energy / span), integral, energy };
  return { ...common, step: last - first, ...stepResponse(series, column, { from, to, begin, first, last }) };
}

interface Step {
  readonly from: number;
  readonly to: number;
  /** Where the curve begins within the range, its value there and its value at the end. */
  readonly begin: number;
  readonly first: number;
  readonly last: number;
}

function stepResponse(series: Series, column: number, { from, to, begin, first, last }: Step) {
  const height = last - first;
  if (height === 0) return {};
  let at10: number | undefined;
  let at90: number | undefined;
  let settled = begin;
  let beyond = 0;
  // Everything as a part of the step: 0 at the beginning, 1 at the end.
  forEachSegment(series, column, from, to, (x0, y0, x1, y1) => {
    const a = (y0 - first) / height;
    const b = (y1 - first) / height;
    at10 ??= crossing(x0, a, x1, b, 0.1);
    at90 ??= crossing(x0, a, x1, b, 0.9);
    beyond = Math.max(beyond, a - 1, b - 1);
    if (Math.abs(b - 1) > settledBand) settled = x1;
    else if (Math.abs(a - 1) > settledBand)
      settled = crossing(x0, a, x1, b, a < 1 ? 1 - settledBand : 1 + settledBand) ?? x1;
  });
  return {
    riseTime: at10 === undefined || at90 === undefined ? undefined : at90 - at10,
    settlingTime: settled - begin,
    overshoot: beyond,
  };
}

/** Where a straight line from (x0, a) to (x1, b) first has a level. */
function crossing(x0: number, a: number, x1: number, b: number, level: number): number | undefined {
  if (a === level) return x0;
  if (b !== level && a < level === b < level) return undefined;
  return x0 + ((level - a) / (b - a)) * (x1 - x0);
}
