import {
  type BlockDesign,
  type BlockUse,
  type CrossbarDesign,
  type Design,
  type GraphNode,
  type HardwareDesign,
  type NodeId,
  type Role,
  type StepGraph,
  suppliedPorts,
} from '@memloom/sim-core';
import { anything, type Interval, interval, multiply, negate, point } from '../types/ranges/interval.ts';
import { type BlockRange, blockRange } from './block-ranges.ts';

/** The block of a role with what is bound to it. */
export interface BoundBlock {
  readonly block: BlockDesign;
  readonly use: BlockUse;
}

export function boundBlock(design: Design, hardware: HardwareDesign, role: Role): BoundBlock | undefined {
  const use = hardware.bindings[role];
  const block = use && design.blocks.find(({ name }) => name === use.block);
  return use && block && { block, use };
}

/** What the block of a role gives for signals in numbers of the mathematics; in volts. */
export function throughRole(
  { block, use }: BoundBlock,
  signals: readonly Interval[],
  scale: number,
  supplied: Readonly<Partial<Record<string, Interval>>> = {},
): BlockRange {
  const inputs = new Map<string, Interval>([['unit', point(scale)]]);
  for (const [name, value] of Object.entries(supplied)) if (value) inputs.set(name, value);
  const ports = block.inputs.filter(({ name }) => !suppliedPorts.some((port) => port === name));
  for (const [index, { name }] of ports.entries())
    inputs.set(name, multiply(signals[index] ?? anything, point(scale)));
  return blockRange(block, use, inputs);
}

const positive = interval(0, Infinity);

/** What the stages behind a column let through, whatever the weights are, in numbers of the mathematics. */
export function readoutRange(design: Design, hardware: HardwareDesign, crossbar: CrossbarDesign): Interval {
  const { scale } = hardware;
  const readout = boundBlock(design, hardware, 'readout');
  const supplied = { gColumn: positive, rF: positive, gain: positive };
  const perVolt = point(1 / scale);
  let range = anything;
  if (readout) {
    const { output } = throughRole(readout, [anything, anything], scale, supplied);
    // A pair of bit lines that has an amplifier each is the difference of the two.
    const twice =
      crossbar.pairs === 'columns' && crossbar.coding !== 'offset' && crossbar.readout === 'current';
    range = multiply(twice ? interval(output.low - output.high, output.high - output.low) : output, perVolt);
  }
  const converter = boundBlock(design, hardware, 'output');
  return converter ? multiply(throughRole(converter, [range], scale).output, perVolt) : range;
}

/** The role that realises a node of the mathematics, with the nodes of its signals; undefined where none does. */
export function roleOf(
  graph: StepGraph,
  id: NodeId,
): { readonly role: Role; readonly of: readonly NodeId[]; readonly negates: boolean } | undefined {
  const node = graph.nodes[id];
  if (node.op === 'unary' && isActivation(node.fn)) return { role: node.fn, of: [node.of], negates: false };
  if (node.op !== 'binary') return undefined;
  const of = [node.left, node.right];
  const numbers = of.filter((operand) => isNumber(graph, operand)).length;
  if (numbers === 2) return undefined;
  // A product with a number is a gain, which has no circuit; a sum with a number adds a reference voltage.
  if (node.fn === 'multiply' && numbers === 0) return { role: 'product', of, negates: false };
  if (node.fn === 'add' || node.fn === 'subtract')
    return { role: 'sum', of, negates: node.fn === 'subtract' };
  return undefined;
}

/** Ranges of the signals that go into a role's block. */
export const signalsInto = (
  { of, negates }: { readonly of: readonly NodeId[]; readonly negates: boolean },
  values: readonly Interval[],
): readonly Interval[] =>
  of.map((operand, index) => (negates && index === 1 ? negate(values[operand]) : values[operand]));

const isActivation = (fn: string): fn is 'sigmoid' | 'hardSigmoid' | 'tanh' | 'relu' =>
  fn === 'sigmoid' || fn === 'hardSigmoid' || fn === 'tanh' || fn === 'relu';

/** Known before the run: a constant, or computed of constants alone. */
function isNumber(graph: StepGraph, id: NodeId): boolean {
  const node: GraphNode = graph.nodes[id];
  switch (node.op) {
    case 'constant':
      return true;
    case 'unary':
      return isNumber(graph, node.of);
    case 'binary':
      return isNumber(graph, node.left) && isNumber(graph, node.right);
    default:
      return false;
  }
}

/** The equation that a node belongs to, in words: `"z"`. */
export function nodeName(graph: StepGraph, id: NodeId): string | undefined {
  const probe = graph.probes.find(({ node }) => node === id);
  return probe && `"${probe.name}"`;
}
