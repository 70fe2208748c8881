import type { Problem } from '@memloom/sim-core';
import { exitCode } from './exit-codes.ts';
import { displayPath, placeText } from './place.ts';
import { styleOf } from './style.ts';

/** So many problems help; more of them hide the first. */
const most = 20;

/** Prints why a command cannot do what it was asked to, and gives the exit code that says so. */
export function refuse(problems: readonly Problem[]): number {
  const style = styleOf(process.stderr);
  for (const problem of problems.slice(0, most)) {
    const hint = problem.hint ? `\n  ${style.dim(problem.hint)}` : '';
    const place = placeOf(problem) ?? 'memloom';
    process.stderr.write(`${place}: ${style.red('error')} ${problem.code} ${problem.message}${hint}\n`);
  }
  if (problems.length > most) process.stderr.write(`… and ${problems.length - most} more.\n`);
  return exitCode.badInput;
}

/** The place in a data file where there is one, otherwise in the architecture. */
function placeOf({ data, origin }: Problem): string | undefined {
  if (!data) return origin && placeText(origin.file, origin.start);
  const { file, line, column } = data;
  return [displayPath(file), line, line === undefined ? undefined : column]
    .filter((part) => part !== undefined)
    .join(':');
}
