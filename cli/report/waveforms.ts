import type { TraceTable } from '@memloom/sim-core';
import type { Waveforms } from './waveform-data.ts';

/** Bytes of float32 that the waveforms of a report may take. */
const budget = 300_000;

/** `undefined` when nothing was recorded. */
export function packWaveforms(traces: TraceTable): Waveforms | undefined {
  const rows = rowsWithin(traces, budget / 4 / (traces.columns.length + 2));
  if (rows === 0 || traces.columns.length === 0) return undefined;
  const columns = traces.columns.map(({ name, unit, values }) => ({
    ...parseName(name),
    unit,
    values: pack(values, rows),
  }));
  return {
    runs: distinct(columns.map((column) => column.run)),
    signals: distinct(columns.map((column) => column.signal)),
    columns,
    sample: pack(traces.sample, rows),
    step: pack(traces.step, rows),
    samples: distinct([...traces.sample.subarray(0, rows)]).length,
    allSamples: distinct([...traces.sample]).length,
  };
}

/** The rows of as many whole samples as fit, and at least of the first. */
function rowsWithin({ sample }: TraceTable, limit: number): number {
  if (sample.length <= limit) return sample.length;
  let end = Math.floor(limit);
  while (end > 0 && sample[end] === sample[end - 1]) end--;
  if (end > 0) return end;
  const next = sample.findIndex((value) => value !== sample[0]);
  return next < 0 ? sample.length : next;
}

/** `RUN.LAYER.SIGNAL[INDEX]` */
function parseName(name: string): { run: string; signal: string; index: number } {
  const match = /^([^.]+)\.(.*?)(?:\[(\d+)\])?$/.exec(name);
  return { run: match?.[1] ?? '', signal: match?.[2] ?? name, index: Number(match?.[3] ?? 0) };
}

function pack(values: Float64Array, rows: number): string {
  const bytes = new DataView(new ArrayBuffer(4 * rows));
  for (let row = 0; row < rows; row++) bytes.setFloat32(4 * row, values[row], true);
  return Buffer.from(bytes.buffer).toString('base64');
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
