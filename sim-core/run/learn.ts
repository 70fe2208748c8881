import type { Problem } from '../design/problem.ts';
import { type Outcome, success } from '../design/problem.ts';
import { initialWeights } from '../train/initial-weights.ts';
import { finalActivation } from '../train/loss.ts';
import { train } from '../train/train.ts';
import type { RunPlan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import type { ProgressMeter } from './progress.ts';
import type { RunRequest } from './request.ts';
import type { Result } from './result.ts';
import type { Weights } from './trials.ts';
import { readWeights } from './weights.ts';

/** The weights that the experiment is evaluated with, and how they came to be. */
export interface Learned {
  readonly weights: Weights;
  readonly training: Result['training'];
  readonly warnings: readonly Problem[];
}

/** A training sample costs its forward pass, about twice that backward, and a step of the optimizer with each batch. */
const trainingCost = 4;

/** Work of training in evaluated samples. */
export const trainingWork = ({ experiment }: RunPlan, { data }: Prepared): number =>
  experiment.train === undefined ? 0 : experiment.train.epochs * data.train.count * trainingCost;

/** Starts from the weight file or at random, and trains as the experiment says, ideally or on hardware. */
export function learn(
  plan: RunPlan,
  prepared: Prepared,
  files: RunRequest['files'],
  meter: ProgressMeter,
  phase: 'train' | 'sweep',
): Outcome<Learned> {
  const { experiment, seed } = plan;
  const { network, trainedOn, data } = prepared;
  const start =
    experiment.weights === undefined
      ? success(initialWeights(network, seed))
      : readWeights(network, experiment.weights, files);
  if (!start.ok) return start;
  if (experiment.train === undefined) {
    const warnings = experiment.weights === undefined ? [untrained(plan)] : [];
    return success({ weights: start.value, training: noTraining, warnings });
  }
  const trained = train({
    network: trainedOn?.network ?? network,
    training: experiment.train,
    samples: data.train,
    initial: start.value,
    seed,
    realisation: trainedOn?.realisation,
    activation: finalActivation(network),
    progress: ({ epoch, epochs, loss }) =>
      meter.advance(data.train.count * trainingCost, phase, `epoch ${epoch} of ${epochs}`, loss),
  });
  if (!trained.ok) return trained;
  const { weights, loss, validationLoss, epochs } = trained.value;
  // Early stopping leaves the rest of the work undone.
  const left = experiment.train.epochs - epochs;
  if (left > 0) meter.advance(left * data.train.count * trainingCost, phase, `stopped after epoch ${epochs}`);
  return success({ weights, training: { loss, validationLoss, epochs }, warnings: [] });
}

const noTraining: Result['training'] = {
  loss: new Float64Array(),
  validationLoss: new Float64Array(),
  epochs: 0,
};

const untrained = ({ experiment }: RunPlan): Problem => ({
  code: 'run.untrained',
  message: `Experiment "${experiment.name}" neither trains nor reads weights: they are random.`,
  hint: 'Add "train …" or "weights from …".',
  origin: experiment.origin,
});
