import type { Design, ParameterPath, ParameterValue, SweepDesign } from '../design/design.ts';
import { overrideParameter } from '../design/override.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import { evaluate, evaluationWork } from './evaluate.ts';
import { largestFamily, sweepFamilies } from './families.ts';
import type { Probe } from './inference.ts';
import { type Learned, learn, trainingWork } from './learn.ts';
import { memoryProblem } from './memory.ts';
import { planRun, type RunPlan } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { ProgressMeter } from './progress.ts';
import type { RunRequest } from './request.ts';
import type { FamilyMember, Result, TraceFamily, TraceTable } from './result.ts';

/** The experiment at one value of the swept parameter. */
interface SweepPoint {
  readonly text: string;
  readonly value: number;
  readonly plan: RunPlan;
  readonly prepared: Prepared;
}

export interface PreparedSweep {
  readonly parameter: string;
  readonly points: readonly SweepPoint[];
  /** The parameter shapes the weights: each point trains anew. */
  readonly learns: boolean;
}

/** Overrides the parameter for each value, so that a value that cannot be is found before anything is computed. */
export function prepareSweep(
  request: RunRequest,
  { path, values, origin }: SweepDesign,
): Outcome<PreparedSweep> {
  const points: SweepPoint[] = [];
  for (const [at, { text, value }] of values.entries()) {
    const design = overrideParameter(request.design, path, value);
    if (!design.ok) return failure(...design.problems.map((problem) => ({ origin, ...problem })));
    const plan = planRun({ ...request, design: design.value });
    if (!plan.ok) return plan;
    const prepared = prepare(design.value, plan.value, request.files);
    if (!prepared.ok) return prepared;
    const oversize = memoryProblem(plan.value, prepared.value, [], request.memory);
    if (oversize) return failure({ ...oversize, origin });
    points.push({ text, value: axisValue(value, at), plan: plan.value, prepared: prepared.value });
  }
  const parameter = `${path.owner}.${path.parameter}`;
  return success({ parameter, points, learns: shapesWeights(request.design, path) });
}

export interface Swept {
  readonly sweep: NonNullable<Result['sweep']>;
  readonly families: readonly TraceFamily[];
}

/** Work of a sweep in evaluated samples. */
export const sweepWork = ({ points, learns }: PreparedSweep): number =>
  points.reduce((sum, { plan, prepared }) => {
    return sum + evaluationWork(plan, prepared) + (learns ? trainingWork(plan, prepared) : 0);
  }, 0);

/**
 * The metrics at each value, and the waveforms of `probes`. What sits in data or training is learnt anew; what sits in devices and circuits meets the
 * weights of the experiment, as a chip would that is made differently.
 */
export function runSweep(
  { parameter, points, learns }: PreparedSweep,
  learned: Learned,
  files: RunRequest['files'],
  meter: ProgressMeter,
  probes: readonly Probe[],
): Outcome<Swept> {
  const room = Math.floor(largestFamily / points.length);
  const results: (FamilyMember & { readonly value: number; readonly traces: TraceTable })[] = [];
  for (const { text, value, plan, prepared } of points) {
    const recording = { probes, room, everyTrial: false };
    const own = learns ? learn(plan, prepared, files, meter, 'sweep') : success(learned);
    if (!own.ok) return own;
    const evaluated = evaluate(plan, prepared, own.value.weights, recording, meter, 'sweep');
    if (!evaluated.ok) return evaluated;
    results.push({ text, value, metrics: evaluated.value.metrics, traces: evaluated.value.traces });
  }
  // The ideal network does not notice what is swept in devices and circuits.
  const runs = [...(learns ? ['ideal'] : []), ...points[0].plan.hardware];
  return success({
    sweep: { parameter, points: results.map(({ text, value, metrics }) => ({ text, value, metrics })) },
    families: sweepFamilies(parameter, runs, results),
  });
}

const shapesWeights = ({ datasets, experiments }: Design, { owner }: ParameterPath): boolean =>
  [...datasets, ...experiments].some(({ name }) => name === owner);

/** Where a value stands on an axis: a number itself, a distribution by its spread, a range by its width, a word by its turn. */
export function axisValue(value: ParameterValue, at: number): number {
  switch (value.kind) {
    case 'number':
      return value.value;
    case 'distribution':
      return value.sigma;
    case 'range':
      return value.high - value.low;
    case 'word':
      return at;
  }
}
