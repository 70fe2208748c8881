import type { SampleSet } from '../data/sample-set.ts';
import type { Problem } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import type { BatchObserver, Probe } from './inference.ts';
import type { TraceTable } from './result.ts';

/** Waveforms hold at most so many numbers: 32 MB. */
export const largestTable = 4_000_000;

type Column = TraceTable['columns'][number];

/** Rows over (sample, step) of the test samples, as many as the columns of all runs leave room for in `most` numbers. */
export interface TraceRows {
  readonly samples: number;
  readonly steps: number;
  readonly warnings: readonly Problem[];
}

export function traceRows(test: SampleSet, columns: number, most: number): TraceRows {
  const { count, steps } = test;
  const room = Math.floor(most / Math.max(1, columns * steps));
  const samples = columns === 0 ? 0 : Math.min(count, Math.max(1, room));
  const cut: Problem = {
    code: 'run.traces-cut',
    message: `Waveforms are kept of the first ${samples} of ${count} test samples.`,
    hint: 'Probe fewer signals to keep more samples.',
  };
  return { samples, steps, warnings: samples < count && columns > 0 ? [cut] : [] };
}

export const columnsOf = (network: SizedNetwork, probes: readonly Probe[]): number =>
  probes.reduce((sum, probe) => sum + sizeOf(network, probe), 0);

export function traceTable({ samples, steps }: TraceRows, columns: readonly Column[]): TraceTable {
  const rows = columns.length > 0 ? samples * steps : 0;
  return {
    sample: Float64Array.from({ length: rows }, (_, row) => Math.floor(row / steps)),
    step: Float64Array.from({ length: rows }, (_, row) => row % steps),
    columns,
  };
}

/** Empty columns for the probes of one run, and the observer that fills them batch by batch. */
export function recordTraces(
  run: string,
  network: SizedNetwork,
  probes: readonly Probe[],
  { samples: kept, steps }: TraceRows,
): { readonly columns: readonly Column[]; readonly observe: BatchObserver } {
  const perProbe = probes.map((probe) => emptyColumns(run, network, probe, kept * steps));
  const observe: BatchObserver = (samples, batch, recorded) => {
    probes.forEach((probe, p) => {
      const signal = recorded(probe);
      samples.forEach(({ subset, at }, column) => {
        if (subset !== 'test' || at >= kept) return;
        for (let step = 0; step < steps; step++) {
          // What is evaluated once for a sequence has that one value throughout.
          const evaluation = signal.steps === 1 ? 0 : step;
          for (let unit = 0; unit < signal.size; unit++) {
            const value = signal.values[(evaluation * signal.size + unit) * batch + column];
            perProbe[p][unit].values[at * steps + step] = value;
          }
        }
      });
    });
  };
  return { columns: perProbe.flat(), observe };
}

function emptyColumns(run: string, network: SizedNetwork, probe: Probe, rows: number): Column[] {
  const { layer, signal } = probe;
  const unit = declaredProbe(network, probe)?.unit ?? '1';
  return Array.from({ length: sizeOf(network, probe) }, (_, at) => ({
    name: `${run}.${layer}.${signal}[${at}]`,
    unit,
    values: new Float64Array(rows),
  }));
}

function sizeOf(network: SizedNetwork, probe: Probe): number {
  const layer = network.layers.find(({ name }) => name === probe.layer);
  const declared = declaredProbe(network, probe);
  return layer === undefined || declared === undefined ? 0 : layer.graph.nodes[declared.node].size;
}

const declaredProbe = (network: SizedNetwork, { layer, signal }: Probe) =>
  network.layers.find(({ name }) => name === layer)?.graph.probes.find(({ name }) => name === signal);
