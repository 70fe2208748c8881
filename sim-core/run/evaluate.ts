import type { Metrics } from '../data/metrics.ts';
import type { Problem } from '../design/problem.ts';
import { type Outcome, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { writeTensor } from '../program/access.ts';
import { finalActivation } from '../train/loss.ts';
import { clippingCount } from './clipping.ts';
import { type BatchObserver, type Probe, prepareInference } from './inference.ts';
import type { RunPlan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import type { ProgressMeter } from './progress.ts';
import type { ArraySummary, Prediction, TraceTable } from './result.ts';
import { scorerOf } from './score.ts';
import { columnsOf, recordTraces, traceRows, traceTable } from './traces.ts';
import { type Evaluation, runIdeal, runTrials, type Weights } from './trials.ts';

/** The ideal network and each hardware with the same weights. */
export interface Evaluated {
  readonly metrics: Metrics;
  readonly predictions: readonly Prediction[];
  readonly traces: TraceTable;
  readonly arrays: readonly ArraySummary[];
  readonly warnings: readonly Problem[];
}

/** Work of an evaluation in evaluated samples. */
export const evaluationWork = ({ trials }: RunPlan, { data, hardware }: Prepared): number =>
  (data.train.count + data.test.count) * (1 + trials * hardware.length);

/** Evaluates every sample on the ideal network and in all trials on each hardware; records `probes` of the first trial. */
export function evaluate(
  plan: RunPlan,
  prepared: Prepared,
  weights: Weights,
  probes: readonly Probe[],
  meter: ProgressMeter,
  phase: 'infer' | 'sweep',
): Outcome<Evaluated> {
  const { data, network, hardware } = prepared;
  const networks = [network, ...hardware.map(({ realised }) => realised.network)];
  const columns = networks.reduce((sum, one) => sum + columnsOf(one, probes), 0);
  const rows = traceRows(data.test, columns);
  const traced = ['ideal', ...plan.hardware].map((run, at) => recordTraces(run, networks[at], probes, rows));
  const observers = traced.map(({ observe }) => (probes.length > 0 ? observe : undefined));
  const evaluations = evaluateAll({ plan, prepared, weights, probes, observers, meter, phase });
  if (!evaluations.ok) return evaluations;
  const summaries = hardware.map(({ realised }) => realised.summary(weights));
  return success({
    metrics: Object.assign({}, ...evaluations.value.map(({ metrics }) => metrics)),
    predictions: evaluations.value.flatMap(({ predictions }) => predictions),
    traces: traceTable(
      rows,
      traced.flatMap((trace) => trace.columns),
    ),
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
  readonly meter: ProgressMeter;
  readonly phase: 'infer' | 'sweep';
}

/** The ideal network first, then each hardware. */
function evaluateAll(
  input: EvaluationInput,
): Outcome<readonly (Evaluation & { readonly warnings: readonly Problem[] })[]> {
  const { plan, prepared, weights, probes, observers, meter, phase } = input;
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
      observe: (samples, batch, recorded) => {
        observe?.(samples, batch, recorded);
        clipping.observe(samples, batch, recorded);
      },
      onTrial: () => meter.advance(samples, phase, name),
    });
    if (!trials.ok) return trials;
    evaluations.push({ ...trials.value, warnings: clipping.warnings(name) });
  }
  return success(evaluations);
}

/** A classifier without an activation that makes probabilities gives logits, unless it is trained towards 0 and 1 itself. */
const givesLogits = ({ experiment }: RunPlan, network: SizedNetwork): boolean =>
  finalActivation(network) === 'none' && (experiment.train?.loss ?? 'crossEntropy') === 'crossEntropy';
