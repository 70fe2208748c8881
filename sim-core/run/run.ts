import { type Analysis, prepareAnalyses, runAnalyses } from '../analysis/analysis.ts';
import { measurementsOf } from '../analysis/measurements.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { checkMetrics, judge } from './expectations.ts';
import { networkWork, noNetwork, type ReadyNetwork, readyNetwork, runNetwork } from './network.ts';
import { planExperiment, type RunPlan } from './plan.ts';
import { type ProgressMeter, progressMeter } from './progress.ts';
import { provenanceOf } from './provenance.ts';
import type { Run, RunHost, RunRequest } from './request.ts';
import type { Result } from './result.ts';
import { metricUnits } from './score.ts';
import {
  type AnalysisSweep,
  analysisSweepWork,
  prepareAnalysisSweep,
  runAnalysisSweep,
} from './sweep-analyses.ts';
import { transientMeasurements } from './transient.ts';

/**
 * Runs one experiment: loads its data, trains or reads its weights, evaluates the ideal network and the trials on each
 * hardware, sweeps, analyses what needs no network, and sets the figures beside plain baselines and the experiment's
 * expectations.
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
  const { network, analyses, sweep } = ready.value;
  const work =
    (network ? networkWork(network) : 0) +
    analyses.reduce((sum, analysis) => sum + analysis.work, 0) +
    (sweep ? analysisSweepWork(sweep) : 0);
  return compute(request, ready.value, progressMeter(work, host));
};

interface Ready {
  readonly plan: Pick<RunPlan, 'experiment' | 'seed'>;
  readonly network?: ReadyNetwork;
  readonly analyses: readonly Analysis[];
  readonly sweep?: AnalysisSweep;
}

function makeReady(request: RunRequest): Outcome<Ready> {
  const planned = planExperiment(request);
  if (!planned.ok) return planned;
  const { experiment, seed } = planned.value;
  const network = experiment.network === undefined ? success(undefined) : readyNetwork(request);
  if (!network.ok) return network;
  const analyses = prepareAnalyses(request.design, experiment, seed, request.files);
  if (!analyses.ok) return analyses;
  const sweep = prepareAnalysisSweep(request, experiment, seed);
  if (!sweep.ok) return sweep;
  const families = network.value ? Object.keys(metricUnits(network.value.prepared.data)) : [];
  const checked = checkMetrics(experiment.expectations, families, network.value?.plan.hardware ?? [], [
    ...Object.keys(network.value?.plain.metrics ?? {}),
    ...experiment.analyses.flatMap(measurementsOf),
    ...(experiment.transient ? transientMeasurements(experiment.transient) : []),
  ]);
  if (!checked.ok) return checked;
  return success({
    plan: planned.value,
    network: network.value,
    analyses: analyses.value,
    sweep: sweep.value,
  });
}

function compute(request: RunRequest, ready: Ready, meter: ProgressMeter): Outcome<Result> {
  const { experiment, seed } = ready.plan;
  const network = ready.network ? runNetwork(ready.network, request, meter) : success(noNetwork);
  if (!network.ok) return network;
  const analysed = runAnalyses(ready.analyses, meter);
  if (!analysed.ok) return analysed;
  const swept = ready.sweep ? runAnalysisSweep(ready.sweep, meter) : success(undefined);
  if (!swept.ok) return swept;
  const { tables, warnings } = analysed.value;
  const measurements = [...network.value.measurements, ...analysed.value.measurements];
  const sweep = mergeSweeps(network.value.sweep, swept.value?.sweep);
  const expectations = judge(experiment.expectations, {
    ...network.value.baselines,
    ...network.value.metrics,
    ...Object.fromEntries(measurements.map(({ name, value }) => [name, value])),
  });
  if (!expectations.ok) return expectations;
  return success({
    experiment: experiment.name,
    provenance: provenanceOf(request.version, seed, request.design, request.files),
    ...network.value,
    ...(sweep ? { sweep } : {}),
    expectations: expectations.value,
    tables: [...network.value.tables, ...tables, ...(swept.value?.tables ?? [])],
    measurements,
    warnings: [...network.value.warnings, ...warnings, ...(swept.value?.warnings ?? [])],
  });
}

/** Metrics of the network and measurements of analyses, value by value. */
function mergeSweeps(network: Result['sweep'], analyses: Result['sweep']): Result['sweep'] {
  if (!network || !analyses) return network ?? analyses;
  const points = network.points.map((point, at) => ({
    ...point,
    metrics: { ...point.metrics, ...analyses.points[at].metrics },
  }));
  return { ...network, points };
}
