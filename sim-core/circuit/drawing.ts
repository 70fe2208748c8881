import type { Problem } from '../design/problem.ts';
import type { BoundHardware } from '../hardware/checks.ts';
import type { Bank, Signal } from './circuit.ts';
import type { Draft, DraftItem } from './draft.ts';
import type { RealisedValues } from './realised-values.ts';

/** A circuit being drawn. */
export interface Drawing {
  readonly bound: BoundHardware;
  readonly values: RealisedValues;
  readonly banks: Bank[];
  readonly blocks: Map<string, Draft['blocks'][number]>;
  readonly items: DraftItem[];
  readonly probes: Draft['probes'][number][];
  /** What stands for each layer and each input of the network. */
  readonly signals: Map<string, Signal>;
  readonly problems: Problem[];
  readonly taken: Set<string>;
}

export const startDrawing = (bound: BoundHardware, values: RealisedValues): Drawing => ({
  bound,
  values,
  banks: [],
  blocks: new Map(),
  items: [],
  probes: [],
  signals: new Map(),
  problems: [],
  taken: new Set(),
});

export const nodesOf = ({ id, size }: Bank): Signal => ({ kind: 'nodes', bank: id, first: 0, size });

export function addBank(drawing: Drawing, { name, size, unit, origin }: Omit<Bank, 'id'>): Bank {
  let unique = name;
  for (let k = 2; drawing.taken.has(unique); k++) unique = `${name}.${k}`;
  drawing.taken.add(unique);
  const bank: Bank = { id: `node:${unique}`, name: unique, size, unit, ...(origin ? { origin } : {}) };
  drawing.banks.push(bank);
  return bank;
}

export function join(drawing: Drawing, name: string, inputs: readonly Signal[]): Signal {
  const size = inputs.reduce((sum, input) => sum + (input.kind === 'nodes' ? input.size : 1), 0);
  const bank = addBank(drawing, { name, size, unit: 'V' });
  const element = {
    kind: 'join',
    id: `circuit:${bank.name}`,
    name: bank.name,
    inputs,
    output: bank.id,
  } as const;
  drawing.items.push({ kind: 'ideal', element });
  return nodesOf(bank);
}
