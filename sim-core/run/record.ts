import type { Circuit, CircuitPhase } from '../circuit/circuit.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { operandsOf } from '../hardware/prune.ts';
import { realiseNetwork } from '../hardware/realise.ts';
import { randomStream } from '../math/random.ts';
import { writeTensor } from '../program/access.ts';
import { checkFinite, stoppedAt } from '../program/evaluate.ts';
import type { Program } from '../program/program.ts';
import { scheduleLayers } from '../program/schedule.ts';
import { evaluateBatches, type Probe, prepareInference, recorded, type Sample } from './inference.ts';
import { learn, trainingWork } from './learn.ts';
import { memoryProblem } from './memory.ts';
import { planRun, type RunPlan } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { findProbes } from './probes.ts';
import { progressMeter } from './progress.ts';
import { recall, trainingKey } from './recall.ts';
import type { RecordedSignal, Recording, RecordRequest } from './recording.ts';
import type { RunHost } from './request.ts';
import { circuitOf, endsWith, withoutSettling } from './transient.ts';
import type { Weights } from './trials.ts';
import { weightTensors } from './weights.ts';

/**
 * Trains or reads the weights of an experiment as `run` does, and records one inference: every signal of every layer at
 * every time step, with the bits that the run has there. What is not finite ends the recording and is a part of it.
 *
 * Fails with the problems of a run, and with `record.network`, `.hardware`, `.sample` and `.trial`.
 */
export function record(request: RecordRequest, host: RunHost = {}): Outcome<Recording> {
  const planned = planFor(request);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const prepared = prepare(request.design, plan, request.files);
  if (!prepared.ok) return prepared;
  const misfit = outOfRange(request, prepared.value);
  if (misfit) return failure(misfit);
  const { data, network } = prepared.value;
  const probes = findProbes(
    network,
    network.layers.map(({ name }) => ({ signal: name })),
  );
  if (!probes.ok) return probes;
  const oversize = memoryProblem(plan, prepared.value, probes.value, request.memory);
  if (oversize) return failure(oversize);
  const meter = progressMeter(trainingWork(plan, prepared.value) + data.train.count + data.test.count, host);
  const known = recall(request, prepared.value, trainingKey(request, plan, prepared.value));
  const learned = known ? success(known) : learn(plan, prepared.value, request.files, meter, 'train');
  if (!learned.ok) return learned;
  return recordWith({ request, plan, prepared: prepared.value, probes: probes.value }, learned.value.weights);
}

/** The plan of a run on the one hardware that is recorded. */
function planFor(request: RecordRequest): Outcome<RunPlan> {
  const { design, experiment: name, hardware, trial } = request;
  const found = design.experiments.find((experiment) => experiment.name === name);
  if (found && found.network === undefined)
    return failure({
      code: 'record.network',
      message: `Experiment "${name}" has no network whose inference could be recorded.`,
      hint: 'Choose an experiment with "network" and "data".',
      origin: found.origin,
    });
  if (!Number.isSafeInteger(trial) || trial < 0) return failure(outside('trial', trial, undefined));
  const plan = planRun({ ...request, trials: trial + 1 });
  if (!plan.ok || hardware === undefined) return plan.ok ? success({ ...plan.value, hardware: [] }) : plan;
  if (plan.value.hardware.includes(hardware)) return success({ ...plan.value, hardware: [hardware] });
  return failure({
    code: 'record.hardware',
    message: `Experiment "${name}" does not infer on "${hardware}".`,
    hint: `It has: ${['ideal', ...plan.value.hardware].join(', ')}.`,
    origin: found?.origin,
  });
}

function outOfRange({ sample }: RecordRequest, { data }: Prepared): Problem | undefined {
  const fits = Number.isSafeInteger(sample) && sample >= 0 && sample < data.test.count;
  return fits ? undefined : outside('sample', sample, data.test.count);
}

const outside = (what: 'sample' | 'trial', value: number, count: number | undefined): Problem => ({
  code: `record.${what}`,
  message: `There is no ${what} ${value}${count === undefined ? '' : `; there are ${count} test samples`}.`,
  hint: 'They are counted from 0.',
});

interface Task {
  readonly request: RecordRequest;
  readonly plan: RunPlan;
  readonly prepared: Prepared;
  readonly probes: readonly Probe[];
}

function recordWith(task: Task, weights: Weights): Outcome<Recording> {
  const { request, plan, prepared, probes } = task;
  const { data, network } = prepared;
  const on = prepared.hardware.at(0);
  const realise = on ? realiseTrial(task, on, weights) : success(asItStands(weights));
  if (!realise.ok) return realise;
  const { sample, trial } = request;
  const found = evaluateBatches(
    prepareInference(on?.realised.network ?? network, data, probes),
    realise.value,
    (stream) => randomStream(plan.seed, 'noise', on?.name ?? 'ideal', trial, stream),
    (program, samples) => signalsOf(program, samples, probes, sample),
  );
  if (found === undefined) throw new Error(`No batch holds test sample ${sample}.`);
  if (!found.ok) return found;
  const circuit = on && circuitFor(task, on, weights);
  const { steps, features, inputs } = data.test;
  const from = sample * steps * features;
  return success({
    ...{ run: on?.name ?? 'ideal', sample, samples: data.test.count, trial, steps },
    scale: (on && request.design.hardware.find(({ name }) => name === on.name)?.scale) ?? 1,
    inputs: network.inputs.map(({ name, size }) => ({
      name,
      size,
      values: inputs.slice(from, from + steps * features),
    })),
    passes: scheduleLayers(network).phases.map(({ kind, layers }) => ({
      kind,
      layers: layers.map((layer) => network.layers[layer].name),
    })),
    ...phased(network, found.value.signals, circuit),
    weights: weightTensors(network, weights),
    ...(found.value.end ? { end: found.value.end } : {}),
  });
}

