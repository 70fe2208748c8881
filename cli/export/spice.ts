import { join } from 'node:path';
import {
  crossbarNetlists,
  type Design,
  type ExperimentDesign,
  failure,
  type Outcome,
  success,
  type TransientDesign,
} from '@memloom/sim-core';
import { netlistName, type OutputFile } from '../result/files.ts';
import { writeFiles } from '../result/output-folder.ts';
import { portableDesign } from '../run/portable-design.ts';
import { withPaths } from '../run/read-files.ts';
import { load, planTasks, simulateTask, type Task } from '../run/tasks.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';
import type { ExportOptions } from './options.ts';

/** `memloom export spice`: trains or reads the weights, realises them, writes the circuit of each experiment on hardware. */
export async function exportSpice(options: ExportOptions): Promise<number> {
  const files = await netlistFiles(options);
  if (!files.ok) return refuse(withPaths(files.problems, options.file));
  const written = await writeFiles(options.out, files.value);
  if (!written.ok) return refuse(written.problems);
  for (const { name } of files.value) process.stdout.write(`${join(options.out, name)}\n`);
  return exitCode.success;
}

async function netlistFiles(options: ExportOptions): Promise<Outcome<readonly OutputFile[]>> {
  const loaded = await load(options);
  if (!loaded.ok) return loaded;
  const asked = portableDesign(loaded.value.design, options.file);
  const design = { ...asked, experiments: asked.experiments.map((each) => exported(each, options)) };
  const tasks = planTasks(design, options);
  if (!tasks.ok) return tasks;
  const wanted = tasks.value.filter(({ experiment }) => hardwareOf(experiment, options).length > 0);
  if (wanted.length === 0)
    return failure({
      code: 'export.no-hardware',
      message: `No experiment of ${displayPath(options.file)} evaluates a network on hardware: there is no circuit to export.`,
      hint: 'Add hardware to an experiment, as in "infer on NAME"; devices alone are exported with --device NAME.',
    });
  const files: OutputFile[] = [];
  for (const task of wanted) {
    const found = await filesOf(design, task, options);
    if (!found.ok) return found;
    files.push(...found.value);
  }
  return success(files);
}

/** Cells are exported as their transient is simulated, arrays of all hardware that the experiment evaluates. */
function hardwareOf(
  { infer, transient }: ExperimentDesign,
  { level }: Pick<ExportOptions, 'level'>,
): readonly string[] {
  const [inferred, timed] = [infer?.hardware ?? [], transient?.hardware ?? []];
  if (level === 'crossbar') return [...new Set([...inferred, ...timed])];
  return transient ? timed : inferred;
}

/**
 * What an experiment needs to be for its circuit alone: the weights as they are trained, one trial, no sweep; one time step
 * of the first sample where it says nothing of a transient.
 */
function exported(experiment: ExperimentDesign, options: ExportOptions): ExperimentDesign {
  const { infer, transient, sweep: _sweep, ...rest } = experiment;
  const hardware = hardwareOf(experiment, options);
  if (hardware.length === 0) return experiment;
  const oneTrial = infer ? { ...infer, hardware, trials: 1 } : { hardware, trials: 1, probes: [] };
  const oneStep: TransientDesign = {
    hardware,
    steps: 1,
    sample: 0,
    tolerance: 1e-5,
    devices: 'static',
    noise: false,
    probes: [],
    phases: [],
  };
  return {
    ...rest,
    expectations: [],
    infer: oneTrial,
    ...(options.level === 'blocks' ? { transient: transient ?? oneStep } : {}),
  };
}

async function filesOf(
  design: Design,
  task: Task,
  options: ExportOptions,
): Promise<Outcome<readonly OutputFile[]>> {
  const { name } = task.experiment;
  const outcome = await simulateTask(design, task, { ...options, netlists: options.level === 'blocks' });
  if (!outcome.ok) return outcome;
  if (options.level === 'crossbar') {
    const arrays = crossbarNetlists(design, outcome.value);
    if (!arrays.ok) return arrays;
    return success(
      arrays.value.map((array) => ({
        name: `${name}.${array.hardware}.${fileWord(array.name)}.crossbar.cir`,
        content: [array.text],
      })),
    );
  }
  return success(
    outcome.value.transients.flatMap(({ hardware, netlist }) =>
      netlist ? [{ name: `${name}.${netlistName(hardware)}`, content: [netlist.text] }] : [],
    ),
  );
}

/** `rnn[0,2]` as a word of a file's name: `rnn-0-2`. */
const fileWord = (name: string): string => name.replaceAll(/[^A-Za-z0-9_]+/g, '-').replaceAll(/^-+|-+$/g, '');
