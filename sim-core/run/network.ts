import { type Baselines, baselines } from '../data/baselines.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { evaluate, evaluationWork } from './evaluate.ts';
import type { Probe } from './inference.ts';
import { learn, trainingWork } from './learn.ts';
import { memoryProblem } from './memory.ts';
import { planRun, type RunPlan } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { findProbes } from './probes.ts';
import type { ProgressMeter } from './progress.ts';
import { recall, trainingKey } from './recall.ts';
import type { RunRequest } from './request.ts';
import type { Result } from './result.ts';
import { metricUnits } from './score.ts';
import { type PreparedSweep, prepareSweep, runSweep, sweepWork } from './sweep.ts';
import { largestTable } from './traces.ts';
import {
  measure,
  type PreparedTransient,
  prepareTransient,
  runTransients,
  transientWork,
} from './transient.ts';
import { weightTensors } from './weights.ts';

/** What a result says about a network on data. */
export type NetworkResult = Omit<Result, 'experiment' | 'provenance' | 'expectations'>;

/** Of an experiment without a network. */
export const noNetwork: NetworkResult = {
  metrics: {},
  metricUnits: {},
  baselines: {},
  training: { loss: new Float64Array(), validationLoss: new Float64Array(), epochs: 0 },
  weights: [],
  predictions: [],
  traces: { sample: new Float64Array(), step: new Float64Array(), columns: [] },
  families: [],
  arrays: [],
  transients: [],
  tables: [],
  measurements: [],
  warnings: [],
};

/** An experiment's network with its data, ready to learn. */
export interface ReadyNetwork {
  readonly plan: RunPlan;
  readonly prepared: Prepared;
  readonly probes: readonly Probe[];
  readonly sweep?: PreparedSweep;
  readonly plain: Baselines;
  readonly transient?: PreparedTransient;
}

/** Finds and loads all that the network of an experiment needs. */
export function readyNetwork(request: RunRequest): Outcome<ReadyNetwork> {
  const plan = planRun(request);
  if (!plan.ok) return plan;
  const prepared = prepare(request.design, plan.value, request.files);
  if (!prepared.ok) return prepared;
  const { experiment } = plan.value;
  const probes = experiment.infer ? findProbes(prepared.value.network, experiment.infer.probes) : success([]);
  if (!probes.ok) return probes;
  const oversize = memoryProblem(plan.value, prepared.value, probes.value, request.memory);
  if (oversize) return failure(oversize);
  const sweep = experiment.sweep ? prepareSweep(request, experiment.sweep) : success(undefined);
  if (!sweep.ok) return sweep;
  const transient = prepareTransient(request.design, plan.value, prepared.value);
  if (!transient.ok) return transient;
  return success({
    plan: plan.value,
    prepared: prepared.value,
    probes: probes.value,
    transient: transient.value,
    sweep: sweep.value,
    plain: baselines(prepared.value.data),
  });
}

/** Work in evaluated samples. */
export const networkWork = ({ plan, prepared, sweep, transient }: ReadyNetwork): number =>
  trainingWork(plan, prepared) +
  evaluationWork(plan, prepared) +
  (sweep ? sweepWork(sweep) : 0) +
  (transient ? transientWork(transient) : 0);

/** Trains or reads weights, evaluates the ideal network and the trials on each hardware, and sweeps. */
export function runNetwork(
  { plan, prepared, probes, sweep, plain, transient }: ReadyNetwork,
  request: RunRequest,
  meter: ProgressMeter,
): Outcome<NetworkResult> {
  const { files, netlists = false, families = false } = request;
  const key = trainingKey(request, plan, prepared);
  const known = recall(request, prepared, key);
  if (known) meter.advance(trainingWork(plan, prepared), 'train', 'as before');
  const learned = known ? success(known) : learn(plan, prepared, files, meter, 'train');
  if (!learned.ok) return learned;
  const recording = { probes, room: largestTable, everyTrial: families };
  const evaluated = evaluate(plan, prepared, learned.value.weights, recording, meter, 'infer');
  if (!evaluated.ok) return evaluated;
  const continuous = transient
    ? runTransients(transient, plan, prepared, learned.value.weights, meter, netlists)
    : success({ transients: [], tables: [], warnings: [] });
  if (!continuous.ok) return continuous;
  const swept = sweep
    ? runSweep(sweep, learned.value, files, meter, families ? probes : [])
    : success(undefined);
  if (!swept.ok) return swept;
  const { metrics, predictions, traces, arrays, warnings } = evaluated.value;
  const everything = { ...plain.metrics, ...metrics, ...sweptMetrics(swept.value?.sweep) };
  const strange = Object.keys(everything).find((name) => !Number.isFinite(everything[name]));
  if (strange !== undefined) return failure(notFinite(strange, plan));
  return success({
    metrics,
    metricUnits: metricUnits(prepared.data),
    baselines: plain.metrics,
    training: { ...learned.value.training, ...(key === undefined ? {} : { key }) },
    weights: weightTensors(prepared.network, learned.value.weights),
    predictions,
    traces,
    families: [...evaluated.value.families, ...(swept.value?.families ?? [])],
    ...(swept.value ? { sweep: swept.value.sweep } : {}),
    arrays,
    transients: continuous.value.transients,
    tables: continuous.value.tables,
    measurements: continuous.value.transients.flatMap(measure),
    warnings: [...plain.warnings, ...learned.value.warnings, ...warnings, ...continuous.value.warnings],
  });
}

/** The metrics of every swept value, named so that a problem can tell where it lies. */
const sweptMetrics = (sweep: Result['sweep']): Record<string, number> =>
  Object.fromEntries(
    (sweep?.points ?? []).flatMap(({ text, metrics }) =>
      Object.entries(metrics).map(([name, value]) => [`${name} at ${sweep?.parameter} = ${text}`, value]),
    ),
  );

const notFinite = (metric: string, { experiment, dataset }: RunPlan): Problem => ({
  code: 'run.not-finite',
  message: `The metric ${metric} of experiment "${experiment.name}" is not a finite number.`,
  hint: `Look for extreme values in dataset "${dataset.name}", or for weights that have grown without bound.`,
  origin: experiment.origin,
});
