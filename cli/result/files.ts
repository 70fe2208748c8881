import type { Result } from '@memloom/sim-core';
import { writeSafetensors } from '@memloom/sim-core';
import { predictionsCsv, tracesCsv } from './csv.ts';

/** A file to be written: its name and its content, in pieces. */
export interface OutputFile {
  readonly name: string;
  readonly content: Iterable<string | Uint8Array>;
}

/** The names of the files of a result, by what they hold. */
export const artifactNames = {
  result: 'result.json',
  predictions: 'predictions.csv',
  traces: 'traces.csv',
  weights: 'weights.safetensors',
  report: 'report.html',
} as const;

export type Artifacts = Readonly<Record<keyof typeof artifactNames, string>>;

/** All files of a result. */
export function resultFiles(result: Result, report: string): readonly OutputFile[] {
  const { seed, version, design } = result.provenance;
  const metadata = { format: 'memloom', version, seed: String(seed), design };
  return [
    { name: artifactNames.result, content: [resultJson(result)] },
    { name: artifactNames.predictions, content: predictionsCsv(result.predictions) },
    { name: artifactNames.traces, content: tracesCsv(result.traces) },
    { name: artifactNames.weights, content: [writeSafetensors(result.weights, metadata)] },
    { name: artifactNames.report, content: [report] },
  ];
}

/** The whole result but its traces and weights, which have files of their own; typed arrays become arrays. */
function resultJson({ traces, weights, ...rest }: Result): string {
  const columns = traces.columns.map(({ name, unit }) => ({ name, unit }));
  const value = {
    ...rest,
    weights: weights.map(({ name, shape }) => ({ name, shape })),
    traces: { rows: traces.sample.length, columns },
  };
  // A line for each part: readable at a glance, without a line for each number.
  const parts = Object.entries(value).map(
    ([name, part]) => `  "${name}": ${JSON.stringify(part, plainArrays)}`,
  );
  return `{\n${parts.join(',\n')}\n}\n`;
}

const plainArrays = (_key: string, value: unknown): unknown =>
  value instanceof Float64Array ? Array.from(value) : value;
