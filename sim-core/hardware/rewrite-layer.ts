import type { CrossbarDesign, Role } from '../design/design.ts';
import type { GraphNode, NodeId, SizedLayer, StepGraph } from '../graph/graph.ts';
import { type Circuits, throughBlock } from './circuits.ts';
import type { ArrayLayout } from './layout.ts';
import { readColumns } from './read-out.ts';

/** The crossbar that holds a layer's weights. */
export interface LayerArray {
  readonly crossbar: CrossbarDesign;
  readonly layout: ArrayLayout;
  readonly noisy: boolean;
}

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
  const { graph } = layer;
  const rewriting: Rewriting = { layer, circuits, array, mapped: [], inputs: new Map() };
  graph.nodes.forEach((node, id) => {
    rewriting.mapped.push(held(rewriting, id, rewriteNode(rewriting, node, id)));
  });
  const { builder } = circuits;
  const { scale } = circuits.hardware;
  const states = graph.states.map(({ name, previous, next, initial }) => ({
    name,
    previous: signal(rewriting, previous),
    next: nextValue(rewriting, name, next),
    initial: initial * scale,
  }));
  const output = builder.binary('divide', signal(rewriting, graph.output), builder.constant(scale));
  const probes = graph.probes.map(({ name, node }) => ({
    name,
    node: signal(rewriting, node),
    unit: 'V',
    scale: 1,
  }));
  const inputs = graph.inputs.map((input) => rewriting.inputs.get(input) ?? input);
  return {
    nodes: builder.nodes,
    inputs,
    states,
    output,
    probes,
    tensors: builder.tensors,
    parameters: builder.parameters,
  };
}

/** Softmax, concatenation and selection are done by what reads the hardware, on numbers. */
export const hasCircuits = ({ graph }: SizedLayer): boolean =>
  graph.nodes.some(
    ({ op }) => op !== 'input' && op !== 'concatenate' && op !== 'softmax' && op !== 'constant',
  );

interface Rewriting {
  readonly layer: SizedLayer;
  readonly circuits: Circuits;
  readonly array: LayerArray | undefined;
  /** What stands for each node of the layer's graph: a voltage, or a known number without a unit. */
  readonly mapped: Mapped[];
  readonly inputs: Map<NodeId, NodeId>;
}

interface Mapped {
  readonly kind: 'signal' | 'number';
  readonly node: NodeId;
}

const asSignal = (node: NodeId): Mapped => ({ kind: 'signal', node });

/** The voltage that stands for a node; a number becomes a reference voltage. */
function signal({ mapped, circuits }: Rewriting, id: NodeId): NodeId {
  const { builder, hardware } = circuits;
  const { kind, node } = mapped[id];
  if (kind === 'signal') return node;
  const number = builder.nodes[node];
  if (number.op === 'constant') return builder.add({ ...number, value: number.value * hardware.scale });
  return builder.binary('multiply', node, builder.constant(hardware.scale));
}

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

/** The same operation on operands that are all numbers; undefined for what makes a signal. */
function numberNode({ mapped }: Rewriting, node: GraphNode): GraphNode | undefined {
  const of = (operand: NodeId) => mapped[operand].node;
  switch (node.op) {
    case 'constant':
      return node;
    case 'unary':
    case 'softmax':
      return { ...node, of: of(node.of) };
    case 'binary':
      return { ...node, left: of(node.left), right: of(node.right) };
    case 'clamp':
      return { ...node, of: of(node.of), low: of(node.low), high: of(node.high) };
    case 'concatenate':
      return { ...node, of: node.of.map(of) };
    default:
      return undefined;
  }
}

/** A function of the number that a signal stands for, taken back to a voltage. */
function ideally(rewriting: Rewriting, of: NodeId, fn: (number: NodeId) => NodeId): NodeId {
  const { builder, hardware } = rewriting.circuits;
  const scale = builder.constant(hardware.scale);
  return builder.binary('multiply', fn(builder.binary('divide', signal(rewriting, of), scale)), scale);
}

const activationRoles: readonly Role[] = ['sigmoid', 'hardSigmoid', 'tanh', 'relu'];

