import type { AstNode } from 'langium';
import {
  type Block,
  type Cell,
  type Device,
  type Equation,
  type EquationDevice,
  type Experiment,
  isCell,
  isDerivedDevice,
  isModelDeclaration,
  isNetworkUse,
  type Layer,
  type ModelDeclaration,
  type Network,
  type Parameter,
  type ParameterSet,
  type Port,
  type StateVariable,
} from '../generated/ast.ts';

/** Steps that an `extends` or device chain is followed at most; cycles are reported by a check of their own. */
const chainLimit = 100;

/** A cell and what it extends, nearest first; stops at a cycle. */
export const cellChain = (cell: Cell): readonly Cell[] => chain(cell, (current) => current.base?.ref);

/** `start` and what `next` leads to, each once. */
export function chain<T>(start: T, next: (current: T) => T | undefined): readonly T[] {
  const seen = new Set<T>();
  let current: T | undefined = start;
  while (current !== undefined && !seen.has(current) && seen.size < chainLimit) {
    seen.add(current);
    current = next(current);
  }
  return [...seen];
}

/** Names in a cell's equations, nearest declaration first: its own states and equations, then the inherited ones. */
export function cellSymbols(cell: Cell): readonly (StateVariable | Equation | Port)[] {
  return cellChain(cell).flatMap((link) => [
    ...link.states.flatMap((state) => state.variables),
    ...link.equations,
    ...link.inputs,
    ...link.outputs,
  ]);
}

export const blockSymbols = (block: Block): readonly AstNode[] => [
  ...block.parameters,
  ...block.equations,
  ...block.inputs,
  ...(block.output ? [block.output] : []),
];

export const deviceSymbols = (device: EquationDevice): readonly AstNode[] => [
  ...device.parameters,
  ...device.states.flatMap((state) => state.variables),
  ...device.equations,
  ...[device.voltage, device.current].filter((port) => port !== undefined),
];

export const networkSymbols = (network: Network): readonly (Layer | Port)[] => [
  ...network.layers,
  ...network.inputs,
];

/** The catalogue model or equation device at the root of a device. */
export function deviceRoot(device: Device): ModelDeclaration | EquationDevice | undefined {
  const links = chain<Device | ModelDeclaration>(device, (link) =>
    isDerivedDevice(link) ? link.base?.ref : undefined,
  );
  const root = links[links.length - 1];
  return root === undefined || isDerivedDevice(root) ? undefined : root;
}

export const deviceParameters = (device: Device): readonly Parameter[] =>
  deviceRoot(device)?.parameters ?? [];

/** The parameters of a device that are numbers, which may differ from device to device. */
export const variableParameters = (device: Device | undefined): readonly Parameter[] =>
  device ? deviceParameters(device).filter(({ words }) => words.length === 0) : [];

export function parameterSets(device: Device): readonly ParameterSet[] {
  const root = deviceRoot(device);
  return isModelDeclaration(root) ? root.sets : [];
}

/** The network of an experiment. */
export const networkOf = (experiment: Experiment): Network | undefined =>
  experiment.statements.find(isNetworkUse)?.network?.ref;

/** The cell that a layer runs, also within `bidirectional(…)` and `backward(…)`. */
export function cellOfLayer(layer: Layer): Cell | undefined {
  let value = layer.value;
  for (let depth = 0; depth < chainLimit && value?.$type === 'Call'; depth++) {
    const callee = value.function?.ref;
    if (isCell(callee)) return callee;
    value = value.arguments[0]?.value;
  }
  return undefined;
}
