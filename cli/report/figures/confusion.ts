import type { Prediction, Result } from '@memloom/sim-core';
import { table } from '../html.ts';
import { classifies, of, outputsOf } from './series.ts';

/** Of the test samples of each class, how many were taken for which: one table for each output and run. */
export function confusionTables(result: Result): string {
  if (!classifies(result)) return '';
  const tables = outputsOf(result)
    .flatMap((output) => of(result, output, 'test'))
    .map(confusionTable);
  return `<section class="tables"><h2>Confusion of the test samples</h2>${tables.join('')}</section>`;
}

function confusionTable(prediction: Prediction): string {
  const counts = confusion(prediction);
  const classes = counts.map((_, index) => `class ${index}`);
  return table(
    `${prediction.run}: samples of each class (rows) by predicted class (columns)`,
    [{ heading: 'Class' }, ...classes.map((heading) => ({ heading, numeric: true }))],
    counts.map((row, actual) => [classes[actual], ...row.map(String)]),
  );
}

/** `counts[actual][predicted]`. With one output, class 1 is the positive one and begins above one half. */
export function confusion({ target, mean, width }: Prediction): readonly (readonly number[])[] {
  const size = Math.max(2, width);
  const counts = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let row = 0; row < target.length / width; row++) {
    counts[classOf(target, row, width)][classOf(mean, row, width)]++;
  }
  return counts;
}

function classOf(values: Float64Array, row: number, width: number): number {
  if (width === 1) return values[row] > 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < width; k++) if (values[row * width + k] > values[row * width + best]) best = k;
  return best;
}