function rewriteUnary(rewriting: Rewriting, node: GraphNode & { readonly op: 'unary' }, id: NodeId): NodeId {
  const { circuits } = rewriting;
  const { builder } = circuits;
  const role = activationRoles.find((candidate) => candidate === node.fn);
  const of = signal(rewriting, node.of);
  const through = role && throughBlock(circuits, role, id, node.size, [of]);
  if (through !== undefined) return through;
  // These do not depend on the unit.
  if (node.fn === 'negate' || node.fn === 'abs' || node.fn === 'relu') return builder.unary(node.fn, of);
  return ideally(rewriting, node.of, (number) => builder.unary(node.fn, number));
}

function rewriteBinary(
  rewriting: Rewriting,
  node: GraphNode & { readonly op: 'binary' },
  id: NodeId,
): NodeId {
  const { circuits, mapped } = rewriting;
  const { builder, hardware } = circuits;
  const { fn, size } = node;
  const scale = builder.constant(hardware.scale);
  const gain = [node.left, node.right].find((operand) => mapped[operand].kind === 'number');
  const [left, right] = [signal(rewriting, node.left), signal(rewriting, node.right)];
  switch (fn) {
    case 'multiply':
      if (gain === undefined)
        return (
          throughBlock(circuits, 'product', id, size, [left, right]) ??
          builder.binary('divide', builder.binary('multiply', left, right), scale)
        );
      return builder.binary('multiply', gain === node.left ? right : left, mapped[gain].node);
    case 'divide':
      if (gain === node.right) return builder.binary('divide', left, mapped[gain].node);
      return builder.binary('multiply', builder.binary('divide', left, right), scale);
    case 'add':
      return throughBlock(circuits, 'sum', id, size, [left, right]) ?? builder.binary(fn, left, right);
    case 'subtract':
      return (
        throughBlock(circuits, 'sum', id, size, [left, builder.unary('negate', right)]) ??
        builder.binary(fn, left, right)
      );
    case 'power': {
      const exponent = builder.binary('divide', right, scale);
      return ideally(rewriting, node.left, (number) => builder.binary('power', number, exponent));
    }
    default:
      return builder.binary(fn, left, right);
  }
}

function rewriteCrossbar(
  rewriting: Rewriting,
  node: GraphNode & { readonly op: 'crossbar' },
  id: NodeId,
): NodeId {
  const { circuits, array } = rewriting;
  const column = array?.layout.columnGroups.find((group) => group.node === id);
  if (!array || !column) return idealCrossbar(rewriting, node);
  const { layout, crossbar, noisy } = array;
  const blocks = layout.blocks.filter((block) => layout.columnGroups[block.column] === column);
  const driven = blocks.map((block, index) => {
    const operand = node.operands[index];
    const voltage =
      operand.kind === 'bias'
        ? circuits.builder.constant(crossbar.vRead)
        : wordLine(rewriting, layout, block.row, operand.of, crossbar.vRead);
    return { block, voltage };
  });
  const read = readColumns({ circuits, crossbar, layout, column, driven, noisy });
  return throughBlock(circuits, 'output', column.name, column.size, [read]) ?? read;
}

/** Voltage of a signal's word lines: through the converter, if there is one, then scaled by the driver. */
function wordLine(rewriting: Rewriting, layout: ArrayLayout, row: number, of: NodeId, vRead: number): NodeId {
  const { circuits } = rewriting;
  const { builder, hardware } = circuits;
  const group = layout.rowGroups[row];
  const driven = signal(rewriting, of);
  const converted = throughBlock(circuits, 'input', `${row} ${group.name}`, group.size, [driven]) ?? driven;
  return builder.binary('multiply', converted, builder.constant(vRead / hardware.scale));
}

/** Without a crossbar in the hardware the weights are used as they are. */
function idealCrossbar(rewriting: Rewriting, node: GraphNode & { readonly op: 'crossbar' }): NodeId {
  const { circuits, layer } = rewriting;
  const { builder, hardware } = circuits;
  const scale = builder.constant(hardware.scale);
  circuits.unbound.add('vmm');
  for (const tensor of layer.graph.tensors) builder.declare(tensor);
  const operands = node.operands.map((operand) =>
    operand.kind === 'bias'
      ? operand
      : { ...operand, of: builder.binary('divide', signal(rewriting, operand.of), scale) },
  );
  return builder.binary('multiply', builder.add({ ...node, operands }), scale);
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
