import type { GraphNode, NodeId, SizedLayer } from '../graph/graph.ts';
import {
  type Compilation,
  evaluated,
  offset,
  type PhaseCompilation,
  place,
  placeAdjoint,
} from './compilation.ts';
import type { ProductGroup } from './emit-crossbar.ts';
import { type Instruction, opcode, type Slot } from './instructions.ts';

/** A node's value and, where the gradient reaches it, its gradient. */
export interface Value {
  readonly slot: Slot;
  readonly adjoint?: Slot;
}

/** A layer being compiled. */
export interface LayerCompilation {
  readonly compilation: Compilation;
  readonly phase: PhaseCompilation;
  readonly layer: SizedLayer;
  readonly index: number;
  readonly batch: number;
  readonly values: Value[];
  /** Nodes that depend on parameters and constants alone: evaluated once. */
  readonly fixed: readonly boolean[];
  readonly active: readonly boolean[];
  readonly groups: ReadonlyMap<NodeId, ProductGroup>;
  /** Instructions of the node in hand, forward and backward. */
  forward: Instruction[];
  backward: Instruction[];
}

/** The place for a node's value, kept for each step where a gradient needs it, and for its gradient. */
export function placeValue(into: LayerCompilation, id: NodeId, size: number): Value {
  const count = size * into.batch;
  if (into.fixed[id]) return { slot: { base: into.compilation.allocate(count), stride: 0 } };
  const { slot } = place(into.compilation, into.phase, count, into.compilation.options.gradient);
  return into.active[id] ? { slot, adjoint: placeAdjoint(into.phase, count) } : { slot };
}

/** The operand as a vector of `size`: numbers are spread over it. */
export function operand(into: LayerCompilation, id: NodeId, size: number): Value {
  const value = into.values[id];
  const node = into.layer.graph.nodes[id];
  if (node.size === size) return value;
  if (node.op === 'constant') return { slot: constant(into, node.value, size) };
  if (node.op === 'parameter') return { slot: parameter(into, node.parameter, 1, size) };
  const count = size * into.batch;
  const { slot } = into.fixed[id]
    ? { slot: { base: into.compilation.allocate(count), stride: 0 } }
    : place(into.compilation, into.phase, count, into.compilation.options.gradient);
  const forward = into.fixed[id] ? into.compilation.prologue : into.forward;
  forward.push({ op: opcode.broadcast, n: size, to: slot, a: value.slot });
  if (!value.adjoint) return { slot };
  const adjoint = placeAdjoint(into.phase, count);
  into.backward.push({ op: opcode.reduce, n: size, to: value.adjoint, a: adjoint });
  return { slot, adjoint };
}

export function constant({ compilation, batch }: LayerCompilation, value: number, size: number): Slot {
  const key = `${Object.is(value, -0) ? '-0' : value}×${size}`;
  let known = compilation.constants.get(key);
  if (!known) {
    known = { base: compilation.allocate(size * batch), count: size * batch, value };
    compilation.constants.set(key, known);
  }
  return { base: known.base, stride: 0 };
}

export function parameter(
  { compilation, batch, layer }: LayerCompilation,
  name: string,
  of: number,
  size: number,
): Slot {
  const declared = layer.graph.parameters.some((declaration) => declaration.name === name);
  if (!declared) throw new Error(`Layer ${layer.name} uses the undeclared parameter ${name}.`);
  const places = compilation.parameters.get(name) ?? [];
  compilation.parameters.set(name, places);
  let known = places.find((candidate) => candidate.size === size);
  if (!known) {
    known = { base: compilation.allocate(size * batch), size, of };
    places.push(known);
  }
  return { base: known.base, stride: 0 };
}

/** A tensor as a vector repeated along the batch. */
export function placeVector({ compilation, batch }: LayerCompilation, tensor: string, size: number): Value {
  const base = compilation.allocate(size * batch);
  const gradient = compilation.options.gradient ? compilation.allocate(size * batch) : -1;
  const places = compilation.tensors.get(tensor) ?? [];
  compilation.tensors.set(tensor, [...places, { kind: 'vector', base, gradient }]);
  const slot = { base, stride: 0 };
  if (gradient < 0) return { slot };
  compilation.cleared.push({ base: gradient, count: size * batch });
  return { slot, adjoint: { base: gradient, stride: 0 } };
}

/** A slice is where its elements are already: features lie one below the other. */
export function sliceOf(node: GraphNode & { readonly op: 'slice' }, into: LayerCompilation): Value {
  const { slot, adjoint } = into.values[node.of];
  const rows = node.from * into.batch;
  return { slot: offset(slot, rows), ...(adjoint ? { adjoint: offset(adjoint, rows) } : {}) };
}

export function placeNoise(node: GraphNode & { readonly op: 'noise' }, into: LayerCompilation): Value {
  const count = node.size * into.batch;
  const { slot } = place(into.compilation, into.phase, count, into.compilation.options.gradient);
  into.phase.noises.push({ stream: node.stream, uniform: node.uniform ?? false, ...slot, count });
  return { slot };
}

/** The host computes it between the instructions before it and those behind it. */
export function placeResponse(node: GraphNode & { readonly op: 'response' }, into: LayerCompilation): Value {
  const { batch, compilation, phase } = into;
  const { slot } = place(compilation, phase, node.size * batch, compilation.options.gradient);
  phase.responses.push({
    behind: phase.forward.length,
    name: node.response,
    layer: into.index,
    from: into.values[node.of].slot,
    inputs: into.layer.graph.nodes[node.of].size,
    to: slot,
    outputs: node.size,
  });
  return { slot };
}

export function inputValue(into: LayerCompilation, input: number): Value {
  const { compilation, phase, layer } = into;
  const signal = compilation.signals.get(layer.inputs[input]);
  if (!signal) throw new Error(`Layer ${layer.name} is evaluated before its input ${layer.inputs[input]}.`);
  if (signal.phase === phase.index) return { slot: signal.slot, adjoint: signal.adjoint };
  if (phase.kind !== 'once') {
    if (!signal.byTime) throw new Error(`${layer.inputs[input]} was not kept for layer ${layer.name}.`);
    return {
      slot: evaluated(signal.byTime, phase),
      adjoint: signal.external && evaluated(signal.external, phase),
    };
  }
  const time = layer.time === 'last' && layer.direction === 'forward' ? compilation.options.steps - 1 : 0;
  const at = (slot: Slot): Slot => ({ base: slot.base + time * slot.stride, stride: 0 });
  const slot = signal.byTime ? at(signal.byTime) : { base: signal.after, stride: 0 };
  return { slot, adjoint: signal.external && at(signal.external) };
}

/** The state's previous value: one more than the evaluations, the first of them its initial value. */
export function placePrevious(size: number, id: NodeId, into: LayerCompilation): Value {
  const { compilation, phase, batch } = into;
  const count = size * batch;
  const keep = compilation.options.gradient;
  const base = compilation.allocate(keep ? count * (phase.steps + 1) : count);
  const state = into.layer.graph.states.find((candidate) => candidate.previous === id);
  phase.initial.push({ base, count, value: state?.initial ?? 0 });
  const slot = { base, stride: keep ? count : 0 };
  return into.active[id] ? { slot, adjoint: placeAdjoint(phase, count) } : { slot };
}
