import type { SampleSet } from '../../../sim-core/data/sample-set.ts';
import type { TrainingDesign } from '../../../sim-core/design/design.ts';
import { normal } from '../program/fixture.ts';

/** Random sequences with random targets. */
export function randomSamples(shape: Omit<SampleSet, 'inputs' | 'targets'>): SampleSet {
  const { count, steps, features, outputs, targetSteps } = shape;
  const inputs = normal('inputs', count * steps * features);
  return { ...shape, inputs, targets: normal('targets', count * targetSteps * outputs) };
}

/** Training that a test changes in one thing. */
export const plainTraining: TrainingDesign = {
  optimizer: { kind: 'sgd', rate: 0.1, momentum: 0 },
  epochs: 1,
  batch: 4,
  loss: 'mse',
  validation: 0,
  shuffle: false,
};
