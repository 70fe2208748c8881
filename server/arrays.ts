import { type ArrayPlacement, type Design, placeNetwork } from '@memloom/sim-core';

/** A layer of a network on the crossbar of some hardware. */
export interface ArrayUse extends ArrayPlacement {
  readonly network: string;
  readonly hardware: string;
}

const known = new WeakMap<Design, readonly ArrayUse[]>();

/** The arrays of a design: of each network on each hardware that it runs on, by its own word or by an experiment's. */
export function arrayUses(design: Design): readonly ArrayUse[] {
  const found = known.get(design) ?? computeUses(design);
  known.set(design, found);
  return found;
}

function computeUses(design: Design): readonly ArrayUse[] {
  return pairs(design).flatMap(({ network, hardware }) => {
    const crossbar = design.crossbars.find(({ name }) => name === hardware.crossbar);
    const placed = crossbar && placeNetwork(design, network, crossbar);
    return placed?.ok ? placed.value.map((array) => ({ ...array, network, hardware: hardware.name })) : [];
  });
}

/** Networks and the hardware that they run on, each pair once. */
function pairs({ experiments, networks, hardware }: Design) {
  const names = [
    ...networks.map(({ name, hardware: own }) => [name, own] as const),
    ...experiments.flatMap(({ network, train, infer }) =>
      network === undefined
        ? []
        : [train?.on, ...(infer?.hardware ?? [])].map((name) => [network, name] as const),
    ),
  ];
  const distinct = new Map(names.map((pair) => [pair.join(' '), pair]));
  return [...distinct.values()].flatMap(([network, name]) => {
    const found = hardware.find((each) => each.name === name);
    return found ? [{ network, hardware: found }] : [];
  });
}

/** `18 × 16`, with the number of arrays where there are several. */
export const sizeText = ({ rows, columns, tiles }: ArrayPlacement): string =>
  `${rows} × ${columns}${tiles > 1 ? ` in ${tiles} arrays` : ''}`;

export const shareText = (utilisation: number): string => `${Math.round(utilisation * 1000) / 10} %`;
