import type { FamilyMember } from '@memloom/sim-core';
import type { FamilySummary } from '../../results/family-series.ts';
import { element } from '../element.ts';
import { formatNumber } from '../numbers.ts';
import {
  type ChartModel,
  columnOf,
  frameAt,
  type Geometry,
  type SourceWindow,
  toPixelY,
  toX,
} from './geometry.ts';

/** Pixels around a curve within which a click takes it. */
const reach = 8;

export const familyOf = ({ sources }: ChartModel): FamilySummary | undefined => sources[0]?.series.family;

/** `trial 17`, or `HfO2.rOn = 12 kOhm`. */
export const memberTitle = ({ parameter }: FamilySummary, { text }: FamilyMember): string =>
  parameter === 'trial' ? `trial ${text}` : `${parameter} = ${text}`;

/** The member whose curve runs nearest to a point of the drawing, of those that are drawn and near enough. */
export function memberAt(
  place: Geometry,
  windows: ReadonlyMap<number, SourceWindow>,
  x: number,
  y: number,
): number | undefined {
  const frame = frameAt(place, y);
  let nearest: { readonly member: number; readonly distance: number } | undefined;
  for (const { source, column, member } of frame?.lane.curves ?? []) {
    const held = windows.get(source);
    const values = columnOf(held, column);
    if (frame === undefined || held === undefined || values === undefined || member === undefined) continue;
    const value = valueNear(held.window.x, values, toX(place, x));
    const distance = Math.abs(toPixelY(frame, value) - y);
    if (distance <= reach && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY))
      nearest = { member, distance };
  }
  return nearest?.member;
}

/** On the line between the samples that lie on both sides of `at`; NaN at a gap. */
function valueNear(x: Float64Array, y: Float64Array, at: number): number {
  const above = x.findIndex((one) => one >= at);
  if (above <= 0) return above === 0 && x[0] === at ? y[0] : Number.NaN;
  const part = (at - x[above - 1]) / (x[above] - x[above - 1]);
  return y[above - 1] + part * (y[above] - y[above - 1]);
}

/** What the member that is picked out is, and what the network reached with it. */
export function memberFacts(model: ChartModel): HTMLElement | undefined {
  const family = familyOf(model);
  const member = model.state.member === undefined ? undefined : family?.members[model.state.member];
  if (family === undefined || member === undefined) return undefined;
  const facts = Object.entries(member.metrics).map(([name, value]) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, formatNumber(value))),
  );
  return element(
    'section',
    { id: 'member', 'aria-label': 'The member that is picked out', 'aria-live': 'polite' },
    element('strong', {}, memberTitle(family, member)),
    element('dl', {}, ...facts),
  );
}
