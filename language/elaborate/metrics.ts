import type * as ast from '../generated/ast.ts';
import { nearest } from '../references/nearest.ts';
import type { Context } from './context.ts';

/** Metrics of forecasts and of classifications, for the training and the test part. */
const families = [
  'rmse',
  'mae',
  'nrmse',
  'r2',
  'accuracy',
  'recall',
  'precision',
  'f1',
  'crossEntropy',
] as const;

/** Plain methods that every run is compared with. */
const baselines = ['persistence', 'ar12', 'majority'] as const;

/**
 * Whether an experiment has the metric that an expectation is about: `NAME.rmse.test` needs `infer on NAME`, a
 * measurement its analysis.
 */
export function checkMetric(
  expect: ast.Expect,
  hardware: readonly string[],
  measures: readonly string[],
  { report }: Context,
): void {
  if (!expect.metric) return;
  const plain = families.flatMap((family) => [`${family}.test`, `${family}.train`]);
  const onHardware = hardware.flatMap((name) =>
    plain.flatMap((metric) => [`${name}.${metric}`, `${name}.${metric}.std`, `${name}.${metric}.median`]),
  );
  const onBaselines = baselines.flatMap((name) => plain.map((metric) => `${name}.${metric}`));
  const known = [...plain, ...onHardware, ...onBaselines, ...measures];
  if (known.includes(expect.metric)) return;
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
