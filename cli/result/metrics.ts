import type { Result } from '@memloom/sim-core';
import { spread } from './number.ts';

/** The metrics of a result as a table: a row for each network and each baseline, a column for each metric. */
export interface MetricsTable {
  readonly columns: readonly MetricColumn[];
  readonly rows: readonly MetricRow[];
}

export interface MetricColumn {
  /** `rmse.test` */
  readonly name: string;
  readonly unit: string;
}

export interface MetricRow {
  /** `ideal`, a hardware's name, or a baseline's. */
  readonly name: string;
  readonly kind: 'network' | 'baseline';
  /** One for each column; undefined where the row has no such metric. */
  readonly cells: readonly (MetricCell | undefined)[];
}

interface MetricCell {
  /** Over the trials, where there are any. */
  readonly mean: number;
  readonly std?: number;
  readonly median?: number;
}

/** What {@link cellText} writes of trials. */
export const cellLegend = 'mean ± standard deviation over the trials [median]';

export const cellText = (cell: MetricCell | undefined): string =>
  cell ? spread(cell.mean, cell.std ?? 0, cell.median) : '';

export function metricsTable(result: Result): MetricsTable {
  const networks = collect(result.metrics, 'ideal');
  const baselines = collect(result.baselines, 'baseline');
  const names = columnNames([...networks.values(), ...baselines.values()]);
  const row =
    (kind: MetricRow['kind']) =>
    ([name, cells]: [string, Map<string, MetricCell>]) => ({
      name,
      kind,
      cells: names.map((column) => cells.get(column)),
    });
  return {
    columns: names.map((name) => ({ name, unit: result.metricUnits[name.split('.')[0]] ?? '' })),
    rows: [...[...networks].map(row('network')), ...[...baselines].map(row('baseline'))],
  };
}

/** Cells by owner and column: `NAME.rmse.test.std` belongs to the owner NAME, column `rmse.test`. */
function collect(
  metrics: Readonly<Record<string, number>>,
  nameless: string,
): Map<string, Map<string, MetricCell>> {
  const owners = new Map<string, Map<string, MetricCell>>();
  for (const [key, value] of Object.entries(metrics)) {
    const parts = key.split('.');
    const moment = parts.at(-1) === 'std' ? 'std' : parts.at(-1) === 'median' ? 'median' : 'mean';
    if (moment !== 'mean') parts.pop();
    const column = parts.slice(-2).join('.');
    const owner = parts.slice(0, -2).join('.') || nameless;
    const cells = owners.get(owner) ?? new Map<string, MetricCell>();
    cells.set(column, { mean: Number.NaN, ...cells.get(column), [moment]: value });
    owners.set(owner, cells);
  }
  return owners;
}

/** What is tested comes first: a reader looks for it. */
function columnNames(owners: readonly Map<string, MetricCell>[]): readonly string[] {
  const names = [...new Set(owners.flatMap((cells) => [...cells.keys()]))];
  const tested = (name: string) => name.endsWith('.test');
  return [...names.filter(tested), ...names.filter((name) => !tested(name))];
}
