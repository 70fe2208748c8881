import type { FamilyMember, Result, TraceFamily } from '@memloom/sim-core';
import { type SeriesColumn, stepsOf, type TitledSeries } from './series.ts';

/** What a family's curves are of: the members in the order of the columns that have one. */
export interface FamilySummary {
  /** `trial`, or the swept parameter. */
  readonly parameter: string;
  readonly members: readonly FamilyMember[];
}

/** Parts of the members that lie below the edges of the band and below its line. */
const quantiles = { low: 0.05, line: 0.5, high: 0.95 } as const;

/** How the waveforms differ between trials and over a sweep: of each signal the median in a band, and every member. */
export function familySeries({ families }: Result): readonly TitledSeries[] {
  return families.map((family) => ({
    id: `family:${family.run}:${family.parameter}`,
    title: titleOf(family),
    ...stepsOf(family.sample),
    columns: family.columns.flatMap((column) => columnsOf(column)),
    family: { parameter: family.parameter, members: family.members },
  }));
}

const titleOf = ({ run, parameter, members }: TraceFamily): string =>
  parameter === 'trial'
    ? `${members.length} trials on ${run}: median, 5–95 %`
    : `${run} over ${parameter}: median, 5–95 % of ${members.length}`;

function columnsOf({ name, unit, values }: TraceFamily['columns'][number]): readonly SeriesColumn[] {
  const roles = Object.keys(quantiles) as (keyof typeof quantiles)[];
  const edges = roles.map((role) => ({ name, unit, role, values: new Float64Array(values[0].length) }));
  const sorted = new Float64Array(values.length);
  for (let row = 0; row < values[0].length; row++) {
    for (let member = 0; member < values.length; member++) sorted[member] = values[member][row];
    sorted.sort();
    for (const edge of edges) edge.values[row] = quantileOf(sorted, quantiles[edge.role]);
  }
  return [
    ...edges,
    ...values.map((own, member) => ({ name, unit, role: 'member' as const, member, values: own })),
  ];
}

/** On the line between the two neighbours in order (the definition 7 of Hyndman and Fan, 1996). */
function quantileOf(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
