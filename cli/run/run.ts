import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Design, failure, type Outcome, type Result, success } from '@memloom/sim-core';
import { report } from '../report/report.ts';
import { type Artifacts, artifactNames, type OutputFile, resultFiles } from '../result/files.ts';
import { probe, writeFiles } from '../result/output-folder.ts';
import { summary } from '../result/summary.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';
import { styleOf } from '../terminal/style.ts';
import { reproduction } from './command-line.ts';
import type { RunOptions } from './options.ts';
import { portableDesign } from './portable-design.ts';
import { withPaths } from './read-files.ts';
import { isSignedOff, signOffWith, unsignable } from './sign-off.ts';
import { type Loaded, load, planTasks, simulateTask, type Task } from './tasks.ts';

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

/** The command that gives the same result of an experiment again. */
type Reproduction = (experiment: string, seed: number) => string;

/** Runs the experiments of an architecture, writes and prints their results, and gives the exit code. */
export async function perform(loaded: Loaded, options: RunOptions, reproduce: Reproduction): Promise<number> {
  const finished = await runAll(loaded, options, reproduce);
  if (!finished.ok) return refuse(withPaths(finished.problems, options.file));
  print(finished.value, options);
  const holds = finished.value.every(
    ({ result }) => result.expectations.every((expectation) => expectation.holds) && isSignedOff(result),
  );
  return holds ? exitCode.success : exitCode.negative;
}

async function simulateAndSign(design: Design, task: Task, options: RunOptions): Promise<Outcome<Result>> {
  const outcome = await simulateTask(design, task, { ...options, netlists: options.signOff });
  return outcome.ok && options.signOff ? signOffWith(outcome.value, options.ngspice) : outcome;
}

async function runAll(
  { design: given, source }: Loaded,
  options: RunOptions,
  reproduce: Reproduction,
): Promise<Outcome<readonly Finished[]>> {
  const design = portableDesign(given, options.file);
  const tasks = planTasks(design, options);
  if (!tasks.ok) return tasks;
  const obstacle = options.signOff ? unsignable(tasks.value.map(({ experiment }) => experiment)) : undefined;
  if (obstacle) return failure(obstacle);
  const writable = probe(options.out);
  if (!writable.ok) return writable;

  const finished: Finished[] = [];
  for (const task of tasks.value) {
    const outcome = await simulateAndSign(design, task, options);
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
    ...signOffOutput(result),
    artifacts: {
      ...files,
      ...(result.tables.length > 0 ? { tables } : {}),
      ...(Object.keys(arrays).length > 0 ? { arrays } : {}),
    },
  };
}

/** Of each transient the largest error of each probe, as a fraction of its swing. */
function signOffOutput({ transients }: Result) {
  const signed = transients.flatMap(({ hardware, signOff }) =>
    signOff
      ? [
          [
            hardware,
            {
              engine: signOff.engine,
              errors: Object.fromEntries(signOff.probes.map(({ name, error }) => [name, error])),
            },
          ],
        ]
      : [],
  );
  return signed.length > 0 ? { signOff: Object.fromEntries(signed) } : {};
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
