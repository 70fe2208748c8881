import type {
  ArraySummary,
  Design,
  ExpectationResult,
  Provenance,
  Result,
  ResultTable,
} from '@memloom/sim-core';
import { type SeriesSummary, seriesOf, summarise } from './series.ts';

/** What the results view shows at once; curves are asked for by window. */
export interface ResultSummary {
  readonly experiment: string;
  readonly provenance: Provenance;
  readonly metrics: MetricTable;
  /** The same metrics by their names, and the unit of each family. */
  readonly figures: Readonly<Record<string, number>>;
  readonly units: Readonly<Record<string, string>>;
  readonly expectations: readonly ExpectationResult[];
  readonly warnings: readonly string[];
  readonly arrays: readonly ArraySummary[];
  /** Signals that the experiment plots: layers, or `LAYER.SIGNAL`. */
  readonly plots: readonly string[];
  readonly sweep?: Result['sweep'];
  readonly series: readonly SeriesSummary[];
  /** Tables of analyses, without their values. */
  readonly tables: readonly TableSummary[];
  readonly measurements: Result['measurements'];
}

/** A table of a result or the map of an array, without its values. */
export type TableSummary = Omit<ResultTable, 'columns'> & {
  readonly columns: readonly { readonly name: string; readonly unit: string }[];
  readonly length: number;
};

/** One row per metric, one column per network: the ideal one, each hardware, then the baselines. */
export interface MetricTable {
  readonly columns: readonly { readonly name: string; readonly kind: 'ideal' | 'hardware' | 'baseline' }[];
  readonly rows: readonly {
    readonly metric: string;
    readonly unit: string;
    /** One per column; null, which outlives a message to a view, for what was not measured. */
    readonly values: readonly ({ readonly mean: number; readonly std?: number } | null)[];
  }[];
}

export function summariseResult(result: Result, design: Pick<Design, 'experiments'>): ResultSummary {
  const { experiment, provenance, expectations, warnings, arrays, sweep, tables, measurements } = result;
  // Waveforms of continuous time are series already.
  const transients = new Set(result.transients.map(({ table }) => table));
  return {
    experiment,
    provenance,
    expectations,
    arrays,
    plots: plotsOf(design, experiment),
    sweep,
    metrics: metricTable(result),
    figures: result.metrics,
    units: result.metricUnits,
    warnings: warnings.map(({ message, hint }) => (hint === undefined ? message : `${message} ${hint}`)),
    series: seriesOf(result).map(summarise),
    tables: tables.filter(({ id }) => !transients.has(id)).map(summariseTable),
    measurements,
  };
}

const plotsOf = ({ experiments }: Pick<Design, 'experiments'>, experiment: string): readonly string[] =>
  (experiments.find(({ name }) => name === experiment)?.plots ?? []).flatMap(({ signals }) =>
    signals.map(({ signal }) => signal),
  );

export const summariseTable = ({ columns, ...table }: ResultTable): TableSummary => ({
  ...table,
  columns: columns.map(({ name, unit }) => ({ name, unit })),
  length: columns[0]?.values.length ?? 0,
});

/**
 * Takes dotted names apart: `rmse.test` is the ideal network's; the first part of a longer name is the hardware or the
 * baseline that it belongs to, and a last part `std` makes it the spread of the name before.
 */
export function metricTable({
  metrics,
  baselines,
  metricUnits,
}: Pick<Result, 'metrics' | 'baselines' | 'metricUnits'>): MetricTable {
  const isIdeal = (name: string) => name.split('.').length <= 2;
  const ownMetrics = Object.keys(metrics).filter((name) => !/\.(std|median)$/.test(name));
  const hardware = distinct(ownMetrics.filter((name) => !isIdeal(name)).map(owner));
  const methods = distinct(Object.keys(baselines).map(owner));
  const rowNames = distinct([
    ...ownMetrics.map((name) => (isIdeal(name) ? name : withoutOwner(name))),
    ...Object.keys(baselines).map(withoutOwner),
  ]);
  const cell = (values: Readonly<Record<string, number>>, name: string) =>
    name in values ? { mean: values[name], std: values[`${name}.std`] } : null;
  return {
    columns: [
      { name: 'ideal', kind: 'ideal' },
      ...hardware.map((name) => ({ name, kind: 'hardware' as const })),
      ...methods.map((name) => ({ name, kind: 'baseline' as const })),
    ],
    rows: rowNames.map((metric) => ({
      metric,
      unit: metricUnits[metric.split('.')[0]] ?? '',
      values: [
        cell(metrics, metric),
        ...hardware.map((name) => cell(metrics, `${name}.${metric}`)),
        ...methods.map((name) => cell(baselines, `${name}.${metric}`)),
      ],
    })),
  };
}

const owner = (name: string) => name.slice(0, name.indexOf('.'));
const withoutOwner = (name: string) => name.slice(name.indexOf('.') + 1);
const distinct = (names: readonly string[]) => [...new Set(names)];
