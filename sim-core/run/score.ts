import type { ClassificationData, ForecastData, LoadedData } from '../data/loaded-data.ts';
import { classMetrics, decideClasses, forecastMetrics, type Metrics } from '../data/metrics.ts';
import { invertScaling } from '../data/scale.ts';
import { exp, log, sigmoid } from '../math/elementary.ts';

export type Subset = 'train' | 'test';
export const subsets: readonly Subset[] = ['train', 'test'];

/** Network outputs of one subset in the unit of the data, and how good they are: `rmse.test` and its like. */
export interface Score {
  readonly predicted: Float64Array;
  readonly metrics: Metrics;
}

/** Scores network outputs [sample][target step][output] of a subset. */
export type Scorer = (subset: Subset, outputs: Float64Array) => Score;

/** `logits`: outputs of a classifier are what a softmax, or for one output a sigmoid, would make probabilities of. */
export function scorerOf(data: LoadedData, logits: boolean): Scorer {
  return (subset, outputs) => {
    const { predicted, metrics } =
      data.kind === 'forecast'
        ? scoreForecast(data, subset, outputs)
        : scoreClasses(data, subset, logits ? probabilities(outputs, data[subset].outputs) : outputs);
    const named = Object.entries(metrics).map(([name, value]) => [`${name}.${subset}`, value]);
    return { predicted, metrics: Object.fromEntries(named) };
  };
}

/** Unit of each family of metrics, empty where it has none. */
export const metricUnits = (data: LoadedData): Readonly<Record<string, string>> =>
  data.kind === 'forecast'
    ? { rmse: data.target, mae: data.target, r2: '', nrmse: '' }
    : { accuracy: '', recall: '', precision: '', f1: '', crossEntropy: 'nat' };

/** What the predictions of a score should be. */
export const targetsOf = (data: LoadedData, subset: Subset): Float64Array =>
  data.kind === 'forecast' ? data.actual[subset] : data[subset].targets;

function scoreForecast(data: ForecastData, subset: Subset, outputs: Float64Array): Score {
  const predicted = invertScaling(data.scaling, outputs);
  return { predicted, metrics: forecastMetrics(predicted, data.actual[subset]) };
}

function scoreClasses(data: ClassificationData, subset: Subset, outputs: Float64Array): Score {
  const { outputs: width, targets } = data[subset];
  const metrics = classMetrics(decideClasses(outputs, width), data.labels[subset], data.positive);
  return { predicted: outputs, metrics: { ...metrics, crossEntropy: crossEntropy(outputs, targets, width) } };
}

function probabilities(logits: Float64Array, width: number): Float64Array {
  if (width === 1) return logits.map(sigmoid);
  const result = new Float64Array(logits.length);
  for (let row = 0; row < logits.length; row += width) {
    const largest = Math.max(...logits.subarray(row, row + width));
    let sum = 0;
    for (let at = row; at < row + width; at++) {
      result[at] = exp(logits[at] - largest);
      sum += result[at];
    }
    for (let at = row; at < row + width; at++) result[at] /= sum;
  }
  return result;
}

/** Outputs enter the logarithm no closer to 0 and 1 than this, so that one confident error does not count infinitely. */
const margin = 1e-7;

/** Mean over the samples of -Σ t·ln p; with a single output, the binary form -t·ln p - (1 - t)·ln(1 - p). */
function crossEntropy(outputs: Float64Array, targets: Float64Array, width: number): number {
  let sum = 0;
  for (let at = 0; at < outputs.length; at++) {
    const p = Math.min(Math.max(outputs[at], margin), 1 - margin);
    sum -= targets[at] * log(p);
    if (width === 1) sum -= (1 - targets[at]) * log(1 - p);
  }
  return (sum * width) / outputs.length;
}