const asItStands = (weights: Weights) => (program: Program) => {
  for (const [name, values] of weights) writeTensor(program, name, values);
};

const drawOf = ({ plan, request }: Task, hardware: string) => ({
  seed: plan.seed,
  trial: randomStream(plan.seed, 'trial', hardware, request.trial),
});

type On = Prepared['hardware'][number];

function realiseTrial(
  task: Task,
  { name, realised }: On,
  weights: Weights,
): Outcome<(program: Program) => void> {
  const { train } = task.prepared.data;
  const everySample = Array.from({ length: train.count }, (_, at) => at);
  const calibrated = realised.realisation.calibrate?.(weights, train, everySample);
  if (calibrated && !calibrated.ok) return calibrated;
  return success((program) =>
    realised.realisation.apply(weights, program, { ...drawOf(task, name), fullScales: calibrated?.value }),
  );
}

/** The circuit that realises the trial; a stated time to settle is no part of it, whose phases say how long there is. */
function circuitFor(task: Task, { name, realised }: On, weights: Weights): Outcome<Circuit> {
  const { request, plan, prepared } = task;
  const { design } = request;
  const unhurried = withoutSettling(design, name);
  const own = unhurried === design ? success(realised) : realiseNetwork(prepared.network, unhurried, name);
  if (!own.ok) return own;
  return circuitOf(design, plan, prepared.network, name, own.value, weights, drawOf(task, name));
}

type Signals = Pick<Recording, 'signals' | 'end'>;

/** The signals of the wanted sample where the batch holds it. */
function signalsOf(
  program: Program,
  samples: readonly Sample[],
  probes: readonly Probe[],
  wanted: number,
): Outcome<Signals> | undefined {
  const column = samples.findIndex(({ subset, at }) => subset === 'test' && at === wanted);
  if (column < 0) return undefined;
  const signals = probes.map((probe) => signalOf(program, probe, column));
  const problem = checkFinite(program);
  const stopped = stoppedAt(program);
  if (problem === undefined || stopped === undefined) return success({ signals });
  const layers = signals.filter(({ layer }) => layer === stopped.layer);
  const found = layers.find((signal) =>
    valuesAt(signal, stopped.step).some((value) => !Number.isFinite(value)),
  );
  if (found === undefined) return failure(problem);
  const { layer, signal } = found;
  return success({
    signals: signals.map((one) => ({ ...one, values: one.values.map((v) => (Number.isFinite(v) ? v : 0)) })),
    end: { layer, signal, step: stopped.step, problem },
  });
}

const valuesAt = ({ values, size, steps }: RecordedSignal, step: number): Float64Array => {
  const at = steps === 1 ? 0 : step;
  return values.subarray(at * size, (at + 1) * size);
};

function signalOf(program: Program, probe: Probe, column: number): RecordedSignal {
  const { values, steps, size } = recorded(program, probe);
  const { graph } = program.network.layers.find(({ name }) => name === probe.layer) ?? {};
  const unit = graph?.probes.find(({ name }) => name === probe.signal)?.unit ?? '1';
  const own = Float64Array.from({ length: steps * size }, (_, at) => values[at * program.batch + column]);
  return { ...probe, unit, size, steps, values: own };
}

/** The signals in the order of their phases, which hardware may evaluate in another order than the text names them. */
function phased(
  network: SizedNetwork,
  signals: readonly RecordedSignal[],
  circuit: Outcome<Circuit> | undefined,
): Pick<Recording, 'signals' | 'phases' | 'withoutPhases'> {
  if (circuit === undefined) return { signals, phases: [] };
  if (!circuit.ok) return { signals, phases: [], withoutPhases: circuit.problems[0] };
  const phaseOf = phasesOf(network, circuit.value.phases);
  const inPhases = signals.map((one) => ({ ...one, phase: phaseOf.get(`${one.layer}.${one.signal}`) ?? 0 }));
  return {
    signals: inPhases.sort((a, b) => a.phase - b.phase),
    phases: circuit.value.phases.map(({ name, duration }) => ({ name, duration })),
  };
}

/** The phase in which each signal comes about: at whose end it is sampled, or else in which all that it follows from is there. */
function phasesOf(network: SizedNetwork, phases: readonly CircuitPhase[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const ofLayers = new Map<string, number>();
  for (const { name, graph, inputs } of network.layers) {
    const ofNodes: number[] = [];
    for (const [id, node] of graph.nodes.entries()) {
      const from = ofLayers.get(inputs[graph.inputs.indexOf(id)]);
      const probed = graph.probes
        .filter((probe) => probe.node === id)
        .map((probe) => `${name}.${probe.name}`);
      const sampled = phases.findLastIndex((phase) => probed.some((signal) => endsWith(phase, signal)));
      ofNodes[id] =
        sampled >= 0 ? sampled : Math.max(from ?? 0, ...operandsOf(node).map((of) => ofNodes[of]));
    }
    for (const probe of graph.probes) found.set(`${name}.${probe.name}`, ofNodes[probe.node]);
    ofLayers.set(name, ofNodes[graph.output]);
  }
  return found;
}
