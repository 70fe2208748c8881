import type { BlockDesign, BlockUse } from '../design/design.ts';
import type { Circuit } from '../hardware/block.ts';
import type { Values } from './circuit.ts';

export type Parameterised = Readonly<Record<string, Values>>;

/** Values of a block's parameters at one place: as bound, and where they are random as drawn for each copy. */
export function blockParameters(
  block: BlockDesign,
  use: BlockUse,
  circuit: Circuit,
  drawn: ReadonlyMap<string, Float64Array>,
): Parameterised {
  const parameters: Record<string, Values> = {};
  for (const { name, default: standard } of block.parameters) {
    const value = use.arguments[name] ?? standard;
    if (value.kind === 'number') parameters[name] = value.value;
    if (value.kind === 'range') {
      parameters[`${name}.low`] = value.low;
      parameters[`${name}.high`] = value.high;
    }
    if (value.kind !== 'distribution') continue;
    const draws = drawn.get(`${circuit.name}.${name}`);
    parameters[name] = draws ? (draws.length === 1 ? draws[0] : draws) : value.mean;
  }
  return parameters;
}
