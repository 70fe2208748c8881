import { lowerBound } from './find.ts';

/** A digital lane: from each start on, one label, until the next start. */
export interface Lane {
  readonly name: string;
  readonly starts: Float64Array;
  readonly labels: readonly string[];
}

/** The part of a lane that is visible; stretches too narrow to see are one, without a label. */
export interface LaneWindow {
  readonly starts: Float64Array;
  readonly labels: readonly string[];
}

export function laneWindow({ starts, labels }: Lane, from: number, to: number, pixels: number): LaneWindow {
  const shown: number[] = [];
  const texts: string[] = [];
  const width = (to - from) / Math.max(1, pixels);
  let at = Math.max(0, lowerBound(starts, from) - 1);
  while (at < starts.length && starts[at] <= to) {
    // The last stretch that begins within the same pixel column stands for all of them.
    const next = lowerBound(starts, Math.max(starts[at], from) + width, at + 1);
    shown.push(starts[at]);
    texts.push(next === at + 1 ? labels[at] : '');
    at = next;
  }
  return { starts: Float64Array.from(shown), labels: texts };
}

/** The label of a lane at an abscissa; nothing before its first start. */
export function labelAt({ starts, labels }: Lane, at: number): string | undefined {
  const above = lowerBound(starts, at);
  return labels[starts[above] === at ? above : above - 1];
}
