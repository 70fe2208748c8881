import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from '@memloom/sim-core';
import { exitCode } from './exit-codes.ts';
import { styleOf } from './style.ts';

/** Prints why a command cannot do what it was asked to, and gives the exit code that says so. */
export function refuse(
  problems: readonly Problem[],
  locate: (dataFile: string) => string = displayPath,
): number {
  const style = styleOf(process.stderr);
  for (const problem of problems) {
    const place = placeOf(problem, locate) ?? 'memloom';
    const hint = problem.hint ? `\n  ${style.dim(problem.hint)}` : '';
    process.stderr.write(`${place}: ${style.red('error')} ${problem.code} ${problem.message}${hint}\n`);
  }
  return exitCode.badInput;
}

/** `file:line:column`, one-based: the place in a data file where there is one, otherwise in the architecture. */
export function placeOf({ data, origin }: Problem, locate: (dataFile: string) => string): string | undefined {
  if (data) {
    const line =
      data.line === undefined ? [] : [data.line, ...(data.column === undefined ? [] : [data.column])];
    return [locate(data.file), ...line].join(':');
  }
  if (!origin) return undefined;
  return `${displayPath(origin.file)}:${origin.start.line + 1}:${origin.start.character + 1}`;
}

/** A path or file URI as a user would type it from where they are. */
export function displayPath(file: string): string {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}
