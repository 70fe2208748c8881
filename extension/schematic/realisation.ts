import type { BlockUse, Design, Origin, Role } from '@memloom/sim-core';
import type { Domain } from './box.ts';

/** What realises the mathematics: the blocks of a hardware, or nothing, in the ideal network. */
export interface Realisation {
  /** Domain of the signals between circuits, of the bit lines of an array, and of what a converter gives. */
  readonly signal: Domain;
  readonly column: Domain;
  readonly converted: Domain;
  readonly array?: Part;
  block(role: Role): Part | undefined;
}

export interface Part {
  readonly name: string;
  readonly origins: readonly Origin[];
}

const ideal: Realisation = {
  signal: 'number',
  column: 'number',
  converted: 'number',
  block: () => undefined,
};

export function realisationOf(design: Design, name: string | undefined): Realisation {
  const hardware = design.hardware.find((one) => one.name === name);
  if (hardware === undefined) return ideal;
  const crossbar = design.crossbars.find((one) => one.name === hardware.crossbar);
  const partOf = (use: BlockUse): Part => {
    const block = design.blocks.find((one) => one.name === use.block);
    return { name: use.block, origins: [use.origin, block?.origin].flatMap((origin) => origin ?? []) };
  };
  return {
    signal: 'voltage',
    column: crossbar?.readout === 'current' ? 'current' : 'voltage',
    // What comes from a converter has been a code; the blocks behind it see the voltage that stands for it.
    converted: 'digital',
    ...(crossbar
      ? { array: { name: crossbar.name, origins: crossbar.origin ? [crossbar.origin] : [] } }
      : {}),
    block: (role) => {
      const use = hardware.bindings[role];
      return use && partOf(use);
    },
  };
}
