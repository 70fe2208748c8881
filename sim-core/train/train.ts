import type { SampleSet } from '../data/sample-set.ts';
import type { TrainingDesign } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { randomStream } from '../math/random.ts';
import { readTensorGradient, writeTensor } from '../program/access.ts';
import type { WeightRealisation } from '../program/realisation.ts';
import { type BatchRunner, createBatchRunner } from './batch-runner.ts';
import { type FinalActivation, planLoss } from './loss.ts';
import { heldOut, misfits } from './misfits.ts';
import { clipGradients, createOptimizer, type Optimizer } from './optimizer.ts';

export interface TrainRequest {
  readonly network: SizedNetwork;
  readonly training: TrainingDesign;
  readonly samples: SampleSet;
  /** Weights to start from, by tensor name, `[inputs][units]`; not changed. */
  readonly initial: ReadonlyMap<string, Float64Array>;
  readonly seed: number;
  /** How weights become what the program computes with; undefined: they are its tensors. */
  readonly realisation?: WeightRealisation;
  /** Final activation of the ideal network, where hardware has rewritten `network`. */
  readonly activation?: FinalActivation;
  /** Called after each epoch. */
  progress?(epoch: EpochReport): void;
}

export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean over the samples, each with the weights of its batch. */
  readonly loss: number;
  /** Mean over the held-out samples after the epoch; undefined without any. */
  readonly validationLoss?: number;
}

export interface Trained {
  readonly weights: Map<string, Float64Array>;
  /** One per epoch. */
  readonly loss: Float64Array;
  /** One per epoch; empty without held-out samples. */
  readonly validationLoss: Float64Array;
  readonly epochs: number;
}

/** Trains a network by gradient descent through time. The same request gives the same bits. */
export function train(request: TrainRequest): Outcome<Trained> {
  const problems = misfits(request);
  if (problems.length > 0) return failure(...problems);
  const { training, samples, seed, initial } = request;
  const { network, loss } = planLoss(training.loss, request.network, request.activation);
  const realisation = request.realisation ?? idealRealisation;
  const state: TrainingState = {
    request,
    runner: createBatchRunner({ network, samples, loss, realisation, seed }),
    optimizer: createOptimizer(training.optimizer),
    weights: copyOf(initial),
    gradients: new Map([...initial].map(([name, values]) => [name, new Float64Array(values.length)])),
    fitted: samples.count - heldOut(request),
  };
  return runEpochs(state);
}

interface TrainingState {
  readonly request: TrainRequest;
  readonly runner: BatchRunner;
  readonly optimizer: Optimizer;
  readonly weights: Map<string, Float64Array>;
  readonly gradients: Map<string, Float64Array>;
  /** Samples that are trained on; those after them are held out. */
  readonly fitted: number;
}

function runEpochs(state: TrainingState): Outcome<Trained> {
  const { request, weights } = state;
  const { epochs, patience } = request.training;
  const losses: number[] = [];
  const validationLosses: number[] = [];
  let best = { loss: Infinity, epoch: 0, weights };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const loss = trainEpoch(state, epoch);
    if (typeof loss !== 'number') return failure(loss);
    losses.push(loss);
    const validationLoss = validate(state, epoch);
    if (typeof validationLoss === 'object') return failure(validationLoss);
    if (validationLoss !== undefined) validationLosses.push(validationLoss);
    request.progress?.({ epoch, epochs, loss, validationLoss });
    if (patience === undefined || validationLoss === undefined) continue;
    if (validationLoss < best.loss) best = { loss: validationLoss, epoch, weights: copyOf(weights) };
    else if (epoch - best.epoch >= patience) break;
  }
  return success({
    weights: patience === undefined ? weights : best.weights,
    loss: Float64Array.from(losses),
    validationLoss: Float64Array.from(validationLosses),
    epochs: losses.length,
  });
}

/** One pass over the samples: the mean loss, or what is not finite. */
function trainEpoch(
  { request, runner, optimizer, weights, gradients, fitted }: TrainingState,
  epoch: number,
): number | Problem {
  const { training, seed } = request;
  const order = Array.from({ length: fitted }, (_, i) => i);
  if (training.shuffle) randomStream(seed, 'shuffle', epoch).shuffle(order);
  let sum = 0;
  for (let from = 0; from < fitted; from += training.batch) {
    const batch = order.slice(from, from + training.batch);
    for (const gradient of gradients.values()) gradient.fill(0);
    const loss = runner.run(batch, weights, ['train', epoch, from], gradients);
    if (typeof loss !== 'number') return loss;
    const norm = clipGradients(gradients, training.clip);
    if (!Number.isFinite(norm) || !Number.isFinite(loss)) return notFinite(epoch, gradients);
    optimizer(weights, gradients);
    sum += loss;
  }
  return sum / fitted;
}

const validationBatch = ({ batch }: TrainingDesign): number => Math.max(batch, 64);

/** The batches that training meets, by size and by what is computed: whole ones and the rest of each pass. */
export function batchSizes(
  request: Pick<TrainRequest, 'training' | 'samples'>,
): readonly { readonly batch: number; readonly gradient: boolean }[] {
  const { training, samples } = request;
  const held = heldOut(request);
  const passes = [
    { count: samples.count - held, size: training.batch, gradient: true },
    { count: held, size: validationBatch(training), gradient: false },
  ];
  return passes
    .flatMap(({ count, size, gradient }) =>
      [Math.min(size, count), count > size ? count % size : 0].map((batch) => ({ batch, gradient })),
    )
    .filter(({ batch }) => batch > 0);
}

/** Mean loss of the held-out samples; undefined where there are none. */
function validate(
  { request, runner, weights, fitted }: TrainingState,
  epoch: number,
): number | Problem | undefined {
  const { count } = request.samples;
  if (fitted === count) return undefined;
  const size = validationBatch(request.training);
  let sum = 0;
  for (let from = fitted; from < count; from += size) {
    const batch = Array.from({ length: Math.min(size, count - from) }, (_, i) => from + i);
    const loss = runner.run(batch, weights, ['validate', epoch, from]);
    if (typeof loss !== 'number') return loss;
    sum += loss;
  }
  return sum / (count - fitted);
}

function notFinite(epoch: number, gradients: ReadonlyMap<string, Float64Array>): Problem {
  const weights = [...gradients].find(([, values]) => !values.every(Number.isFinite))?.[0];
  const what =
    weights === undefined
      ? 'The loss or the norm of its gradient'
      : `The gradient of the weights "${weights}"`;
  return {
    code: 'training.not-finite',
    message: `${what} is not a finite number in epoch ${epoch}.`,
    hint: 'Lower the rate, or limit the gradient with "clip".',
  };
}

const copyOf = (tensors: ReadonlyMap<string, Float64Array>): Map<string, Float64Array> =>
  new Map([...tensors].map(([name, values]) => [name, values.slice()]));

/** The weights are the tensors. */
const idealRealisation: WeightRealisation = {
  apply: (weights, program) => {
    for (const [name, values] of weights) writeTensor(program, name, values);
  },
  gradient: (program, weights, into) => {
    for (const name of weights.keys()) {
      const gradient = readTensorGradient(program, name);
      const total = into.get(name) ?? new Float64Array(gradient.length);
      for (let i = 0; i < gradient.length; i++) total[i] += gradient[i];
      into.set(name, total);
    }
  },
};
