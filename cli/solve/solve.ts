import { loadText } from '../project.ts';
import { quoted } from '../run/command-line.ts';
import { perform } from '../run/run.ts';
import { refuse } from '../terminal/problems.ts';
import type { SolveOptions } from './options.ts';

/** The name under which the options' text would lie in the current folder; files are named relative to it. */
const file = 'solve.loom';

/** `memloom solve`: the experiment that the options say, run as any other. */
export async function solve({ text, out, json, given }: SolveOptions): Promise<number> {
  const design = await loadText(text, file);
  // The text is ours, and no place in it would mean anything to its user.
  if (!design.ok) return refuse(design.problems.map(({ origin: _ours, ...problem }) => problem));
  const options = { file, experiments: [], overrides: [], out, json };
  const command = ['memloom', 'solve', ...given].map(quoted).join(' ');
  return perform({ design: withoutOrigins(design.value), source: text }, options, () => command);
}

function withoutOrigins<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, member) => (key === 'origin' ? undefined : member)));
}
