import type { LoadedData } from '../data/loaded-data.ts';
import type { Problem } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import type { ArrayLayout } from '../hardware/layout.ts';
import { programSize } from '../program/compile.ts';
import { batchSizes } from '../train/train.ts';
import { inferenceSizes, type Probe } from './inference.ts';
import type { RunPlan } from './plan.ts';
import type { Prepared } from './prepare.ts';

const bytesPerNumber = 8;

/** A WebAssembly memory addresses so many bytes, and a program lives in one. */
const largestProgram = 2 ** 32;

/** Weights and their gradients must fit into one program. */
export const mostWeights = largestProgram / bytesPerNumber / 2;

/** Weights, their gradients, the two moments of Adam, and the weights that early stopping keeps. */
const trainingCopies = 5;

/** A weight with its two devices in each slice: target, actual conductance, its variance, scratch. */
const numbersPerWeight = ({ slices }: ArrayLayout): number => 1 + 4 * 2 * slices;

/**
 * Why an experiment does not fit into `limit` bytes (undefined: into what the engine can address), found from the sizes
 * of its parts before any of them is made.
 */
export function memoryProblem(
  plan: RunPlan,
  prepared: Prepared,
  probes: readonly Probe[],
  limit: number | undefined,
): Problem | undefined {
  const programs = { train: trainingPrograms(plan, prepared), infer: inferencePrograms(prepared, probes) };
  const largest = Math.max(0, ...programs.train, ...programs.infer);
  if (largest > largestProgram) return tooLarge(plan, largest, largestProgram, 'one compiled network');
  const copies = plan.experiment.train ? trainingCopies : 1;
  const weights = copies * weightCount(prepared.network) * bytesPerNumber;
  const evaluating = Math.max(0, ...programs.infer) + inputBytes(prepared.data);
  const working = Math.max(sum(programs.train), evaluating);
  const needed = weights + working + largestArrays(prepared);
  return limit !== undefined && needed > limit ? tooLarge(plan, needed, limit, 'the run') : undefined;
}

export const weightCount = ({ layers }: SizedNetwork): number =>
  sum(layers.flatMap(({ graph }) => graph.tensors).map(({ inputs, units }) => inputs * units));

/** Bytes of the programs of each batch size that training meets; they live side by side. */
function trainingPrograms({ experiment }: RunPlan, prepared: Prepared): readonly number[] {
  const { train: training } = experiment;
  if (training === undefined) return [];
  const { network, trainedOn, data } = prepared;
  const { steps } = data.train;
  return batchSizes({ training, samples: data.train }).map((sizes) =>
    bytesOf(trainedOn?.network ?? network, { ...sizes, steps, record: 'none' }),
  );
}

/** Bytes of the largest program of each network that is evaluated, one network after the other. */
function inferencePrograms(
  { network, hardware, data }: Prepared,
  probes: readonly Probe[],
): readonly number[] {
  const record = probes.map(({ layer, signal }) => `${layer}.${signal}`);
  return [network, ...hardware.map(({ realised }) => realised.network)].map((one) =>
    sum(inferenceSizes(data).map((sizes) => bytesOf(one, { ...sizes, gradient: false, record }))),
  );
}

const bytesOf = (...program: Parameters<typeof programSize>): number =>
  programSize(...program) * bytesPerNumber;

/** The inputs of all samples, laid out in batches. */
const inputBytes = ({ train, test }: LoadedData): number =>
  (train.inputs.length + test.inputs.length) * bytesPerNumber;

const largestArrays = ({ hardware, trainedOn }: Prepared): number =>
  Math.max(
    0,
    ...[...hardware.map(({ realised }) => realised), ...(trainedOn ? [trainedOn] : [])].map(
      ({ layouts }) =>
        sum(layouts.map((layout) => layout.weightCount * numbersPerWeight(layout))) * bytesPerNumber,
    ),
  );

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const tooLarge = ({ experiment }: RunPlan, needed: number, limit: number, what: string): Problem => ({
  code: 'run.too-large',
  message: `Experiment "${experiment.name}" needs ${gigabytes(needed)} of memory for ${what}; the limit is ${gigabytes(limit)}.`,
  hint: 'Use fewer units, a shorter window, a smaller batch or fewer probes.',
  origin: experiment.origin,
});

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toPrecision(3)} GiB`;
