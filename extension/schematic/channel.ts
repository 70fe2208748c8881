/** A wire that passes a channel between two layers: heights at which it enters and leaves, and others that it must reach. */
export interface Passage {
  readonly net: string;
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Heights below all boxes, where it leads on to another channel. */
  readonly below: readonly number[];
}

/** Distance between vertical tracks, and how near two horizontal pieces may come. */
export const trackPitch = 8;
const clearance = 3;

/**
 * Gives each passage that changes its height a vertical track, from left to right: no two on one track touch, and where
 * one leaves to the left at the height at which another arrives at the right, it turns first, so that they do not lie on
 * one another. (The left-edge algorithm of Hashimoto and Stevens, DAC 1971, with such constraints.)
 */
export function assignTracks(passages: readonly Passage[]): {
  readonly tracks: ReadonlyMap<string, number>;
  readonly count: number;
} {
  const turning = passages.filter(isTurning).sort((a, b) => topOf(a) - topOf(b));
  const before = new Map(
    turning.map((passage) => [passage.net, turning.filter((other) => mustTurnFirst(other, passage))]),
  );
  const tracks = new Map<string, number>();
  const occupied: { readonly from: number; readonly to: number }[][] = [];
  const waiting = [...turning];
  while (waiting.length > 0) {
    // Where passages wait for each other in a ring, one of them has to go first.
    const at = Math.max(
      0,
      waiting.findIndex(({ net }) => (before.get(net) ?? []).every((other) => tracks.has(other.net))),
    );
    const [passage] = waiting.splice(at, 1);
    const earlier = (before.get(passage.net) ?? []).map(({ net }) => tracks.get(net) ?? -1);
    const [from, to] = [topOf(passage) - clearance, bottomOf(passage) + clearance];
    let track = Math.max(-1, ...earlier) + 1;
    while (occupied[track]?.some((span) => span.from < to && from < span.to)) track++;
    occupied[track] = [...(occupied[track] ?? []), { from, to }];
    tracks.set(passage.net, track);
  }
  return { tracks, count: occupied.length };
}

/** A wire at one height needs no track. */
export const isTurning = (passage: Passage): boolean => bottomOf(passage) - topOf(passage) > 0.5;

const heightsOf = ({ left, right, below }: Passage): readonly number[] => [...left, ...right, ...below];
export const topOf = (passage: Passage): number => Math.min(...heightsOf(passage));
export const bottomOf = (passage: Passage): number => Math.max(...heightsOf(passage));

/** Whether `first` would lie on `second` if it turned to the right of it. */
const mustTurnFirst = (first: Passage, second: Passage): boolean =>
  first !== second &&
  first.left.some((left) => second.right.some((right) => Math.abs(left - right) < clearance));
