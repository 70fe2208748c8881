import type { BlockDesign, BlockUse } from '../design/design.ts';
import { compileScalar } from '../devices/compile-scalar.ts';
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

/** What each copy of a circuit takes from the supplies and occupies, where its block has equations for it: at rest, its signals at 0. */
export function blockCosts({ equations, costs = [] }: BlockDesign, parameters: Parameterised): Parameterised {
  if (costs.length === 0) return {};
  const all = [...equations, ...costs];
  const slots = new Map<string, number>();
  const slotOf = (name: string): number => {
    const slot = slots.get(name) ?? slots.size;
    slots.set(name, slot);
    return slot;
  };
  const compiled = all.map(({ name, value }) => ({ to: slotOf(name), value: compileScalar(value, slotOf) }));
  const copies = Object.values(parameters).reduce<number>(
    (most, values) => (typeof values === 'number' ? most : Math.max(most, values.length)),
    1,
  );
  const found = costs.map(({ name }) => ({ name, values: new Float64Array(copies) }));
  const known = new Float64Array(slots.size);
  for (let k = 0; k < copies; k++) {
    for (const [name, values] of Object.entries(parameters)) {
      const slot = slots.get(name);
      if (slot !== undefined) known[slot] = typeof values === 'number' ? values : values[k % values.length];
    }
    for (const { to, value } of compiled) known[to] = value(known);
    for (const { name, values } of found) values[k] = known[slotOf(name)];
  }
  return Object.fromEntries(found.map(({ name, values }) => [name, copies === 1 ? values[0] : values]));
}
