import type { CrossbarDesign } from '../design/design.ts';

/** Resistances in ohm of the conductors of an array. */
export interface ArrayWires {
  /** Segment of a word line and of a bit line. */
  readonly word: number;
  readonly bit: number;
  /** Driver of a word line: at its left end, and at its right one where it is driven from both. */
  readonly left: number;
  readonly right: number;
  /** Read-out at the foot of a bit line. */
  readonly foot: number;
}

/** The conductors of a crossbar's arrays; undefined where they are all ideal, so that nothing is to be solved. */
export function wiresOf(crossbar: CrossbarDesign): ArrayWires | undefined {
  const { wire, wordWire = wire, bitWire = wire, source = 0, sense = 0, readout, load } = crossbar;
  const foot = readout === 'current' ? sense : 1 / load;
  if (wordWire + bitWire + source === 0 && !(readout === 'current' && foot > 0)) return undefined;
  // A line without any resistance is at one voltage, from whichever side it is driven.
  const isBoth = crossbar.drive === 'both' && wordWire + source > 0;
  return { word: wordWire, bit: bitWire, left: source, right: isBoth ? source : Infinity, foot };
}
