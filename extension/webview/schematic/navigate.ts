import type { PlacedBox } from '../../schematic/layout.ts';

/** A box at its place on the whole sheet. */
export interface Spot {
  readonly id: string;
  readonly parent?: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** All boxes that are drawn, from outside to inside and from left to right. */
export function spotsOf({ box, x, y, width, height, inside }: PlacedBox, parent?: Spot): readonly Spot[] {
  const own = {
    id: box.id,
    parent: parent?.id,
    x: (parent?.x ?? 0) + x,
    y: (parent?.y ?? 0) + y,
    width,
    height,
  };
  const children = [...(inside?.boxes ?? [])].sort((a, b) => a.x - b.x || a.y - b.y);
  return [own, ...children.flatMap((child) => spotsOf(child, own))];
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const ahead: Readonly<Record<Direction, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const isDirection = (key: string): key is Direction => Object.hasOwn(ahead, key);

/** The nearest box in a direction: beside it in the same box, or else in any that does not contain it. */
export function neighbour(spots: readonly Spot[], from: Spot, direction: Direction): Spot | undefined {
  const beside = spots.filter(({ id, parent }) => parent === from.parent && id !== from.id);
  const others = spots.filter((spot) => spot.id !== from.id && !from.id.startsWith(spot.id));
  return nearest(beside, from, direction) ?? nearest(others, from, direction);
}

function nearest(spots: readonly Spot[], from: Spot, direction: Direction): Spot | undefined {
  const [dx, dy] = ahead[direction];
  let best: { readonly spot: Spot; readonly distance: number } | undefined;
  for (const spot of spots) {
    const x = spot.x + spot.width / 2 - from.x - from.width / 2;
    const y = spot.y + spot.height / 2 - from.y - from.height / 2;
    const along = x * dx + y * dy;
    const distance = along + 3 * Math.abs(x * dy - y * dx);
    if (along > 1 && (best === undefined || distance < best.distance)) best = { spot, distance };
  }
  return best?.spot;
}
