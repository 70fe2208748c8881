import { cpus } from 'node:os';

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
}

/** Prints the rows, with `--json` as one object. */
export function report(benchmark: string, rows: readonly Row[]): void {
  const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
  if (process.argv.includes('--json')) console.log(JSON.stringify({ benchmark, machine, rows }));
  else console.log(`${benchmark} on ${machine}\n\n${table(rows)}`);
}

function table(rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    [
      row.case,
      row.peer,
      seconds(row.subjectSeconds),
      seconds(row.peerSeconds),
      `${row.ratio.toFixed(2)}×`,
      row.agreement.toExponential(1),
    ].join(' | '),
  );
  return ['| case | peer | ours | peer | peer / ours | largest difference |', '|---|---|---|---|---|---|']
    .concat(lines.map((line) => `| ${line} |`))
    .join('\n');
}

function seconds(value: number): string {
  if (value < 1e-3) return `${(value * 1e6).toPrecision(3)} µs`;
  return value < 1 ? `${(value * 1e3).toPrecision(3)} ms` : `${value.toPrecision(3)} s`;
}
