import type { Subsets } from '../data/loaded-data.ts';
import type { SampleSet } from '../data/sample-set.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import type { RandomStream } from '../math/random.ts';
import { readOutput, readProbe, writeInput } from '../program/access.ts';
import { compileNetwork } from '../program/compile.ts';
import { checkFinite, forward, setNoise } from '../program/evaluate.ts';
import type { Program } from '../program/program.ts';
import { type Subset, subsets } from './score.ts';

/** A signal to record. */
export interface Probe {
  readonly layer: string;
  readonly signal: string;
}

/** A network compiled for all samples of the data: made once, evaluated as often as weights and errors change. */
export interface Inference {
  readonly groups: readonly Group[];
  readonly data: Subsets<SampleSet>;
  readonly probes: readonly Probe[];
}

/** Samples of equally many time steps, evaluated `program.batch` at a time by one program. */
interface Group {
  readonly program: Program;
  readonly batches: readonly Batch[];
}

/** Input [steps][features][batch] of some samples; a batch that is not full repeats its first sample. */
interface Batch {
  readonly input: Float64Array;
  readonly samples: readonly Sample[];
}

/** A sample of the data. */
export interface Sample {
  readonly subset: Subset;
  readonly at: number;
}

/** Samples evaluated together: enough to spread the cost of each instruction, few enough to stay in the cache. */
const largestBatch = 256;

export function prepareInference(
  network: SizedNetwork,
  data: Subsets<SampleSet>,
  probes: readonly Probe[],
): Inference {
  const record = probes.map(({ layer, signal }) => `${layer}.${signal}`);
  const groups = partsOf(data).map((samples): Group => {
    const { batch, steps } = sizeOf(samples, data);
    const program = compileNetwork(network, { batch, steps, gradient: false, record });
    const chunks = Array.from({ length: Math.ceil(samples.length / batch) }, (_, k) =>
      samples.slice(k * batch, (k + 1) * batch),
    );
    return {
      program,
      batches: chunks.map((chunk) => ({ input: inputOf(chunk, data, batch), samples: chunk })),
    };
  });
  return { groups, data, probes };
}

/** Batch and steps of each program that evaluates all samples. */
export const inferenceSizes = (data: Subsets<SampleSet>): readonly ReturnType<typeof sizeOf>[] =>
  partsOf(data).map((samples) => sizeOf(samples, data));

/** Samples of equally many steps. */
function partsOf(data: Subsets<SampleSet>): readonly (readonly Sample[])[] {
  const parts = subsets.map((subset) =>
    Array.from({ length: data[subset].count }, (_, at): Sample => ({ subset, at })),
  );
  return data.train.steps === data.test.steps ? [parts.flat()] : parts;
}

const sizeOf = (samples: readonly Sample[], data: Subsets<SampleSet>) => ({
  batch: Math.min(samples.length, largestBatch),
  steps: data[samples[0].subset].steps,
});

/** Value of a recorded signal for one batch: [steps][size][batch]. */
export type RecordedBatch = (probe: Probe) => {
  readonly values: Float64Array;
  readonly steps: number;
  readonly size: number;
};

/** Called after each batch with its samples, while the program still holds the recorded signals. */
export type BatchObserver = (samples: readonly Sample[], batch: number, recorded: RecordedBatch) => void;

/**
 * Evaluates the network for every sample: outputs [sample][target step][output] of each subset. `realise` writes
 * weights and errors into each program; noise comes from `noise`, one stream per name that goes on from batch to batch.
 */
export function infer(
  inference: Inference,
  realise: (program: Program) => void,
  noise: (stream: string) => RandomStream,
  observe?: BatchObserver,
): Outcome<Subsets<Float64Array>> {
  const { data } = inference;
  const outputs = { train: emptyOutputs(data.train), test: emptyOutputs(data.test) };
  const problem = evaluateBatches(inference, realise, noise, (program, samples) => {
    const found = checkFinite(program);
    if (found !== undefined) return found;
    collectOutputs(program, samples, data, outputs);
    observe?.(samples, program.batch, (probe) => recorded(program, probe));
  });
  return problem === undefined ? success(outputs) : failure(problem);
}

/** Evaluates batch by batch, until `visit` gives something that ends it. */
export function evaluateBatches<T>(
  inference: Inference,
  realise: (program: Program) => void,
  noise: (stream: string) => RandomStream,
  visit: (program: Program, samples: readonly Sample[]) => T | undefined,
): T | undefined {
  const streams = rememberedStreams(noise);
  for (const { program, batches } of inference.groups) {
    realise(program);
    setNoise(program, streams);
    for (const { input, samples } of batches) {
      writeInput(program, program.network.inputs[0].name, input);
      forward(program);
      const ending = visit(program, samples);
      if (ending !== undefined) return ending;
    }
  }
  return undefined;
}

const emptyOutputs = (set: SampleSet): Float64Array =>
  new Float64Array(set.count * set.targetSteps * set.outputs);

function rememberedStreams(noise: (stream: string) => RandomStream): (stream: string) => RandomStream {
  const streams = new Map<string, RandomStream>();
  return (name) => {
    const stream = streams.get(name) ?? noise(name);
    streams.set(name, stream);
    return stream;
  };
}

function inputOf(samples: readonly Sample[], data: Subsets<SampleSet>, batch: number): Float64Array {
  const { steps, features } = data[samples[0].subset];
  const rows = steps * features;
  const input = new Float64Array(rows * batch);
  for (let column = 0; column < batch; column++) {
    const { subset, at } = samples[column] ?? samples[0];
    for (let row = 0; row < rows; row++) input[row * batch + column] = data[subset].inputs[at * rows + row];
  }
  return input;
}

/** With a single target, what counts of a sequence is its last step. */
function collectOutputs(
  program: Program,
  samples: readonly Sample[],
  data: Subsets<SampleSet>,
  outputs: Subsets<Float64Array>,
): void {
  const { batch, network } = program;
  const values = readOutput(program, network.outputs[0].name);
  samples.forEach(({ subset, at }, column) => {
    const rows = data[subset].targetSteps * data[subset].outputs;
    const first = values.length / batch - rows;
    for (let row = 0; row < rows; row++)
      outputs[subset][at * rows + row] = values[(first + row) * batch + column];
  });
}

export function recorded(program: Program, { layer, signal }: Probe): ReturnType<RecordedBatch> {
  const place = program.probes.get(`${layer}.${signal}`);
  if (place === undefined) throw new Error(`Signal ${layer}.${signal} was not recorded.`);
  return { values: readProbe(program, layer, signal), steps: place.steps, size: place.size };
}
