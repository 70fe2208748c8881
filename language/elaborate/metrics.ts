import * as ast from '../generated/ast.ts';
import { nearest } from '../references/nearest.ts';
import type { Context } from './context.ts';

/** What each metric measures; of forecasts and of classifications, for the training and the test part. */
export const metricMeanings: Readonly<Record<string, string>> = {
  rmse: 'Root of the mean square error, in the unit of the data.',
  mae: 'Mean absolute error, in the unit of the data.',
  nrmse: 'Root mean square error over the range of the targets.',
  r2: 'Coefficient of determination: 1 is a perfect forecast, 0 is the mean.',
  accuracy: 'Share of the samples that are classified rightly.',
  recall: 'Share of the positive samples that are found.',
  precision: 'Share of the samples found that are positive.',
  f1: 'Harmonic mean of precision and recall.',
  crossEntropy: 'Mean of -ln of the probability given to the right class.',
};

/** Where a metric can lie at all; errors are at least 0. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  r2: [-Infinity, 1],
  accuracy: [0, 1],
  recall: [0, 1],
  precision: [0, 1],
  f1: [0, 1],
};

/** Whether an expectation can fail and can hold: a metric is never beyond its bounds. */
export function checkReachable(expect: ast.Expect, value: number, { report }: Context): void {
  const parts = expect.metric.split('.');
  const family = parts.find((part) => families.some((known) => known === part));
  if (family === undefined || parts.at(-1) === 'std') return;
  const [low, high] = bounds[family] ?? [0, Infinity];
  const outcome = outcomeOf(expect.comparator, value, low, high);
  if (!outcome) return;
  const isShare = low === 0 && high === 1;
  const details = {
    metric: expect.metric,
    range: high === Infinity ? 'is at least 0' : low === 0 ? 'lies within 0 .. 1' : 'is at most 1',
    condition: `${expect.comparator} ${value}`,
    outcome,
    ...(isShare && value > 1 && value <= 100 ? { fits: `${value} %` } : {}),
  };
  report('expect.settled', { node: expect, property: 'value' }, details);
}

function outcomeOf(
  comparator: string,
  value: number,
  low: number,
  high: number,
): 'always holds' | 'never holds' | undefined {
  const rises = comparator.startsWith('>');
  const strict = comparator.length === 1;
  const [best, worst] = rises ? [high, low] : [low, high];
  const holds = (at: number) =>
    rises ? (strict ? at > value : at >= value) : strict ? at < value : at <= value;
  if (!holds(best)) return 'never holds';
  return holds(worst) ? 'always holds' : undefined;
}

const ofClasses: ReadonlySet<string> = new Set(['accuracy', 'recall', 'precision', 'f1', 'crossEntropy']);

/** Forecasts have errors, classifications have rates. */
function checkTask(expect: ast.Expect, dataset: ast.Dataset | undefined, report: Context['report']): void {
  const family = expect.metric.split('.').find((part) => families.some((known) => known === part));
  if (!dataset || family === undefined) return;
  const classifies =
    dataset.generator !== undefined ||
    dataset.body?.properties.some((property) =>
      property.values.some((value) => ast.isName(value) && value.symbol?.$refText === 'ucr'),
    );
  if (ofClasses.has(family) === Boolean(classifies)) return;
  const task = classifies ? 'classes' : 'values to be forecast';
  const metrics = families.filter((known) => ofClasses.has(known) === Boolean(classifies)).join(', ');
  report(
    'expect.task',
    { node: expect, property: 'metric' },
    { metric: family, dataset: dataset.name, task, metrics },
    [{ place: { node: dataset, property: 'name' }, message: `${dataset.name} has ${task}.` }],
  );
}

/** Plain methods that every run is compared with, as one speaks of them. */
export const baselineMeanings: Readonly<Record<string, string>> = {
  persistence: 'the forecast that nothing changes',
  ar12: 'an autoregression over twelve steps',
  majority: 'the class that is most frequent in training',
};

const families = Object.keys(metricMeanings);
const baselines = Object.keys(baselineMeanings);

/** What an expectation may be about: the hardware evaluated, measurements of analyses, the data. */
export interface ExpectedOf {
  readonly hardware: readonly string[];
  readonly measures: readonly string[];
  readonly dataset: ast.Dataset | undefined;
}

/**
 * Whether an experiment has the metric that an expectation is about: `NAME.rmse.test` needs `infer on NAME`, a
 * measurement its analysis.
 */
export function checkMetric(
  expect: ast.Expect,
  { hardware, measures, dataset }: ExpectedOf,
  { report }: Context,
): void {
  if (!expect.metric) return;
  const plain = families.flatMap((family) => [`${family}.test`, `${family}.train`]);
  const onHardware = hardware.flatMap((name) =>
    plain.flatMap((metric) => [`${name}.${metric}`, `${name}.${metric}.std`, `${name}.${metric}.median`]),
  );
  const onBaselines = baselines.flatMap((name) => plain.map((metric) => `${name}.${metric}`));
  const known = [...plain, ...onHardware, ...onBaselines, ...measures];
  if (known.includes(expect.metric)) {
    checkTask(expect, dataset, report);
    return;
  }
  const [first, ...others] = expect.metric.split('.');
  if (plain.includes(others.slice(0, 2).join('.')) && !baselines.some((name) => name === first)) {
    const list = hardware.length > 0 ? hardware.join(', ') : 'none';
    const details = {
      hardware: first,
      metric: expect.metric,
      known: list,
      suggestion: nearest(first, hardware),
    };
    report('expect.hardware', { node: expect, property: 'metric' }, details);
    return;
  }
  report(
    'expect.metric',
    { node: expect, property: 'metric' },
    {
      metric: expect.metric,
      known: (measures.length > 0 ? measures : families).join(', '),
      suggestion: nearest(expect.metric, known),
    },
  );
}
