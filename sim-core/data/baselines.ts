import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { leastSquares } from './least-squares.ts';
import type { ClassificationData, ForecastData, LoadedData } from './loaded-data.ts';
import { classMetrics, forecastMetrics, type Metrics } from './metrics.ts';
import type { SampleSet } from './sample-set.ts';

/** What plain methods reach on the data that the network sees, by dotted name such as `persistence.rmse.test`. */
export interface Baselines {
  readonly metrics: Metrics;
  /** A baseline that the data do not allow is left out, with the reason. */
  readonly warnings: readonly Problem[];
}

/** Lags of the autoregression that every forecast is set beside: one year of monthly values. */
const yearOfMonths = 12;

export const baselines = (data: LoadedData): Baselines =>
  data.kind === 'forecast' ? forecastBaselines(data) : { metrics: classBaselines(data), warnings: [] };

function forecastBaselines(data: ForecastData): Baselines {
  const persistence = persistenceMetrics(data);
  const autoregression = autoregressionMetrics(data, yearOfMonths);
  return autoregression.ok
    ? { metrics: { ...persistence, ...autoregression.value }, warnings: [] }
    : { metrics: persistence, warnings: autoregression.problems };
}

/** The forecast is the last known value. */
export function persistenceMetrics(data: ForecastData): Metrics {
  const score = (series: Float64Array): Metrics => {
    const { lagged, target } = laggedPairs(series, data, data.lags);
    const predicted = target.map((_, pair) => lagged[pair * data.lags + data.lags - 1]);
    return forecastMetrics(predicted, target);
  };
  return {
    'persistence.rmse.train': score(data.series.train).rmse,
    'persistence.rmse.test': score(data.series.test).rmse,
  };
}

/**
 * Least-squares autoregression with an intercept over the last `lags` values, fitted to the training part; both
 * parts are framed as the network's windows are, with `lags` values each.
 */
export function autoregressionMetrics(data: ForecastData, lags: number): Outcome<Metrics> {
  const train = laggedPairs(data.series.train, data, lags);
  const test = laggedPairs(data.series.test, data, lags);
  if (train.target.length <= lags || test.target.length < 1) {
    return failure(noAutoregression(lags, 'the data are too short for it.'));
  }
  const coefficients = leastSquares(
    withIntercept(train.lagged, lags),
    train.target.length,
    lags + 1,
    train.target,
  );
  if (coefficients === undefined) {
    return failure(noAutoregression(lags, 'the lagged training values are linearly dependent.'));
  }
  const score = (pairs: LaggedPairs): number => {
    const rows = withIntercept(pairs.lagged, lags);
    const predicted = pairs.target.map((_, pair) =>
      coefficients.reduce((sum, coefficient, k) => sum + coefficient * rows[pair * (lags + 1) + k], 0),
    );
    return forecastMetrics(predicted, pairs.target).rmse;
  };
  return success({ [`ar${lags}.rmse.train`]: score(train), [`ar${lags}.rmse.test`]: score(test) });
}

/** `lagged` [pair][lags] in order of time. */
interface LaggedPairs {
  readonly lagged: Float64Array;
  readonly target: Float64Array;
}

function laggedPairs(series: Float64Array, { ahead, omitLast }: ForecastData, lags: number): LaggedPairs {
  const count = Math.max(0, series.length - lags - ahead + 1 - omitLast);
  const lagged = new Float64Array(count * lags);
  for (let pair = 0; pair < count; pair++) lagged.set(series.subarray(pair, pair + lags), pair * lags);
  const target = Float64Array.from({ length: count }, (_, pair) => series[pair + lags - 1 + ahead]);
  return { lagged, target };
}

function withIntercept(lagged: Float64Array, lags: number): Float64Array {
  const count = lagged.length / lags;
  const rows = new Float64Array(count * (lags + 1)).fill(1);
  for (let pair = 0; pair < count; pair++) {
    rows.set(lagged.subarray(pair * lags, (pair + 1) * lags), pair * (lags + 1));
  }
  return rows;
}

/** Always the most frequent class of the training samples; and the class of the nearest training sample (Euclid). */
function classBaselines(data: ClassificationData): Metrics {
  const { labels, positive } = data;
  const counts = data.classes.map((_, position) => labels.train.filter((label) => label === position).length);
  const majority = counts.indexOf(Math.max(...counts));
  const always = (actual: readonly number[]): Metrics =>
    classMetrics(
      actual.map(() => majority),
      actual,
      positive,
    );
  const nearest = classMetrics(nearestNeighbours(data.train, labels.train, data.test), labels.test, positive);
  return {
    'majority.accuracy.train': always(labels.train).accuracy,
    'majority.accuracy.test': always(labels.test).accuracy,
    'nearest.accuracy.test': nearest.accuracy,
    'nearest.recall.test': nearest.recall,
    'nearest.f1.test': nearest.f1,
  };
}

function nearestNeighbours(train: SampleSet, labels: readonly number[], test: SampleSet): number[] {
  const width = train.steps * train.features;
  return Array.from({ length: test.count }, (_, sample) => {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let candidate = 0; candidate < train.count; candidate++) {
      const distance = squaredDistance(
        test.inputs,
        sample * width,
        train.inputs,
        candidate * width,
        width,
        least,
      );
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return labels[nearest];
  });
}

/** Gives up, with any larger number, once it exceeds `limit`. */
function squaredDistance(
  a: Float64Array,
  fromA: number,
  b: Float64Array,
  fromB: number,
  width: number,
  limit: number,
): number {
  let sum = 0;
  for (let at = 0; at < width && sum < limit; at++) {
    const difference = a[fromA + at] - b[fromB + at];
    sum += difference * difference;
  }
  return sum;
}

const noAutoregression = (lags: number, why: string): Problem => ({
  code: 'data.no-autoregression',
  message: `The AR(${lags}) baseline is left out: ${why}`,
  hint: `An autoregression over ${lags} values needs more than ${2 * lags} training values and ${lags} test values.`,
});
