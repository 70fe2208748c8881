import type { Circuit, CircuitElement, Values } from '../circuit/circuit.ts';
import { valueAt } from './emit.ts';
import { sizeOf } from './machine.ts';

/** What the circuits of each element take from the supplies as long as they are on, and the area that they occupy. */
export interface Supplies {
  /** Watts and square metres, by the number of the element: the blocks' `power` and `area` of all copies. */
  readonly power: Float64Array;
  readonly area: Float64Array;
}

export function suppliesOf(circuit: Circuit): Supplies {
  const { elements } = circuit;
  const counted = new Set<string>();
  const total = (name: 'power' | 'area') => (element: CircuitElement) => {
    const copies = copiesOf(circuit, element);
    if (copies === 0 || !('parameters' in element)) return 0;
    const key = element.kind === 'multiplexed' ? `${name} ${element.circuit}` : `${name} ${element.id}`;
    // Circuits that several elements share are counted with the first.
    if (counted.has(key)) return 0;
    counted.add(key);
    return sum(element.parameters[name] ?? 0, copies);
  };
  return {
    power: Float64Array.from(elements, total('power')),
    area: Float64Array.from(elements, total('area')),
  };
}

/** How many circuits an element is; a memory has two of each. */
function copiesOf(circuit: Circuit, element: CircuitElement): number {
  if (element.kind === 'stage') return sizeOf(circuit, element.output);
  if (element.kind === 'memory') return 2 * sizeOf(circuit, element.next);
  return element.kind === 'multiplexed' ? element.copies : 0;
}

function sum(values: Values, copies: number): number {
  let total = 0;
  for (let k = 0; k < copies; k++)
    total += valueAt(values, typeof values === 'number' ? 0 : k % values.length);
  return total;
}
