import type { ExpectationDesign } from '../design/design.ts';
import { suggestion } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { ExpectationResult } from './result.ts';

/**
 * Finds expectations of metrics that the run will not give, before it is computed: metrics are a family, such as
 * `rmse`, of a subset, on the ideal network or on a hardware; `others` are baselines and measurements.
 */
export function checkMetrics(
  expectations: readonly ExpectationDesign[],
  families: readonly string[],
  hardware: readonly string[],
  others: readonly string[],
): Outcome<undefined> {
  const ideal = families.flatMap((family) => [`${family}.train`, `${family}.test`]);
  const onHardware = hardware.flatMap((name) =>
    ideal.flatMap((metric) => [`${name}.${metric}`, `${name}.${metric}.std`, `${name}.${metric}.median`]),
  );
  const known = new Set([...ideal, ...onHardware, ...others]);
  const unknown = expectations.filter(({ metric }) => !known.has(metric));
  if (unknown.length === 0) return success(undefined);
  return failure(...unknown.map((expectation) => unknownMetric(expectation, [...known])));
}

/** Holds each expectation against what the run gave; a metric that it did not give is a problem. */
export function judge(
  expectations: readonly ExpectationDesign[],
  known: Readonly<Record<string, number>>,
): Outcome<readonly ExpectationResult[]> {
  const unknown = expectations.filter(({ metric }) => !Object.hasOwn(known, metric));
  if (unknown.length > 0)
    return failure(...unknown.map((expectation) => unknownMetric(expectation, Object.keys(known))));
  return success(
    expectations.map(({ text, metric, comparator, value }) => ({
      text,
      value: known[metric],
      holds: comparisons[comparator](known[metric], value),
    })),
  );
}

const comparisons: Readonly<Record<ExpectationDesign['comparator'], (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const unknownMetric = ({ text, metric, origin }: ExpectationDesign, known: readonly string[]): Problem => ({
  code: 'run.unknown-metric',
  message: `The run gives no metric "${metric}", which is expected in "${text}".`,
  hint: suggestion(metric, known, 'It gives none.'),
  origin,
});
