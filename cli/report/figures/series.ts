import type { Prediction, Result } from '@memloom/sim-core';

/** The runs of a result in their order: `ideal` first, then each hardware. Its place gives a run its colour. */
export const runsOf = (result: Result): readonly string[] => [
  ...new Set(result.predictions.map((prediction) => prediction.run)),
];

export const outputsOf = (result: Result): readonly string[] => [
  ...new Set(result.predictions.map((prediction) => prediction.output)),
];

/** Whether the targets are classes rather than quantities: then there is an accuracy. */
export const classifies = (result: Result): boolean =>
  Object.keys(result.metrics).some((name) => name.split('.').includes('accuracy'));

/** The unit of the predicted quantity, where it has one. */
export const targetUnit = (result: Result): string => result.metricUnits.rmse ?? '';

export const of = (result: Result, output: string, subset: Prediction['subset']): readonly Prediction[] =>
  result.predictions.filter((prediction) => prediction.output === output && prediction.subset === subset);
