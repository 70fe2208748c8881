import type { Metrics } from '../data/metrics.ts';
import type { Problem } from '../design/problem.ts';
import { type Outcome, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { writeTensor } from '../program/access.ts';
import { finalActivation } from '../train/loss.ts';
import { clippingCount } from './clipping.ts';
import { recordTrials, type TrialRecorder } from './families.ts';
import { type BatchObserver, type Probe, prepareInference } from './inference.ts';
import type { RunPlan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import type { ProgressMeter } from './progress.ts';
import type { ArraySummary, Prediction, TraceFamily, TraceTable } from './result.ts';
import { scorerOf } from './score.ts';
import { columnsOf, recordTraces, traceRows, traceTable } from './traces.ts';
import { type Evaluation, runIdeal, runTrials, type Weights } from './trials.ts';

/** The ideal network and each hardware with the same weights. */
export interface Evaluated {
  readonly metrics: Metrics;
  readonly predictions: readonly Prediction[];
  readonly traces: TraceTable;
  readonly families: readonly TraceFamily[];
  readonly arrays: readonly ArraySummary[];
  readonly warnings: readonly Problem[];
}

/** What is kept of the signals. */
export interface Recording {
  readonly probes: readonly Probe[];
  /** Numbers that the waveforms of the first trial may take. */
  readonly room: number;
  /** Whether those of all trials are kept too. */
  readonly everyTrial: boolean;
}

/** Work of an evaluation in evaluated samples. */
export const evaluationWork = ({ trials }: RunPlan, { data, hardware }: Prepared): number =>
  (data.train.count + data.test.count) * (1 + trials * hardware.length);

/** Evaluates every sample on the ideal network and in all trials on each hardware. */
export function evaluate(
  plan: RunPlan,
  prepared: Prepared,
  weights: Weights,
  { probes, room, everyTrial }: Recording,
  meter: ProgressMeter,
  phase: 'infer' | 'sweep',
): Outcome<Evaluated> {
  const { data, network, hardware } = prepared;
  const networks = [network, ...hardware.map(({ realised }) => realised.network)];
  const columns = networks.reduce((sum, one) => sum + columnsOf(one, probes), 0);
  const rows = traceRows(data.test, columns, room);
  const traced = ['ideal', ...plan.hardware].map((run, at) => recordTraces(run, networks[at], probes, rows));
  const observers = traced.map(({ observe }) => (probes.length > 0 ? observe : undefined));
  const recorders = hardware.map(({ name, realised }) =>
    everyTrial && probes.length > 0 && plan.trials > 1
      ? recordTrials(name, realised.network, probes, data.test, plan.trials)
      : undefined,
  );
  const evaluations = evaluateAll({ plan, prepared, weights, probes, observers, recorders, meter, phase });
  if (!evaluations.ok) return evaluations;
  const summaries = hardware.map(({ realised }) => realised.summary(weights));
  return success({
    metrics: Object.assign({}, ...evaluations.value.map(({ metrics }) => metrics)),
    predictions: evaluations.value.flatMap(({ predictions }) => predictions),
    traces: traceTable(
      rows,
      traced.flatMap((trace) => trace.columns),
    ),
    families: recorders.flatMap((recorder) => recorder?.family() ?? []),
    arrays: summaries.flatMap(({ arrays }) => arrays),
    warnings: [
      ...hardware.flatMap(({ realised }) => realised.warnings),
      ...summaries.flatMap(({ warnings }) => warnings),
      ...evaluations.value.flatMap(({ warnings }) => warnings),
      ...rows.warnings,
    ],
  });
}

interface EvaluationInput {
  readonly plan: RunPlan;
  readonly prepared: Prepared;
  readonly weights: Weights;
  readonly probes: readonly Probe[];
  /** Of the ideal network and of each hardware. */
  readonly observers: readonly (BatchObserver | undefined)[];
  /** Of each hardware. */
  readonly recorders: readonly (TrialRecorder | undefined)[];
  readonly meter: ProgressMeter;
  readonly phase: 'infer' | 'sweep';
}

/** The ideal network first, then each hardware. */
function evaluateAll(
  input: EvaluationInput,
): Outcome<readonly (Evaluation & { readonly warnings: readonly Problem[] })[]> {
  const { plan, prepared, weights, probes, observers, recorders, meter, phase } = input;
  const { data, network, hardware } = prepared;
  const score = scorerOf(data, givesLogits(plan, network));
  const samples = data.train.count + data.test.count;
  const ideal = runIdeal({
    inference: prepareInference(network, data, probes),
    realise: (program) => {
      for (const [name, values] of weights) writeTensor(program, name, values);
    },
    data,
    score,
    output: network.outputs[0].name,
    observe: observers[0],
  });
  if (!ideal.ok) return ideal;
  meter.advance(samples, phase, 'ideal');
  const evaluations: (Evaluation & { readonly warnings: readonly Problem[] })[] = [
    { ...ideal.value, warnings: [] },
  ];
  for (const [at, { name, realised }] of hardware.entries()) {
    const clipping = clippingCount(realised.converters);
    const observe = observers[at + 1];
    const trials = runTrials({
      hardware: name,
      realised,
      inference: prepareInference(realised.network, data, [...probes, ...clipping.probes]),
      weights,
      data,
      score,
      seed: plan.seed,
      trials: plan.trials,
      observe: (trial) => {
        const recorder = recorders[at]?.observe(trial);
        if (trial > 0) return recorder;
        return (...batch) => {
          observe?.(...batch);
          clipping.observe(...batch);
          recorder?.(...batch);
        };
      },
      onTrial: (metrics) => {
        recorders[at]?.scored(metrics);
        meter.advance(samples, phase, name);
      },
    });
    if (!trials.ok) return trials;
    evaluations.push({ ...trials.value, warnings: clipping.warnings(name) });
  }
  return success(evaluations);
}

/** A classifier without an activation that makes probabilities gives logits, unless it is trained towards 0 and 1 itself. */
const givesLogits = ({ experiment }: RunPlan, network: SizedNetwork): boolean =>
  finalActivation(network) === 'none' && (experiment.train?.loss ?? 'crossEntropy') === 'crossEntropy';
