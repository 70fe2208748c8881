import type { Result } from '@memloom/sim-core';
import { writeNpy, writeSafetensors } from '@memloom/sim-core';
import { predictionsCsv, tableCsv, tracesCsv } from './csv.ts';

/** A file to be written: its name and its content, in pieces. */
export interface OutputFile {
  readonly name: string;
  readonly content: Iterable<string | Uint8Array>;
}

/** The names of a result's files, by what they hold; those of a network only where the experiment has one. */
export interface Artifacts {
  readonly result: string;
  readonly report: string;
  readonly predictions?: string;
  readonly traces?: string;
  readonly weights?: string;
  /** By the table's id. */
  readonly tables: Readonly<Record<string, string>>;
  /** Columns of tables with axes as arrays of numpy, by `ID.COLUMN`. */
  readonly arrays: Readonly<Record<string, string>>;
}

/** Where the netlist of a transient is kept. */
export const netlistName = (hardware: string): string => `transient.${hardware}.cir`;

export const artifactNames = ({ predictions, tables }: Result): Artifacts => ({
  result: 'result.json',
  report: 'report.html',
  ...(predictions.length > 0
    ? { predictions: 'predictions.csv', traces: 'traces.csv', weights: 'weights.safetensors' }
    : {}),
  tables: Object.fromEntries(tables.flatMap(({ id, files }) => (files === 'npy' ? [] : [[id, `${id}.csv`]]))),
  arrays: Object.fromEntries(
    tables.flatMap(({ id, axes, files, columns }) =>
      axes && files !== 'csv' ? columns.map(({ name }) => [`${id}.${name}`, `${id}.${name}.npy`]) : [],
    ),
  ),
});

/** All files of a result. */
export function resultFiles(result: Result, report: string): readonly OutputFile[] {
  const { seed, version, design } = result.provenance;
  const metadata = { format: 'memloom', version, seed: String(seed), design };
  const names = artifactNames(result);
  const file = (name: string | undefined, content: () => OutputFile['content']) =>
    name === undefined ? [] : [{ name, content: content() }];
  return [
    ...file(names.result, () => [resultJson(result)]),
    ...file(names.predictions, () => predictionsCsv(result.predictions)),
    ...file(names.traces, () => tracesCsv(result.traces)),
    ...file(names.weights, () => [writeSafetensors(result.weights, metadata)]),
    ...result.tables.flatMap((table) => file(names.tables[table.id], () => tableCsv(table))),
    ...result.tables.flatMap(({ id, axes = [], columns }) =>
      columns.flatMap(({ name, values }) =>
        file(names.arrays[`${id}.${name}`], () => [
          writeNpy(
            values,
            axes.map(({ length }) => length),
          ),
        ]),
      ),
    ),
    ...result.transients.flatMap(({ hardware, netlist }) =>
      netlist ? [{ name: netlistName(hardware), content: [netlist.text] }] : [],
    ),
    ...file(names.report, () => [report]),
  ];
}

/** The result but its traces, weights and tables, which have files of their own; typed arrays become arrays. */
function resultJson({ traces, families: _, weights, tables, transients, ...rest }: Result): string {
  const columns = traces.columns.map(({ name, unit }) => ({ name, unit }));
  const value = {
    ...rest,
    // The netlist and the other simulator's waveforms have a file and figures of their own.
    transients: transients.map(({ netlist: _netlist, signOff, ...transient }) => ({
      ...transient,
      ...(signOff
        ? { signOff: { ...signOff, probes: signOff.probes.map(({ name, error }) => ({ name, error })) } }
        : {}),
    })),
    weights: weights.map(({ name, shape }) => ({ name, shape })),
    traces: { rows: traces.sample.length, columns },
    tables: tables.map(({ columns: own, ...table }) => ({
      ...table,
      rows: own[0].values.length,
      columns: own.map(({ name, unit }) => ({ name, unit })),
    })),
  };
  // A line for each part: readable at a glance, without a line for each number.
  const parts = Object.entries(value).map(
    ([name, part]) => `  "${name}": ${JSON.stringify(part, plainArrays)}`,
  );
  return `{\n${parts.join(',\n')}\n}\n`;
}

const plainArrays = (_key: string, value: unknown): unknown =>
  value instanceof Float64Array ? Array.from(value) : value;
