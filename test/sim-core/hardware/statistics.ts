/** Mean and standard deviation of a sample. */
export function moments(values: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1);
  return { mean, deviation: Math.sqrt(variance) };
}

export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [moments(a), moments(b)];
  const products = Array.from(a, (value, i) => (value - x.mean) * (b[i] - y.mean));
  return products.reduce((sum, product) => sum + product, 0) / (a.length - 1) / (x.deviation * y.deviation);
}

/** Largest distance between the distribution of a sample and a distribution function. */
export function kolmogorovSmirnov(values: ArrayLike<number>, distribution: (x: number) => number): number {
  const sorted = Float64Array.from(values).sort();
  let distance = 0;
  sorted.forEach((x, i) => {
    const f = distribution(x);
    distance = Math.max(distance, Math.abs(f - i / sorted.length), Math.abs(f - (i + 1) / sorted.length));
  });
  return distance;
}

/** Largest distance between the distributions of two samples. */
export function twoSampleDistance(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const a = Float64Array.from(first).sort();
  const b = Float64Array.from(second).sort();
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i], b[j]);
    while (a[i] === x) i++;
    while (b[j] === x) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance;
}

/**
 * What the distance exceeds once in 1000 if the distribution is right: `√(-ln(α/2)/2)` = 1.9495 for α = 0.001, over √n
 * (Smirnov, Ann. Math. Stat. 19, 279 (1948); Massey, J. Am. Stat. Assoc. 46, 68 (1951)).
 */
export const critical = (n: number): number => Math.sqrt(-Math.log(0.0005) / 2 / n);

/** The same of two samples, for `n·m/(n + m)`. */
export const criticalOfTwo = (n: number, m: number): number => critical((n * m) / (n + m));

/** Normal distribution function by the series of Marsaglia (J. Stat. Softw. 11(4), 2004). */
export function phi(x: number): number {
  if (Math.abs(x) > 8) return x < 0 ? 0 : 1;
  let sum = x;
  let term = x;
  for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.5 * Math.log(2 * Math.PI));
}
