import { join } from 'node:path';
import { failure, type Outcome, success } from '@memloom/sim-core';
import { netlistName, type OutputFile } from '../result/files.ts';
import { writeFiles } from '../result/output-folder.ts';
import { portableDesign } from '../run/portable-design.ts';
import { withPaths } from '../run/read-files.ts';
import { load, planTasks, simulateTask } from '../run/tasks.ts';
import { exitCode } from '../terminal/exit-codes.ts';
import { displayPath } from '../terminal/place.ts';
import { refuse } from '../terminal/problems.ts';
import type { ExportOptions } from './options.ts';

/** `memloom export spice`: trains or reads the weights, realises them, writes the circuit of each transient. */
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
  const design = portableDesign(loaded.value.design, options.file);
  const tasks = planTasks(design, options);
  if (!tasks.ok) return tasks;
  const wanted = tasks.value.filter(({ experiment }) => experiment.transient !== undefined);
  if (wanted.length === 0)
    return failure({
      code: 'export.no-transient',
      message: `No experiment of ${displayPath(options.file)} simulates a transient: there is no circuit to export.`,
      hint: 'Add one to an experiment, as in "transient 3 steps".',
    });
  const files: OutputFile[] = [];
  for (const task of wanted) {
    const outcome = await simulateTask(design, task, { ...options, netlists: true });
    if (!outcome.ok) return outcome;
    for (const { hardware, netlist } of outcome.value.transients)
      if (netlist)
        files.push({ name: `${task.experiment.name}.${netlistName(hardware)}`, content: [netlist.text] });
  }
  return success(files);
}
