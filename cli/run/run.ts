import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { report } from '../report/report.ts';
import { type Artifacts, artifactNames, type OutputFile, resultFiles } from '../result/files.ts';
import { probe, writeFiles } from '../result/output-folder.ts';
import { summary } from '../result/summary.ts';
import { diagnosticLine } from '../terminal/diagnostics.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';
import { progressLine } from '../terminal/progress.ts';
import { styleOf } from '../terminal/style.ts';
import { version } from '../version.ts';
import { reproduction } from './command-line.ts';
import { machineMemory } from './machine-memory.ts';
import type { RunOptions } from './options.ts';
import { portableDesign } from './portable-design.ts';
import { type Files, readFiles, withPaths } from './read-files.ts';
import { simulate } from './simulate.ts';

/** An experiment with all that it reads. */
interface Task {
  readonly experiment: ExperimentDesign;
  readonly files: Files;
  /** Where its results go, below the output folder; empty where it is the only one. */
  readonly folder: string;
}

interface Finished extends Task {
  readonly result: Result;
  readonly artifacts: Artifacts;
}

/** `memloom run`: all that can be wrong is found before the first experiment starts; results appear all at once. */
export async function run(options: RunOptions): Promise<number> {
  const loaded = await load(options);
  if (!loaded.ok) return refuse(loaded.problems);
  return perform(loaded.value, options, (experiment, seed) => reproduction(options, experiment, seed));
}

/** An architecture that is read and checked. */
export interface Loaded {
  readonly design: Design;
  readonly source: string;
}

async function load({ file, overrides }: RunOptions): Promise<Outcome<Loaded>> {
  const source = readArchitecture(file);
  if (!source.ok) return source;
  const loaded = await loadDesign(file, overrides);
  if (!loaded.ok) return loaded;
  const style = styleOf(process.stderr);
  for (const warning of loaded.value.warnings) process.stderr.write(`${diagnosticLine(warning, style)}\n`);
  return success({ design: loaded.value.design, source: source.value });
}

/** The command that gives the same result of an experiment again. */
type Reproduction = (experiment: string, seed: number) => string;

/** Runs the experiments of an architecture, writes and prints their results, and gives the exit code. */
export async function perform(loaded: Loaded, options: RunOptions, reproduce: Reproduction): Promise<number> {
  const finished = await runAll(loaded, options, reproduce);
  if (!finished.ok) return refuse(withPaths(finished.problems, options.file));
  print(finished.value, options);
  const holds = finished.value.every(({ result }) =>
    result.expectations.every((expectation) => expectation.holds),
  );
  return holds ? exitCode.success : exitCode.negative;
}

async function runAll(
  { design: given, source }: Loaded,
  options: RunOptions,
  reproduce: Reproduction,
): Promise<Outcome<readonly Finished[]>> {
  const design = portableDesign(given, options.file);
  const tasks = planTasks(design, options);
  if (!tasks.ok) return tasks;
  const writable = probe(options.out);
  if (!writable.ok) return writable;

  const finished: Finished[] = [];
  for (const task of tasks.value) {
    const outcome = await simulateTask(design, task, options);
    if (!outcome.ok) return outcome;
    finished.push({
      ...task,
      result: outcome.value,
      artifacts: artifactsOf(options.out, task, outcome.value),
    });
  }
  const files = finished.flatMap((each) => filesOf(each, source, options, reproduce));
  const written = await writeFiles(options.out, files);
  return written.ok ? success(finished) : written;
}

function planTasks(design: Design, options: RunOptions): Outcome<readonly Task[]> {
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
  { experiments, file }: RunOptions,
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

async function simulateTask(design: Design, task: Task, options: RunOptions): Promise<Outcome<Result>> {
  const { seed, trials } = options;
  const { experiment, files } = task;
  const line = progressLine(experiment.name, process.stderr);
  try {
    const memory = machineMemory();
    const request = { design, experiment: experiment.name, files, seed, trials, memory, version };
    return await simulate(request, line.update);
  } finally {
    line.clear();
  }
}

/** The paths of a result's files. */
function artifactsOf(out: string, { folder }: Task, result: Result): Artifacts {
  const { tables, arrays, ...names } = artifactNames(result);
  const at = (name: string) => join(out, folder, name);
  const paths = (all: object) =>
    Object.fromEntries(Object.entries(all).map(([key, name]) => [key, at(String(name))]));
  return {
    result: at(names.result),
    report: at(names.report),
    ...paths(names),
    tables: paths(tables),
    arrays: paths(arrays),
  };
}

function filesOf(
  { result, experiment, folder }: Finished,
  source: string,
  options: RunOptions,
  reproduce: Reproduction,
): readonly OutputFile[] {
  const page = report(result, {
    experiment,
    file: displayPath(options.file),
    source,
    command: reproduce(experiment.name, result.provenance.seed),
    pageScript: readFileSync(new URL('./report-page.js', import.meta.url), 'utf8'),
  });
  return resultFiles(result, page).map(({ name, content }) => ({ name: join(folder, name), content }));
}

/** What `--json` says of an experiment; measurements and tables only where it has analyses. */
function outputOf({ result, artifacts: { tables, arrays, ...files } }: Finished) {
  const measurements = result.measurements.map(({ name, value }) => [name, value]);
  return {
    name: result.experiment,
    seed: result.provenance.seed,
    metrics: result.metrics,
    baselines: result.baselines,
    ...(measurements.length > 0 ? { measurements: Object.fromEntries(measurements) } : {}),
    expectations: result.expectations,
    artifacts: {
      ...files,
      ...(result.tables.length > 0 ? { tables } : {}),
      ...(Object.keys(arrays).length > 0 ? { arrays } : {}),
    },
  };
}

function print(finished: readonly Finished[], { json }: RunOptions): void {
  if (json) {
    const experiments = finished.map(outputOf);
    process.stdout.write(`${JSON.stringify({ experiments })}\n`);
    return;
  }
  const style = styleOf(process.stdout);
  const texts = finished.map(({ result, artifacts }) => summary(result, artifacts, style));
  process.stdout.write(texts.join('\n'));
}
