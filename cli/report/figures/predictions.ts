import type { Prediction, Result } from '@memloom/sim-core';
import type { Figure, Series } from '../chart/figure.ts';
import { classifies, of, outputsOf, runsOf, targetUnit } from './series.ts';

/** Forecasts against their targets over time, one figure for each output and part of the data, the test first. */
export function predictionFigures(result: Result): readonly Figure[] {
  if (classifies(result)) return [];
  return outputsOf(result).flatMap((output) =>
    (['test', 'train'] as const).flatMap((subset) => {
      const predictions = of(result, output, subset);
      return predictions.length === 0
        ? []
        : components(predictions[0].width).map((component) =>
            predictionFigure(result, predictions, component),
          );
    }),
  );
}

const components = (width: number): readonly number[] =>
  Array.from({ length: width }, (_, component) => component);

function predictionFigure(result: Result, predictions: readonly Prediction[], component: number): Figure {
  const [{ output, subset, width }] = predictions;
  const name = width > 1 ? `${output}[${component}]` : output;
  const runs = runsOf(result);
  return {
    id: `predictions-${subset}-${name.replace(/\W+/g, '-')}`,
    title: `Forecast of ${name}, ${subset} data`,
    caption:
      'Target and forecast at each index of the data. Bands are ±1 standard deviation over the trials.',
    x: { label: 'Index in the data', unit: '', whole: true },
    y: { label: name, unit: targetUnit(result) },
    series: [
      { name: 'target', colour: 'ink', mark: 'dashed', ...points(predictions[0], component, 'target') },
      ...predictions.map((prediction) => forecast(prediction, component, runs.indexOf(prediction.run))),
    ],
  };
}

function forecast(prediction: Prediction, component: number, colour: number): Series {
  const deviation = column(prediction.std, prediction.width, component);
  const spread = deviation.some((value) => value > 0) ? { deviation } : {};
  return { name: prediction.run, colour, mark: 'line', ...points(prediction, component, 'mean'), ...spread };
}

const points = (prediction: Prediction, component: number, values: 'target' | 'mean') => ({
  x: Array.from(prediction.index),
  y: column(prediction[values], prediction.width, component),
});

/** One component of row-by-row values. */
const column = (values: Float64Array, width: number, component: number): number[] =>
  Array.from({ length: values.length / width }, (_, row) => values[row * width + component]);
