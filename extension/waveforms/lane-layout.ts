import type { ColumnSummary } from '../results/series.ts';
import type { Layout, WaveformSource } from './view.ts';

/** One curve of a lane: a column of a source. */
export interface Curve {
  readonly source: number;
  readonly column: number;
  readonly name: string;
  readonly unit: string;
  readonly role: ColumnSummary['role'];
  readonly member?: number;
  /** Place among the lane's traces, which gives the colour; curves of one name differ in their source alone. */
  readonly colour: number;
}

export interface LaneLayout {
  /** Stable as long as the layout is. */
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  readonly curves: readonly Curve[];
}

/** Below, then above: bands, what lies in them, lines. */
const depth = { low: 0, high: 0, member: 1, target: 2, line: 2 } as const;

/**
 * The lanes of the traces that are shown, in the order in which they were chosen; units never mix within a lane. The members of
 * families are there where `members` says so.
 */
export function layoutLanes(
  sources: readonly WaveformSource[],
  shown: readonly string[],
  layout: Layout,
  members = false,
): readonly LaneLayout[] {
  const lanes = new Map<string, { title: string; unit: string; curves: Curve[] }>();
  for (const name of shown)
    for (const [source, { series }] of sources.entries())
      for (const [column, { name: own, unit, role, member }] of series.columns.entries()) {
        if (own !== name || (role === 'member' && !members)) continue;
        const title = layout === 'trace' ? name : layout === 'signal' ? signalOf(name) : titleOfUnit(unit);
        const key = `${title} ${unit}`;
        const lane = lanes.get(key) ?? { title, unit, curves: [] };
        lanes.set(key, lane);
        const colour =
          lane.curves.find((curve) => curve.name === name)?.colour ??
          new Set(lane.curves.map((curve) => curve.name)).size;
        lane.curves.push({ source, column, name, unit, role, member, colour });
      }
  return [...lanes].map(([key, { curves, ...lane }]) => ({
    key,
    ...lane,
    curves: curves.sort((a, b) => depth[a.role] - depth[b.role]),
  }));
}

/** `ideal.rnn.c[0]` is unit 0 of the signal `rnn.c` on the run `ideal`. */
export function signalOf(name: string): string {
  const path = name.replace(/\[\d+\]$/, '').split('.');
  return path.length > 2 ? path.slice(1).join('.') : path.join('.');
}

const titleOfUnit = (unit: string) => (unit === '' || unit === '1' ? 'numbers' : unit);
