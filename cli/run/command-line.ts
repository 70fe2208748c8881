import type { RunOptions } from './options.ts';

/** The command that gives the same result of one experiment again. */
export function reproduction(options: RunOptions, experiment: string, seed: number): string {
  const { file, overrides, trials } = options;
  return [
    'memloom',
    'run',
    file,
    '--experiment',
    experiment,
    ...overrides.flatMap(({ path, value }) => ['--set', `${path}=${value}`]),
    '--seed',
    String(seed),
    ...(trials === undefined ? [] : ['--trials', String(trials)]),
  ]
    .map(quoted)
    .join(' ');
}

/** As a POSIX shell reads it. */
export const quoted = (argument: string): string =>
  /^[\w./:=%+@,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
