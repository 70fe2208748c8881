import type { Timeline } from './timeline.ts';

/** How far one move goes: to the neighbouring equation, out of the layer, to another phase, to the same equation in another time step. */
export type Reach = 'equation' | 'layer' | 'phase' | 'step';

/** The position that a move from `position` leads to; undefined: there is none in this direction. */
export function moved(
  { stops }: Timeline,
  position: number,
  reach: Reach,
  direction: 1 | -1,
): number | undefined {
  const from = stops[position];
  const leaves = (at: number): boolean => {
    const { step, phase, layer, signal } = stops[at];
    switch (reach) {
      case 'equation':
        return true;
      case 'layer':
        return step !== from.step || layer !== from.layer;
      case 'phase':
        return step !== from.step || phase !== from.phase;
      case 'step':
        return layer === from.layer && signal === from.signal;
    }
  };
  for (let at = position + direction; at >= 0 && at < stops.length; at += direction)
    if (leaves(at)) return at;
  return undefined;
}

/** The nearest hit after, or before, a position; each list is in order. */
export function nextHit(
  hits: readonly (readonly number[])[],
  position: number,
  direction: 1 | -1,
): number | undefined {
  const found = hits.flatMap((list) => {
    const hit = direction === 1 ? list.find((at) => at > position) : list.findLast((at) => at < position);
    return hit === undefined ? [] : [hit];
  });
  if (found.length === 0) return undefined;
  return direction === 1 ? Math.min(...found) : Math.max(...found);
}
