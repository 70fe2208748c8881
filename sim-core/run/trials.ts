import type { LoadedData } from '../data/loaded-data.ts';
import type { Metrics } from '../data/metrics.ts';
import { type Outcome, success } from '../design/problem.ts';
import type { RealisedNetwork } from '../hardware/realise.ts';
import { randomStream } from '../math/random.ts';
import type { Program } from '../program/program.ts';
import { type BatchObserver, type Inference, infer } from './inference.ts';
import { addTo, deviations, emptyMoments, type Moments, median } from './moments.ts';
import type { Prediction } from './result.ts';
import { type Score, type Scorer, type Subset, subsets, targetsOf } from './score.ts';

export type Weights = ReadonlyMap<string, Float64Array>;

/** What a run of the network over all samples gives: metrics by name, and predictions. */
export interface Evaluation {
  readonly metrics: Metrics;
  readonly predictions: readonly Prediction[];
}

export interface TrialsInput {
  /** Name of the hardware; it names the metrics, the predictions and the random streams. */
  readonly hardware: string;
  readonly realised: RealisedNetwork;
  readonly inference: Inference;
  readonly weights: Weights;
  readonly data: LoadedData;
  readonly score: Scorer;
  readonly seed: number;
  readonly trials: number;
  /** What sees the samples of a trial, counted from zero. */
  readonly observe: (trial: number) => BatchObserver | undefined;
  /** Called after each trial with its metrics. */
  readonly onTrial: (metrics: Metrics) => void;
}

/**
 * Monte Carlo trials of a network on hardware: in each, arrays and circuits are made anew and every sample is
 * evaluated. The errors of trial k depend on the seed, the hardware's name and k alone, so that more trials leave the
 * first ones as they were, and a swept parameter meets the same errors at each of its values.
 */
export function runTrials(input: TrialsInput): Outcome<Evaluation> {
  const { hardware, realised, inference, weights, score, seed } = input;
  const { train } = input.data;
  const calibrated = realised.realisation.calibrate?.(
    weights,
    train,
    Array.from({ length: train.count }, (_, sample) => sample),
  );
  if (calibrated && !calibrated.ok) return calibrated;
  let totals: Totals | undefined;
  for (let trial = 0; trial < input.trials; trial++) {
    const outputs = infer(
      inference,
      (program) =>
        realised.realisation.apply(weights, program, {
          seed,
          trial: randomStream(seed, 'trial', hardware, trial),
          fullScales: calibrated?.value,
        }),
      (stream) => randomStream(seed, 'noise', hardware, trial, stream),
      input.observe(trial),
    );
    if (!outputs.ok) return outputs;
    const scores = subsets.map((subset) => score(subset, outputs.value[subset]));
    totals ??= emptyTotals(scores);
    const scored: Metrics = Object.assign({}, ...scores.map((one) => one.metrics));
    addScores(totals, scores, scored);
    input.onTrial(scored);
  }
  if (totals === undefined) throw new Error('A plan has at least one trial.');
  return success(evaluationOf(input, totals));
}

/** Over the trials: moments and values of the metrics, in the order of their names; moments of each subset's predictions. */
interface Totals {
  readonly names: readonly string[];
  readonly metrics: Moments;
  /** [name][trial]: one bad device can spoil a trial, so that the mean alone misleads. */
  readonly values: readonly number[][];
  readonly predicted: readonly Moments[];
}

function emptyTotals(scores: readonly Score[]): Totals {
  const names = scores.flatMap(({ metrics }) => Object.keys(metrics));
  const predicted = scores.map((one) => emptyMoments(one.predicted.length));
  return { names, metrics: emptyMoments(names.length), values: names.map(() => []), predicted };
}

function addScores(
  { names, metrics, values, predicted }: Totals,
  scores: readonly Score[],
  scored: Metrics,
): void {
  const row = names.map((name) => scored[name]);
  addTo(metrics, row);
  for (const [at, value] of row.entries()) values[at].push(value);
  for (const [at, one] of scores.entries()) addTo(predicted[at], one.predicted);
}

function evaluationOf({ hardware, realised, data }: TrialsInput, totals: Totals): Evaluation {
  const spread = deviations(totals.metrics);
  const named = totals.names.flatMap((name, at) => [
    [`${hardware}.${name}`, totals.metrics.mean[at]],
    [`${hardware}.${name}.std`, spread[at]],
    [`${hardware}.${name}.median`, median(totals.values[at])],
  ]);
  const output = realised.network.outputs[0].name;
  return {
    metrics: Object.fromEntries(named),
    predictions: subsets.map((subset, at) => {
      const moments = totals.predicted[at];
      return prediction(data, subset, hardware, output, moments.mean, deviations(moments));
    }),
  };
}

export interface IdealInput {
  readonly inference: Inference;
  readonly realise: (program: Program) => void;
  readonly data: LoadedData;
  readonly score: Scorer;
  readonly output: string;
  readonly observe?: BatchObserver;
}

/** The network as its equations stand. */
export function runIdeal({
  inference,
  realise,
  data,
  score,
  output,
  observe,
}: IdealInput): Outcome<Evaluation> {
  const outputs = infer(inference, realise, noNoise, observe);
  if (!outputs.ok) return outputs;
  const scores = subsets.map((subset) => score(subset, outputs.value[subset]));
  return success({
    metrics: Object.assign({}, ...scores.map((one) => one.metrics)),
    predictions: subsets.map((subset, k) => {
      const { predicted } = scores[k];
      return prediction(data, subset, 'ideal', output, predicted, new Float64Array(predicted.length));
    }),
  });
}

const noNoise = (stream: string): never => {
  throw new Error(`The ideal network has no noise, yet asks for ${stream}.`);
};

function prediction(
  data: LoadedData,
  subset: Subset,
  run: string,
  output: string,
  mean: Float64Array,
  std: Float64Array,
): Prediction {
  const width = data.kind === 'forecast' ? 1 : data[subset].outputs;
  const target = targetsOf(data, subset).slice();
  return { run, subset, output, target, mean, std, index: data.index[subset].slice(), width };
}
