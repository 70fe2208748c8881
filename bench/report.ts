import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** One comparison: seconds per unit of work of ours and of a peer, measured in turn in one run. */
export interface Row {
  readonly case: string;
  readonly subject: string;
  readonly peer: string;
  readonly subjectSeconds: number;
  readonly peerSeconds: number;
  /** Peer's time over ours: above 1, ours is faster. */
  readonly ratio: number;
  /** Largest absolute difference of the results. */
  readonly agreement: number;
  /** The least ratio that the project asks of itself. */
  readonly bar?: number;
}

/** Prints the rows; with `--json` as one object, with `--record` into README.md in place of those before. */
export const report = (benchmark: string, title: string, rows: readonly Row[]): void =>
  publish(benchmark, title, rows, table(rows));

/** The same for rows of another kind, with the table that shows them. */
export function publish(benchmark: string, title: string, rows: readonly object[], shown: string): void {
  const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
  if (process.argv.includes('--json')) console.log(JSON.stringify({ benchmark, machine, rows }));
  else console.log(`${title}; ${machine}\n\n${shown}`);
  if (rows.some((row) => misses(row))) process.exitCode = 1;
  if (process.argv.includes('--record')) record(benchmark, `${title}; ${machine}.\n\n${shown}`);
}

/** Whether a row misses its bar: a ratio that is too low, or a value that is too high. */
export function misses(row: object): boolean {
  if ('bar' in row && 'ratio' in row && typeof row.bar === 'number') return Number(row.ratio) < row.bar;
  return (
    'atMost' in row && 'value' in row && typeof row.atMost === 'number' && Number(row.value) > row.atMost
  );
}

/** The bundle runs from `bench/dist`. */
const readme = fileURLToPath(new URL('../README.md', import.meta.url));

function record(benchmark: string, text: string): void {
  const before = readFileSync(readme, 'utf8');
  const [begin, end] = [`<!-- ${benchmark} -->`, `<!-- end ${benchmark} -->`];
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no place for ${benchmark}.`);
  writeFileSync(readme, `${before.slice(0, from)}${begin}\n\n${text}\n\n${before.slice(to)}`);
}

/** The comparisons as a table in Markdown. */
export function table(rows: readonly Row[]): string {
  const hasBars = rows.some(({ bar }) => bar !== undefined);
  const lines = rows.map((row) =>
    [
      row.case,
      row.peer,
      seconds(row.subjectSeconds),
      seconds(row.peerSeconds),
      `${row.ratio.toFixed(2)}×`,
      row.agreement.toExponential(1),
      ...(hasBars ? [barOf(row)] : []),
    ].join(' | '),
  );
  const columns = ['case', 'peer', 'ours', 'peer', 'peer / ours', 'largest difference'];
  if (hasBars) columns.push('bar');
  return [`| ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length)}`]
    .concat(lines.map((line) => `| ${line} |`))
    .join('\n');
}

function barOf(row: Row): string {
  if (row.bar === undefined) return '';
  return `${Number(row.bar.toFixed(2))}× ${misses(row) ? 'missed' : 'held'}`;
}

function seconds(value: number): string {
  if (value < 1e-3) return `${(value * 1e6).toPrecision(3)} µs`;
  return value < 1 ? `${(value * 1e3).toPrecision(3)} ms` : `${value.toPrecision(3)} s`;
}
