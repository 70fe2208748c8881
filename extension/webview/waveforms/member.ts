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
  toPixelX,
  toPixelY,
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
    const distance = distanceTo(
      (at) => ({ x: toPixelX(place, held.window.x[at]), y: toPixelY(frame, values[at]) }),
      values.length,
      { x, y },
    );
    if (distance <= reach && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY))
      nearest = { member, distance };
  }
  return nearest?.member;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** From a point to the nearest place on a line through points in ascending order; lines to and from a gap are none. */
function distanceTo(points: (at: number) => Point, count: number, from: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 1; at < count; at++) {
    const [a, b] = [points(at - 1), points(at)];
    if (b.x < from.x - reach) continue;
    if (a.x > from.x + reach) break;
    const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
    const along = length === 0 ? 0 : ((from.x - a.x) * (b.x - a.x) + (from.y - a.y) * (b.y - a.y)) / length;
    const part = Math.max(0, Math.min(1, along));
    const distance = Math.hypot(a.x + part * (b.x - a.x) - from.x, a.y + part * (b.y - a.y) - from.y);
    if (distance < nearest) nearest = distance;
  }
  return nearest;
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
