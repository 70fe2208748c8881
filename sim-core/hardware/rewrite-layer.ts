import type { GraphNode, NodeId, SizedLayer, StepGraph } from '../graph/graph.ts';
import { type Circuits, throughBlock } from './circuits.ts';
import { rewriteCrossbar } from './rewrite-crossbar.ts';
import { ideally, numberNode, rewriteBinary, rewriteUnary } from './rewrite-elementwise.ts';
import { asSignal, type LayerArray, type Mapped, type Rewriting, signal } from './rewriting.ts';

/**
 * A layer's graph on hardware. Every signal is a voltage, `scale` volts per unit: inputs are multiplied by the scale,
 * the output is divided by it, states are held as voltages.
 *
 * - A crossbar sum: each operand passes the `input` block of its word line, if one is bound; a driver takes the scale
 *   to the read voltage, `v = signal·vRead/scale`; the read-out block gives the columns' voltages, which pass the
 *   `output` block, if one is bound. Bias word lines hang on a fixed vRead and have no converter.
 * - An elementwise function passes the block of its name.
 * - A product of two signals passes the `product` block. A product with a number is a gain and has no circuit.
 * - A sum or difference passes the `sum` block, its second signal inverted for a difference; a number is a reference
 *   voltage.
 * - A state's new value passes the `state` block, and whatever uses the new value reads it there.
 *
 * What has no block, and every other operation, is evaluated ideally.
 */
export function rewriteLayer(
  layer: SizedLayer,
  circuits: Circuits,
  array: LayerArray | undefined,
): StepGraph {
  const { builder, hardware } = circuits;
  const { output, ...signals } = rewriteSignals(layer, circuits, array);
  return {
    ...signals,
    nodes: builder.nodes,
    output: builder.binary('divide', output, builder.constant(hardware.scale)),
    tensors: builder.tensors,
    parameters: builder.parameters,
  };
}

/** The nodes at which the voltages of a layer's signals are. */
export type LayerSignals = Pick<StepGraph, 'inputs' | 'states' | 'output' | 'probes'>;

export function rewriteSignals(
  layer: SizedLayer,
  circuits: Circuits,
  array: LayerArray | undefined,
): LayerSignals {
  const { graph } = layer;
  const rewriting: Rewriting = { layer, circuits, array, mapped: [], inputs: new Map() };
  graph.nodes.forEach((node, id) => {
    rewriting.mapped.push(held(rewriting, id, rewriteNode(rewriting, node, id)));
  });
  const { scale } = circuits.hardware;
  const states = graph.states.map(({ name, previous, next, initial }) => ({
    name,
    previous: signal(rewriting, previous),
    next: nextValue(rewriting, name, next),
    initial: initial * scale,
  }));
  const output = signal(rewriting, graph.output);
  const probes = graph.probes.map(({ name, node }) => ({
    name,
    node: signal(rewriting, node),
    unit: 'V',
    scale: 1,
  }));
  const watched = circuits.converters.map(({ signal, node }) => ({
    name: signal,
    node,
    unit: 'V',
    scale: 1,
  }));
  const inputs = graph.inputs.map((input) => rewriting.inputs.get(input) ?? input);
  return {
    inputs,
    states: [...states, ...circuits.builder.states],
    output,
    probes: [...probes, ...watched],
  };
}

/** Softmax, concatenation and selection are done by what reads the hardware, on numbers. */
export const hasCircuits = ({ graph }: SizedLayer): boolean =>
  graph.nodes.some(
    ({ op }) => op !== 'input' && op !== 'concatenate' && op !== 'softmax' && op !== 'constant',
  );

function rewriteNode(rewriting: Rewriting, node: GraphNode, id: NodeId): Mapped {
  const { builder, hardware } = rewriting.circuits;
  if (operandsOf(node).every((operand) => rewriting.mapped[operand].kind === 'number')) {
    const number = numberNode(rewriting, node);
    if (number) return { kind: 'number', node: builder.add(number) };
  }
  const of = (operand: NodeId) => signal(rewriting, operand);
  switch (node.op) {
    case 'input': {
      const input = builder.add(node);
      rewriting.inputs.set(id, input);
      // A circuit takes voltages.
      if (rewriting.circuits.cuts) return asSignal(input);
      return asSignal(builder.binary('multiply', input, builder.constant(hardware.scale)));
    }
    case 'previous':
      return asSignal(builder.add(node));
    case 'crossbar':
      return asSignal(rewriteCrossbar(rewriting, node, id));
    case 'unary':
      return asSignal(rewriteUnary(rewriting, node, id));
    case 'binary':
      return asSignal(rewriteBinary(rewriting, node, id));
    case 'clamp':
      return asSignal(builder.clamp(of(node.of), of(node.low), of(node.high)));
    case 'concatenate':
      return asSignal(builder.add({ ...node, of: node.of.map(of) }));
    case 'softmax':
      return asSignal(ideally(rewriting, node.of, (numbers) => builder.add({ ...node, of: numbers })));
    default:
      throw new Error(`A network that is to be rewritten has no ${node.op}.`);
  }
}

function operandsOf(node: GraphNode): readonly NodeId[] {
  switch (node.op) {
    case 'unary':
    case 'softmax':
      return [node.of];
    case 'binary':
      return [node.left, node.right];
    case 'clamp':
      return [node.of, node.low, node.high];
    case 'concatenate':
      return node.of;
    default:
      return [];
  }
}

/** A state's new value passes its memory; what is no computed signal is stored by {@link nextValue} alone. */
function held(rewriting: Rewriting, id: NodeId, mapped: Mapped): Mapped {
  const { layer, circuits } = rewriting;
  const state = layer.graph.states.find(({ next }) => next === id);
  if (!state || !isHeld(layer, id) || mapped.kind === 'number') return mapped;
  const size = layer.graph.nodes[id].size;
  return asSignal(throughBlock(circuits, 'state', state.name, size, [mapped.node]) ?? mapped.node);
}

const isHeld = ({ graph }: SizedLayer, id: NodeId): boolean =>
  graph.nodes[id].op !== 'input' && graph.nodes[id].op !== 'previous';

/** A second state with the same new value, and one whose new value is an input or an older state, has its own memory. */
function nextValue(rewriting: Rewriting, state: string, next: NodeId): NodeId {
  const { layer, circuits, mapped } = rewriting;
  const value = signal(rewriting, next);
  const first = layer.graph.states.find((candidate) => candidate.next === next);
  if (first?.name === state && isHeld(layer, next) && mapped[next].kind === 'signal') return value;
  return throughBlock(circuits, 'state', state, layer.graph.nodes[next].size, [value]) ?? value;
}
