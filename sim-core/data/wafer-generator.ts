import type { DataSource } from '../design/design.ts';
import { type RandomStream, randomStream } from '../math/random.ts';
import type { Subsets } from './loaded-data.ts';
import type { LabelledSeries } from './ucr.ts';

const normalLabel: number = 1;
export const abnormalLabel: number = -1;

/**
 * Synthetic traces of one sensor while a wafer is etched: a recipe of stages with levels, overshoots and ramps, read
 * by a slow sensor with noise. An abnormal trace carries one of {@link faults}. Levels, times and faults are our own
 * and describe no real process; the labels, the rarity of faults and the scaling (each series to mean 0 and standard
 * deviation 1 with n - 1) follow the UCR archive's "Wafer" data, which are not free to pass on.
 */
export function generateWafer(source: Extract<DataSource, { kind: 'wafer' }>): Subsets<LabelledSeries> {
  return {
    train: generateSubset(source, 'train', source.train),
    test: generateSubset(source, 'test', source.test),
  };
}

/** From `start`, a fraction of the trace, the process runs at `level`, reached with an `overshoot` that dies out. */
interface Stage {
  readonly start: number;
  readonly level: number;
  readonly overshoot: number;
}

const stage = (start: number, level: number, overshoot = 0): Stage => ({ start, level, overshoot });

/** What the etcher is told to do; each recipe is as common as the others. */
const recipes: readonly (readonly Stage[])[] = [
  [stage(0, 0), stage(0.08, 1, 0.3), stage(0.3, 0.15), stage(0.4, 0.6, 0.1), stage(0.86, 0.1)],
  [stage(0, 0.9), stage(0.16, 0.45), stage(0.26, 0.9, 0.15), stage(0.38, 0.05), stage(0.82, 0.9, 0.1)],
  [
    stage(0, 0.1),
    stage(0.14, 0.85, 0.25),
    stage(0.26, 0.25),
    stage(0.38, 0.8),
    stage(0.6, 0.55),
    stage(0.88, 0.1),
  ],
];

/** A trace before its scaling: the stages that are run, and what is added to the sensor's value at each sample. */
interface Course {
  readonly stages: readonly Stage[];
  readonly disturbance: (fraction: number) => number;
}

/** What can go wrong, each as common as the others. The longest stage is the main etch. */
const faults: readonly ((stages: readonly Stage[], random: RandomStream) => Course)[] = [
  /** The main etch begins late. */
  function latePlateau(stages, random) {
    const delay = between(random, 0.07, 0.16);
    return undisturbed(
      replaceStage(stages, mainStage(stages), (main) => ({ ...main, start: main.start + delay })),
    );
  },
  /** The stage before the main etch is left out. */
  function missingStep(stages) {
    return undisturbed(stages.filter((_, at) => at !== mainStage(stages) - 1));
  },
  /** The sensor's value creeps away during the main etch. */
  function drift(stages, random) {
    const slope = between(random, 0.6, 1.2) * sign(random);
    const { start } = stages[mainStage(stages)];
    return { stages, disturbance: (fraction) => Math.max(0, fraction - start) * slope };
  },
  /** An arc: the value jumps for a moment. */
  function spike(stages, random) {
    const height = between(random, 0.7, 1.4) * sign(random);
    const from = between(random, 0.45, 0.75);
    const to = from + between(random, 0.03, 0.07);
    return { stages, disturbance: (fraction) => (fraction >= from && fraction < to ? height : 0) };
  },
  /** The main etch runs at another level. */
  function wrongLevel(stages, random) {
    const offset = between(random, 0.2, 0.4) * sign(random);
    return undisturbed(
      replaceStage(stages, mainStage(stages), (main) => ({ ...main, level: main.level + offset })),
    );
  },
];

function generateSubset(
  { seed, length, abnormal }: { seed: number; length: number; abnormal: number },
  subset: string,
  count: number,
): LabelledSeries {
  const labels = shuffledLabels(count, Math.round(count * abnormal), randomStream(seed, 'wafer', subset));
  const series = labels.map((label, at) =>
    generateTrace(label, length, randomStream(seed, 'wafer', subset, at)),
  );
  return { labels, series, length };
}

function shuffledLabels(count: number, abnormal: number, random: RandomStream): number[] {
  const labels = Array.from({ length: count }, (_, at) => (at < abnormal ? abnormalLabel : normalLabel));
  return random.shuffle(labels);
}

function generateTrace(label: number, length: number, random: RandomStream): Float64Array {
  const stages = pick(recipes, random).map(({ start, level, overshoot }) => ({
    start: start === 0 ? 0 : start + 0.004 * random.gaussian(),
    level: level + 0.015 * random.gaussian(),
    overshoot: overshoot * (1 + 0.2 * random.gaussian()),
  }));
  const course = label === abnormalLabel ? pick(faults, random)(stages, random) : undisturbed(stages);
  return standardised(sensorTrace(course, length, random));
}

/** The sensor follows the process with a first-order lag; overshoots die out geometrically. */
function sensorTrace({ stages, disturbance }: Course, length: number, random: RandomStream): Float64Array {
  const lag = 0.45 + 0.1 * random.uniform();
  const trace = new Float64Array(length);
  let current = 0;
  let value = stages[0].level;
  let overshoot = 0;
  for (let at = 0; at < length; at++) {
    const fraction = at / length;
    if (current + 1 < stages.length && fraction >= stages[current + 1].start)
      overshoot = stages[++current].overshoot;
    value += lag * (stages[current].level + overshoot - value);
    overshoot *= 0.8;
    trace[at] = value + disturbance(fraction) + 0.012 * random.gaussian();
  }
  return trace;
}

function standardised(trace: Float64Array): Float64Array {
  const mean = trace.reduce((sum, value) => sum + value, 0) / trace.length;
  const squares = trace.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const deviation = Math.sqrt(squares / (trace.length - 1));
  return trace.map((value) => (value - mean) / deviation);
}

/** Position of the stage that lasts longest. */
function mainStage(stages: readonly Stage[]): number {
  const lasts = stages.map(({ start }, at) => (stages[at + 1]?.start ?? 1) - start);
  return lasts.indexOf(Math.max(...lasts));
}

const replaceStage = (
  stages: readonly Stage[],
  position: number,
  replace: (stage: Stage) => Stage,
): readonly Stage[] => stages.map((stage, at) => (at === position ? replace(stage) : stage));

const undisturbed = (stages: readonly Stage[]): Course => ({ stages, disturbance: () => 0 });

const between = (random: RandomStream, low: number, high: number): number =>
  low + (high - low) * random.uniform();

const sign = (random: RandomStream): number => (random.uniform() < 0.5 ? -1 : 1);

const pick = <T>(from: readonly T[], random: RandomStream): T => from[random.integer(from.length)];
