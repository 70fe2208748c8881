import type { Distribution } from '../design/design.ts';
import { exp, sinh } from '../math/elementary.ts';
import type { RandomStream } from '../math/random.ts';

/** One value of a random quantity about `mean`: `mean + sigma·ξ`, `mean·(1 + sigma·ξ)` or `mean·exp(sigma·ξ)`. */
export function drawAround(mean: number, distribution: Distribution, stream: RandomStream): number {
  const { shape, sigma, relative } = distribution;
  if (shape === 'lognormal') return mean * exp(sigma * stream.gaussian());
  if (shape === 'loguniform') return mean * exp(sigma * (2 * stream.uniform() - 1));
  const xi = shape === 'uniform' ? 2 * stream.uniform() - 1 : stream.gaussian();
  return relative ? mean * (1 + sigma * xi) : mean + sigma * xi;
}

/**
 * Mean and standard deviation of a device's conductance G over its reads, both linear in G:
 * `mean = meanFactor·G + meanOffset`, `deviation = deviationFactor·G + deviationOffset` (siemens).
 */
export interface ReadStatistics {
  readonly meanFactor: number;
  readonly meanOffset: number;
  readonly deviationFactor: number;
  readonly deviationOffset: number;
}

/** Moments of the gaussian, the uniform (half width `sigma`), the lognormal and the loguniform distribution. */
export function readStatistics({ shape, mean, sigma, relative }: Distribution): ReadStatistics {
  if (shape === 'lognormal') {
    const meanFactor = exp((sigma * sigma) / 2);
    const deviationFactor = meanFactor * Math.sqrt(exp(sigma * sigma) - 1);
    return { meanFactor, meanOffset: 0, deviationFactor, deviationOffset: 0 };
  }
  if (shape === 'loguniform') {
    const meanFactor = sigma === 0 ? 1 : sinh(sigma) / sigma;
    const meanSquare = sigma === 0 ? 1 : sinh(2 * sigma) / (2 * sigma);
    const deviationFactor = Math.sqrt(Math.max(meanSquare - meanFactor * meanFactor, 0));
    return { meanFactor, meanOffset: 0, deviationFactor, deviationOffset: 0 };
  }
  const deviation = shape === 'uniform' ? sigma / Math.sqrt(3) : sigma;
  return relative
    ? { meanFactor: 1, meanOffset: 0, deviationFactor: deviation, deviationOffset: 0 }
    : { meanFactor: 1, meanOffset: mean, deviationFactor: 0, deviationOffset: deviation };
}
