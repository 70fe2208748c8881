import { type Baselines, baselines } from '../data/baselines.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { evaluate, evaluationWork } from './evaluate.ts';
import { checkMetrics, judge } from './expectations.ts';
import type { Probe } from './inference.ts';
import { learn, trainingWork } from './learn.ts';
import { planRun, type RunPlan } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { findProbes } from './probes.ts';
import { type ProgressMeter, progressMeter } from './progress.ts';
import { provenanceOf } from './provenance.ts';
import type { Run, RunHost, RunRequest } from './request.ts';
import type { Result } from './result.ts';
import { metricUnits } from './score.ts';
import { type PreparedSweep, prepareSweep, runSweep, sweepWork } from './sweep.ts';
import { weightTensors } from './weights.ts';

/**
 * Runs one experiment: loads its data, trains or reads its weights, evaluates the ideal network and the trials on each
 * hardware, sweeps, and sets the figures beside plain baselines and the experiment's expectations.
 *
 * A pure function: the same request gives the same bits. Everything that a request can get wrong is a problem, found
 * before the long work where that is possible; a number that is not finite is a problem that names its signal.
 */
export const run: Run = (request, host = {}) => {
  try {
    return runWithin(request, host);
  } catch (error) {
    if (error instanceof RangeError) return failure(tooLarge(request.experiment, error));
    throw error;
  }
};

/** What an engine throws where an array is longer than it can hold: a limit of the machine, not a bug. */
const tooLarge = (experiment: string, { message }: RangeError): Problem => ({
  code: 'run.too-large',
  message: `The experiment "${experiment}" does not fit into memory: ${message}.`,
  hint: 'Use fewer units, a shorter window or a smaller batch.',
});

const runWithin = (request: RunRequest, host: RunHost): Outcome<Result> => {
  const ready = makeReady(request);
  if (!ready.ok) return ready;
  const { plan, prepared, sweep } = ready.value;
  const work = trainingWork(plan, prepared) + evaluationWork(plan, prepared) + (sweep ? sweepWork(sweep) : 0);
  return compute(request, ready.value, progressMeter(work, host));
};

interface Ready {
  readonly plan: RunPlan;
  readonly prepared: Prepared;
  readonly probes: readonly Probe[];
  readonly sweep?: PreparedSweep;
  readonly plain: Baselines;
}

function makeReady(request: RunRequest): Outcome<Ready> {
  const plan = planRun(request);
  if (!plan.ok) return plan;
  const prepared = prepare(request.design, plan.value, request.files);
  if (!prepared.ok) return prepared;
  const { experiment, hardware } = plan.value;
  const probes = experiment.infer ? findProbes(prepared.value.network, experiment.infer.probes) : success([]);
  if (!probes.ok) return probes;
  const sweep = experiment.sweep ? prepareSweep(request, experiment.sweep) : success(undefined);
  if (!sweep.ok) return sweep;
  const plain = baselines(prepared.value.data);
  const families = Object.keys(metricUnits(prepared.value.data));
  const checked = checkMetrics(experiment.expectations, families, hardware, Object.keys(plain.metrics));
  if (!checked.ok) return checked;
  return success({
    plan: plan.value,
    prepared: prepared.value,
    probes: probes.value,
    sweep: sweep.value,
    plain,
  });
}

function compute(request: RunRequest, ready: Ready, meter: ProgressMeter): Outcome<Result> {
  const { plan, prepared, probes, sweep, plain } = ready;
  const learned = learn(plan, prepared, request.files, meter, 'train');
  if (!learned.ok) return learned;
  const evaluated = evaluate(plan, prepared, learned.value.weights, probes, meter, 'infer');
  if (!evaluated.ok) return evaluated;
  const swept = sweep ? runSweep(sweep, learned.value, request.files, meter) : success(undefined);
  if (!swept.ok) return swept;
  const { metrics, predictions, traces, arrays, warnings } = evaluated.value;
  const expectations = judge(plan.experiment.expectations, { ...plain.metrics, ...metrics });
  if (!expectations.ok) return expectations;
  const everything = { ...plain.metrics, ...metrics, ...sweptMetrics(swept.value) };
  const strange = Object.keys(everything).find((name) => !Number.isFinite(everything[name]));
  if (strange !== undefined) return failure(notFinite(strange, plan));
  return success({
    experiment: plan.experiment.name,
    provenance: provenanceOf(request.version, plan.seed, request.design, request.files),
    metrics,
    metricUnits: metricUnits(prepared.data),
    baselines: plain.metrics,
    expectations: expectations.value,
    training: learned.value.training,
    weights: weightTensors(prepared.network, learned.value.weights),
    predictions,
    traces,
    ...(swept.value ? { sweep: swept.value } : {}),
    arrays,
    warnings: [...plain.warnings, ...learned.value.warnings, ...warnings],
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
