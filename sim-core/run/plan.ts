import type { DatasetDesign, ExperimentDesign, Identified, NetworkDesign, Origin } from '../design/design.ts';
import { suggestion } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { RunRequest } from './request.ts';

/** The nodes of the design that a run is about, found by their names; seed and trials as the request has them. */
export interface RunPlan {
  readonly experiment: ExperimentDesign;
  readonly network: NetworkDesign;
  readonly dataset: DatasetDesign;
  readonly seed: number;
  readonly trials: number;
  readonly hardware: readonly string[];
}

/** The experiment that a request is about, with its seed. */
export function planExperiment({
  design,
  experiment: name,
  seed,
}: RunRequest): Outcome<Pick<RunPlan, 'experiment' | 'seed'>> {
  const experiment = named(design.experiments, name, 'experiment');
  if (!experiment.ok) return experiment;
  const { seed: own, origin } = experiment.value;
  const chosen = seed ?? own;
  if (!Number.isSafeInteger(chosen) || chosen < 0) return failure(badSeed(chosen, origin));
  return success({ experiment: experiment.value, seed: chosen });
}

/** Looks up all that the experiment names; the language has checked the names, a hand-written design may not have. */
export function planRun(request: RunRequest): Outcome<RunPlan> {
  const { design, trials } = request;
  const planned = planExperiment(request);
  if (!planned.ok) return planned;
  const { experiment, seed } = planned.value;
  const { network: networkName = '', data = '', infer, train, origin } = experiment;
  const network = named(design.networks, networkName, 'network', origin);
  if (!network.ok) return network;
  const dataset = named(design.datasets, data, 'dataset', origin);
  if (!dataset.ok) return dataset;
  const hardware = infer?.hardware ?? [];
  for (const wanted of train?.on === undefined ? hardware : [...hardware, train.on]) {
    const found = named(design.hardware, wanted, 'hardware', origin);
    if (!found.ok) return found;
  }
  const count = trials ?? infer?.trials ?? 0;
  if (hardware.length > 0 && (!Number.isSafeInteger(count) || count < 1))
    return failure(noTrials(count, origin));
  return success({
    experiment,
    network: network.value,
    dataset: dataset.value,
    seed,
    trials: count,
    hardware,
  });
}

/** The node of a name. */
export function named<T extends Identified>(
  nodes: readonly T[],
  name: string,
  kind: string,
  origin?: Origin,
): Outcome<T> {
  const node = nodes.find((candidate) => candidate.name === name);
  if (node !== undefined) return success(node);
  return failure({
    code: `run.unknown-${kind}`,
    message: `There is no ${kind} "${name}".`,
    hint: suggestion(
      name,
      nodes.map((candidate) => candidate.name),
      `The design has no ${kind}.`,
    ),
    origin,
  });
}

const noTrials = (trials: number, origin?: Origin): Problem => ({
  code: 'run.trials',
  message: `${trials} is no number of trials.`,
  hint: 'The number of trials is a whole number from 1.',
  origin,
});

const badSeed = (seed: number, origin?: Origin): Problem => ({
  code: 'run.seed',
  message: `${seed} is no seed.`,
  hint: 'A seed is a whole number from 0.',
  origin,
});
