/** Running mean and spread of equally long vectors, in the numerically stable form of Welford (Technometrics 4, 1962). */
export interface Moments {
  count: number;
  readonly mean: Float64Array;
  readonly squares: Float64Array;
}

export const emptyMoments = (length: number): Moments => ({
  count: 0,
  mean: new Float64Array(length),
  squares: new Float64Array(length),
});

export function addTo(moments: Moments, values: ArrayLike<number>): void {
  moments.count++;
  for (let at = 0; at < moments.mean.length; at++) {
    const difference = values[at] - moments.mean[at];
    moments.mean[at] += difference / moments.count;
    moments.squares[at] += difference * (values[at] - moments.mean[at]);
  }
}

/** Median of at least one value: the middle one, or the mean of the two in the middle. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Sample standard deviations (n - 1); zero for a single vector. */
export const deviations = ({ count, squares }: Moments): Float64Array =>
  squares.map((sum) => (count > 1 ? Math.sqrt(sum / (count - 1)) : 0));
