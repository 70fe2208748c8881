import type { Metrics } from '../data/metrics.ts';
import type { SampleSet } from '../data/sample-set.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import type { BatchObserver, Probe } from './inference.ts';
import type { FamilyMember, TraceFamily, TraceTable } from './result.ts';
import { columnsOf, recordTraces, traceRows, traceTable } from './traces.ts';

/** A family holds at most so many numbers: 8 MB. */
export const largestFamily = 1_000_000;

/** Records the waveforms of one trial after the other. */
export interface TrialRecorder {
  /** What sees the samples of a trial; none for trials beyond what is kept. */
  observe(trial: number): BatchObserver | undefined;
  /** The metrics of the next trial. */
  scored(metrics: Metrics): void;
  family(): TraceFamily;
}

/** Keeps as many trials as there is room for with one sample, and then as many samples. */
export function recordTrials(
  run: string,
  network: SizedNetwork,
  probes: readonly Probe[],
  test: SampleSet,
  trials: number,
): TrialRecorder {
  const columns = columnsOf(network, probes);
  const kept = Math.min(trials, Math.max(1, Math.floor(largestFamily / (columns * test.steps))));
  const rows = traceRows(test, columns * kept, largestFamily);
  const traced = Array.from({ length: kept }, () => recordTraces(run, network, probes, rows));
  const members: FamilyMember[] = [];
  return {
    observe: (trial) => traced[trial]?.observe,
    scored: (metrics) => {
      if (members.length < kept) members.push({ text: String(members.length + 1), metrics });
    },
    family: () => ({
      run,
      parameter: 'trial',
      members,
      ...joined(traced.map((trace) => traceTable(rows, trace.columns))),
    }),
  };
}

/** One family for each of the runs, of the waveforms at every swept value; none where a value changes what is recorded. */
export function sweepFamilies(
  parameter: string,
  runs: readonly string[],
  points: readonly (FamilyMember & { readonly traces: TraceTable })[],
): readonly TraceFamily[] {
  const members = points.map(({ text, metrics }) => ({ text, metrics }));
  return runs.flatMap((run) => {
    const tables = points.map(({ traces }) => ({
      ...traces,
      columns: traces.columns.filter(({ name }) => name.startsWith(`${run}.`)),
    }));
    if (tables[0].columns.length === 0 || !tables.every((table) => isLike(table, tables[0]))) return [];
    return [{ run, parameter, members, ...joined(tables) }];
  });
}

const isLike = (one: TraceTable, other: TraceTable): boolean =>
  one.step.every((step, row) => step === other.step[row]) &&
  one.sample.length === other.sample.length &&
  one.columns.map(({ name }) => name).join() === other.columns.map(({ name }) => name).join();

/** Tables of the same columns as one, with the values of all in each column. */
const joined = (tables: readonly TraceTable[]): Pick<TraceFamily, 'sample' | 'step' | 'columns'> => ({
  sample: tables[0].sample,
  step: tables[0].step,
  columns: tables[0].columns.map(({ name, unit }, column) => ({
    name,
    unit,
    values: tables.map(({ columns }) => columns[column].values),
  })),
});
