import type { Series, SeriesQuery, SeriesWindow } from '../results/series.ts';
import { lowerBound } from './find.ts';
import { extrema, type Pyramid, pyramidOf } from './pyramid.ts';

/**
 * The part of a series that a plot shows, thinned to at most four values per pixel column and curve: first, lowest,
 * highest and last, which draws the same pixels as all samples would (Jugel et al., "M4: A Visualization-Oriented Time
 * Series Data Aggregation", VLDB 2014). One sample beyond each edge is kept, so that lines leave the plot. Costs do not
 * grow with the number of samples: pixel columns are found by bisection, extrema in a pyramid.
 */
export function windowOf(series: Series, query: SeriesQuery): SeriesWindow {
  const first = Math.max(0, lowerBound(series.x, query.from) - 1);
  const end = Math.min(series.x.length, lowerBound(series.x, query.to) + 2);
  const pixels = Math.max(1, Math.floor(query.pixels));
  const columns = query.columns.map((column) => series.columns[column].values);
  return end - first <= 4 * pixels
    ? exact(series, columns, first, end)
    : thinned(series.x, columns, first, end, pixels);
}

function exact(
  { x, breaks }: Series,
  columns: readonly Float64Array[],
  first: number,
  end: number,
): SeriesWindow {
  const ordinals: number[] = [];
  for (let ordinal = first; ordinal < end; ordinal++) {
    if (ordinal > first && breaks?.(ordinal)) ordinals.push(-1);
    ordinals.push(ordinal);
  }
  // A gap lies midway between its neighbours, so that the abscissa still ascends.
  const abscissa = ordinals.map((ordinal, at) =>
    ordinal < 0 ? (x[ordinals[at - 1]] + x[ordinals[at + 1]]) / 2 : x[ordinal],
  );
  const pick = (values: Float64Array) =>
    ordinals.map((ordinal) => (ordinal < 0 ? Number.NaN : values[ordinal]));
  return {
    x: Float64Array.from(abscissa),
    columns: columns.map((values) => Float64Array.from(pick(values))),
  };
}

function thinned(
  x: Float64Array,
  columns: readonly Float64Array[],
  first: number,
  end: number,
  pixels: number,
): SeriesWindow {
  const bins = binEdges(x, first, end, pixels);
  const count = bins.length - 1;
  const abscissa = new Float64Array(4 * count);
  for (let bin = 0; bin < count; bin++) {
    const from = x[bins[bin]];
    const step = (x[bins[bin + 1] - 1] - from) / 3;
    for (let corner = 0; corner < 4; corner++) abscissa[4 * bin + corner] = from + corner * step;
  }
  return { x: abscissa, columns: columns.map((values) => corners(values, bins)) };
}

/** Ordinals at which non-empty pixel columns begin, and the end. */
function binEdges(x: Float64Array, first: number, end: number, pixels: number): readonly number[] {
  const width = (x[end - 1] - x[first]) / pixels;
  const edges = [first];
  while (edges.length < pixels) {
    // Where a sample lies by its own time, not by how many edges came before: empty pixel columns are passed over.
    const last = edges[edges.length - 1];
    const bin = Math.floor((x[last] - x[first]) / width) + 1;
    const next = Math.max(last + 1, lowerBound(x, x[first] + bin * width, last, end));
    if (bin >= pixels || next >= end) break;
    edges.push(next);
  }
  return [...edges, end];
}

const scratch = new Float64Array(2);

function corners(values: Float64Array, bins: readonly number[]): Float64Array {
  const out = new Float64Array(4 * (bins.length - 1));
  const pyramid = keptPyramid(values);
  for (let bin = 0; bin + 1 < bins.length; bin++) {
    const begin = bins[bin];
    const end = bins[bin + 1];
    extrema(pyramid, begin, end, scratch);
    const rising = values[begin] <= values[end - 1];
    out[4 * bin] = values[begin];
    out[4 * bin + 1] = scratch[rising ? 0 : 1];
    out[4 * bin + 2] = scratch[rising ? 1 : 0];
    out[4 * bin + 3] = values[end - 1];
  }
  return out;
}

/** A curve's pyramid is built when the curve is first shown, and goes with the curve. */
const pyramids = new WeakMap<Float64Array, Pyramid>();

export function keptPyramid(values: Float64Array): Pyramid {
  const kept = pyramids.get(values);
  if (kept !== undefined) return kept;
  const made = pyramidOf(values);
  pyramids.set(values, made);
  return made;
}
