import type { Series, SeriesWindow } from '../results/series.ts';
import { lowerBound } from './find.ts';
import { valueAt } from './segments.ts';

/** Points of a spectrum's time grid: at most so many, a power of two. */
const longest = 65_536;

/**
 * Amplitudes over frequency of a column between `from` and `to`: the mean taken off, a Hann window, a discrete Fourier
 * transform over a uniform grid. A sine of amplitude A at the centre of a bin shows as A.
 */
export function spectrum(series: Series, column: number, from: number, to: number): SeriesWindow {
  const samples = lowerBound(series.x, to) - lowerBound(series.x, from);
  const size = Math.min(longest, 2 ** Math.max(3, Math.ceil(Math.log2(Math.max(8, samples)))));
  const step = (to - from) / size;
  const real = Float64Array.from({ length: size }, (_, at) => valueAt(series, column, from + at * step));
  // A gap says nothing: it counts as the mean.
  const present = real.filter((value) => !Number.isNaN(value));
  const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
  real.forEach((value, at) => {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size);
    real[at] = Number.isNaN(value) ? 0 : (value - mean) * hann;
  });
  const imaginary = new Float64Array(size);
  transform(real, imaginary);
  const half = size / 2;
  return {
    x: Float64Array.from({ length: half }, (_, k) => k / (to - from)),
    columns: [
      // Half of the amplitude is at the negative frequency, and the window halves it again.
      Float64Array.from({ length: half }, (_, k) => (4 * Math.hypot(real[k], imaginary[k])) / size),
    ],
  };
}

/** The discrete Fourier transform in place (Cooley and Tukey, 1965); the length is a power of two. */
export function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  reverseBits(real);
  reverseBits(imaginary);
  for (let span = 2; span <= size; span *= 2) {
    const half = span / 2;
    for (let k = 0; k < half; k++) {
      const cosine = Math.cos((2 * Math.PI * k) / span);
      const sine = -Math.sin((2 * Math.PI * k) / span);
      for (let low = k; low < size; low += span) {
        const high = low + half;
        const a = real[high] * cosine - imaginary[high] * sine;
        const b = real[high] * sine + imaginary[high] * cosine;
        real[high] = real[low] - a;
        imaginary[high] = imaginary[low] - b;
        real[low] += a;
        imaginary[low] += b;
      }
    }
  }
}

function reverseBits(values: Float64Array): void {
  let reversed = 0;
  for (let at = 0; at < values.length; at++) {
    if (at < reversed) [values[at], values[reversed]] = [values[reversed], values[at]];
    let bit = values.length >> 1;
    for (; (reversed & bit) !== 0; bit >>= 1) reversed &= ~bit;
    reversed |= bit;
  }
}
