import type { Series, SeriesColumn } from '../results/series.ts';
import { lowerBound } from './find.ts';
import { labelAt } from './lanes.ts';

/** File formats of waveforms. */
export type ExportFormat = 'csv' | 'vcd' | 'raw';

export interface Excerpt {
  readonly series: Series;
  readonly columns: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** All samples of some columns within a range, in a file format that other tools read. */
export const exportWaveforms: Readonly<Record<ExportFormat, (excerpt: Excerpt) => Uint8Array>> = {
  csv: (excerpt) => new TextEncoder().encode(csv(excerpt)),
  vcd: (excerpt) => new TextEncoder().encode(vcd(excerpt)),
  raw,
};

/** One row for each sample: the abscissa, the lanes' labels, the columns; the unit behind each name. */
function csv({ series, columns, from, to }: Excerpt): string {
  const { x, xName, xUnit, lanes } = series;
  const chosen = columns.map((column) => labelled(series.columns[column]));
  const head = [
    `${xName} (${xUnit})`,
    ...lanes.map(({ name }) => name),
    ...chosen.map(({ name, unit }) => `${name} (${unit === '' ? '1' : unit})`),
  ];
  const lines = [head.map(quoted).join(',')];
  for (let at = lowerBound(x, from); at < x.length && x[at] <= to; at++) {
    const labels = lanes.map((lane) => quoted(labelAt(lane, x[at]) ?? ''));
    lines.push([x[at], ...labels, ...chosen.map(({ values }) => values[at])].join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** A column under a name that no other has: of a family there are several to a signal. */
const labelled = (column: SeriesColumn) => ({ ...column, name: `${column.name}${suffixOf(column)}` });

const suffixOf = ({ role, member }: SeriesColumn): string =>
  role === 'low' ? ' 5 %' : role === 'high' ? ' 95 %' : member === undefined ? '' : ` ${member + 1}`;

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * A value change dump with variables of type `real` (IEEE 1364-2005, 18.2), which write each change alone. Times of a
 * dump are whole numbers: femtoseconds of a time in seconds, and the number of the time step otherwise.
 */
function vcd({ series, columns, from, to }: Excerpt): string {
  const { x, xUnit } = series;
  const seconds = xUnit === 's';
  const timeOf = (at: number) => (seconds ? BigInt(Math.round(x[at] * 1e15)) : BigInt(Math.round(x[at])));
  const chosen = columns.map((column) => labelled(series.columns[column]));
  const lines = ['$version Memloom $end', seconds ? '$timescale 1 fs $end' : '$timescale 1 s $end'];
  if (!seconds) lines.push(`$comment one second of this dump is one ${xUnit} $end`);
  lines.push('$scope module memloom $end');
  for (const [at, { name }] of chosen.entries())
    lines.push(`$var real 64 ${symbol(at)} ${name.replaceAll(' ', '_')} $end`);
  lines.push('$upscope $end', '$enddefinitions $end');
  const before = chosen.map(() => Number.NaN);
  for (let at = lowerBound(x, from); at < x.length && x[at] <= to; at++) {
    const changes = chosen.flatMap(({ values }, column) => {
      if (values[at] === before[column] || Number.isNaN(values[at])) return [];
      before[column] = values[at];
      return [`r${values[at]} ${symbol(column)}`];
    });
    if (changes.length > 0) lines.push(`#${timeOf(at)}`, ...changes);
  }
  return `${lines.join('\n')}\n`;
}

/** The identifier of a variable: printable characters from `!` to `~`, the least significant first. */
function symbol(at: number): string {
  const own = String.fromCharCode(33 + (at % 94));
  return at < 94 ? own : own + symbol(Math.floor(at / 94) - 1);
}

/** What a unit measures, in ngspice's words. */
const rawTypes: Readonly<Record<string, string>> = { V: 'voltage', A: 'current', s: 'time', Hz: 'frequency' };

/** ngspice's binary raw file: a head in ASCII, then the points as little-endian float64, variable by variable. */
function raw({ series, columns, from, to }: Excerpt): Uint8Array {
  const { x, xName, xUnit } = series;
  const first = lowerBound(x, from);
  let end = lowerBound(x, to, first);
  while (end < x.length && x[end] <= to) end++;
  const chosen = columns.map((column) => labelled(series.columns[column]));
  const variables = [
    ['time', 'time'],
    ...chosen.map(({ name, unit }) => [name.replaceAll(' ', '_'), rawTypes[unit] ?? 'notype']),
  ];
  const head = [
    'Title: Memloom waveforms',
    `Plotname: Transient Analysis`,
    'Flags: real',
    `No. Variables: ${variables.length}`,
    `No. Points: ${end - first}`,
    `Command: abscissa is ${xName} in ${xUnit}`,
    'Variables:',
    ...variables.map(([name, type], at) => `\t${at}\t${name}\t${type}`),
    'Binary:\n',
  ];
  const text = new TextEncoder().encode(head.join('\n'));
  const bytes = new Uint8Array(text.length + 8 * variables.length * (end - first));
  bytes.set(text);
  const view = new DataView(bytes.buffer, text.length);
  let offset = 0;
  for (let at = first; at < end; at++)
    for (const values of [x, ...chosen.map((column) => column.values)]) {
      view.setFloat64(offset, values[at], true);
      offset += 8;
    }
  return bytes;
}
