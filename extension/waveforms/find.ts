/** The first ordinal in `from ≤ ordinal < end` whose abscissa is not below `value`; `end` where there is none. */
export function lowerBound(x: Float64Array, value: number, from = 0, end = x.length): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ordinal whose abscissa is nearest to `value`; the series must not be empty. */
export function nearestOrdinal(x: Float64Array, value: number): number {
  const above = Math.min(x.length - 1, lowerBound(x, value));
  const below = Math.max(0, above - 1);
  return value - x[below] < x[above] - value ? below : above;
}
