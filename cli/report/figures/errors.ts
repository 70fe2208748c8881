import type { Prediction, Result } from '@memloom/sim-core';
import type { Figure, Series } from '../chart/figure.ts';
import { extent } from '../chart/scale.ts';
import { classifies, of, outputsOf, runsOf, targetUnit } from './series.ts';

/** How the errors of the forecasts of the test data are distributed: one outline per run over common bins. */
export function errorFigures(result: Result): readonly Figure[] {
  if (classifies(result)) return [];
  return outputsOf(result).flatMap((output) => {
    const predictions = of(result, output, 'test');
    return predictions.length === 0 ? [] : [errorFigure(result, output, predictions)];
  });
}

function errorFigure(result: Result, output: string, predictions: readonly Prediction[]): Figure {
  const runs = runsOf(result);
  const errors = predictions.map(({ mean, target }) => Array.from(mean, (value, at) => value - target[at]));
  const edges = binEdges(errors.flat());
  return {
    id: `errors-${output.replace(/\W+/g, '-')}`,
    title: `Errors of ${output}, test data`,
    caption:
      'Share of the test samples by forecast minus target; on hardware, of the mean forecast over the trials.',
    x: { label: 'Forecast − target', unit: targetUnit(result) },
    y: { label: 'Share of samples', unit: '%' },
    series: predictions.map(({ run }, at) => histogram(run, runs.indexOf(run), errors[at], edges)),
  };
}

/** Bins by Sturges's rule over the range of all errors. */
function binEdges(errors: readonly number[]): readonly number[] {
  const [low, high] = extent(errors);
  const count = Math.min(40, Math.max(8, Math.ceil(Math.log2(errors.length)) + 4));
  const width = (high - low) / count || 1;
  return Array.from({ length: count + 1 }, (_, edge) => low + edge * width);
}

function histogram(
  name: string,
  colour: number,
  errors: readonly number[],
  edges: readonly number[],
): Series {
  const bins = edges.length - 1;
  const counts = new Array<number>(bins).fill(0);
  const width = edges[1] - edges[0];
  for (const error of errors) counts[Math.min(bins - 1, Math.floor((error - edges[0]) / width))]++;
  const shares = counts.map((count) => (100 * count) / errors.length);
  // The outline starts and ends on the axis; each point is the left edge of its step.
  return { name, colour, mark: 'outline', x: [edges[0], ...edges], y: [0, ...shares, 0] };
}
