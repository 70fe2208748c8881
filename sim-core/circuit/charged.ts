import type { BlockDesign } from '../design/design.ts';
import { compileScalar } from '../devices/compile-scalar.ts';
import type { Values } from './circuit.ts';

/**
 * The voltage on each capacitor that a memory's block reads as `initial`: where the block adds an offset, its
 * opposite. Found by `v ← v + initial - F(v)`, which a buffer of gain 1 meets at once; undefined where the block cannot
 * read that value at all.
 */
export function chargedVoltage(
  block: BlockDesign,
  port: string,
  parameters: Readonly<Record<string, Values>>,
  initial: number,
  size: number,
): Values | undefined {
  const read = transferOf(block, port, parameters);
  const charged = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    let voltage = initial;
    for (let i = 0; i < 100 && read(voltage, k) !== initial; i++) voltage += initial - read(voltage, k);
    if (!(Math.abs(read(voltage, k) - initial) <= 1e-9 * Math.max(Math.abs(initial), 1e-3))) return undefined;
    charged[k] = voltage;
  }
  return charged.every((voltage) => voltage === charged[0]) ? charged[0] : charged;
}

/** `F(voltage at the port)` of copy k. */
function transferOf(
  block: BlockDesign,
  port: string,
  parameters: Readonly<Record<string, Values>>,
): (voltage: number, copy: number) => number {
  const names = [port, ...Object.keys(parameters), ...block.equations.map(({ name }) => name)];
  const slots = new Map(names.map((name, slot) => [name, slot]));
  const slotOf = (name: string) => slots.get(name) ?? -1;
  const equations = block.equations.map(({ name, value }) => ({
    slot: slotOf(name),
    value: compileScalar(value, slotOf),
  }));
  const values = new Float64Array(names.length);
  return (voltage, copy) => {
    for (const [name, value] of Object.entries(parameters))
      values[slotOf(name)] = typeof value === 'number' ? value : value[value.length === 1 ? 0 : copy];
    values[slotOf(port)] = voltage;
    for (const { slot, value } of equations) values[slot] = value(values);
    return values[slotOf(block.output.name)];
  };
}
