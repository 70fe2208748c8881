import {
  type Design,
  type ExperimentDesign,
  failure,
  type Outcome,
  type Result,
  success,
  suggestion,
} from '@memloom/sim-core';
import { loadDesign, readArchitecture } from '../project.ts';
import { diagnosticLine } from '../terminal/diagnostics.ts';
import { displayPath } from '../terminal/place.ts';
import { progressLine } from '../terminal/progress.ts';
import { styleOf } from '../terminal/style.ts';
import { version } from '../version.ts';
import { machineMemory } from './machine-memory.ts';
import type { RunOptions } from './options.ts';
import { type Files, readFiles } from './read-files.ts';
import { simulate } from './simulate.ts';

/** What is to be run, whatever becomes of its results. */
export type TaskOptions = Pick<RunOptions, 'file' | 'experiments' | 'overrides' | 'seed' | 'trials'> & {
  /** Gives transients their netlists. */
  readonly netlists?: boolean;
};

/** An experiment with all that it reads. */
export interface Task {
  readonly experiment: ExperimentDesign;
  readonly files: Files;
  /** Where its results go, below the output folder; empty where it is the only one. */
  readonly folder: string;
}

/** An architecture that is read and checked. */
export interface Loaded {
  readonly design: Design;
  readonly source: string;
}

/** Reads and checks an architecture; prints the checker's warnings. */
export async function load({ file, overrides }: TaskOptions): Promise<Outcome<Loaded>> {
  const source = readArchitecture(file);
  if (!source.ok) return source;
  const loaded = await loadDesign(file, overrides);
  if (!loaded.ok) return loaded;
  const style = styleOf(process.stderr);
  for (const warning of loaded.value.warnings) process.stderr.write(`${diagnosticLine(warning, style)}\n`);
  return success({ design: loaded.value.design, source: source.value });
}

/** The experiments of an architecture that are wanted, each with the files that it reads. */
export function planTasks(design: Design, options: TaskOptions): Outcome<readonly Task[]> {
  const chosen = chooseExperiments(design, options);
  if (!chosen.ok) return chosen;
  const tasks: Task[] = [];
  for (const experiment of chosen.value) {
    const files = readFiles(design, experiment, options.file);
    if (!files.ok) return files;
    tasks.push({ experiment, files: files.value, folder: chosen.value.length > 1 ? experiment.name : '' });
  }
  return success(tasks);
}

function chooseExperiments(
  design: Design,
  { experiments, file }: TaskOptions,
): Outcome<readonly ExperimentDesign[]> {
  const names = design.experiments.map(({ name }) => name);
  const unknown = experiments.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    return failure({
      code: 'run.unknown-experiment',
      message: `${displayPath(file)} has no experiment "${unknown[0]}".`,
      hint: suggestion(unknown[0], names, 'It has none.'),
    });
  }
  if (names.length === 0) {
    return failure({
      code: 'run.no-experiment',
      message: `${displayPath(file)} has no experiment to run.`,
      hint: 'An experiment names a network and data: experiment NAME { network NETWORK data DATASET … }',
    });
  }
  const wanted = (name: string) => experiments.length === 0 || experiments.includes(name);
  return success(design.experiments.filter(({ name }) => wanted(name)));
}

/** Runs one experiment in a thread of its own, with a line of progress. */
export async function simulateTask(
  design: Design,
  task: Task,
  options: TaskOptions,
): Promise<Outcome<Result>> {
  const { seed, trials, netlists } = options;
  const { experiment, files } = task;
  const line = progressLine(experiment.name, process.stderr);
  try {
    const memory = machineMemory();
    const request = { design, experiment: experiment.name, files, seed, trials, memory, netlists, version };
    return await simulate(request, line.update);
  } finally {
    line.clear();
  }
}
