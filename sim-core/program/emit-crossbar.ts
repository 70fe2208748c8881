import type { CrossbarOperand, GraphNode, NodeId, SizedLayer } from '../graph/graph.ts';
import { offset, place, placeAdjoint } from './compilation.ts';
import { binaryCodes, opcode, panelledSize, type Slot, start } from './instructions.ts';
import { type LayerCompilation, placeVector, type Value } from './layer-values.ts';

type ProductNode = GraphNode & { readonly op: 'crossbar' | 'product' };
type FullOperand = CrossbarOperand & { readonly kind: 'full' };

/**
 * Products of the same operands, which are evaluated as one matrix: the gates of a cell, side by side. Their values
 * lie one below the other.
 */
export interface ProductGroup {
  readonly nodes: readonly NodeId[];
  /** Sum of the nodes' sizes. */
  readonly columns: number;
  /** Set when the first node of the group is emitted: the group's sums and their gradient. */
  value?: Value;
}

/** The group of each product of a layer. */
export function groupCrossbars(layer: SizedLayer): ReadonlyMap<NodeId, ProductGroup> {
  const members = new Map<string, NodeId[]>();
  for (const [id, node] of layer.graph.nodes.entries()) {
    if (node.op !== 'crossbar' && node.op !== 'product') continue;
    const key = fullOperands(node)
      .map((operand) => operand.of)
      .join();
    members.set(key, [...(members.get(key) ?? []), id]);
  }
  const groups = new Map<NodeId, ProductGroup>();
  for (const nodes of members.values()) {
    const columns = nodes.reduce((sum, id) => sum + layer.graph.nodes[id].size, 0);
    const group: ProductGroup = { nodes, columns };
    for (const id of nodes) groups.set(id, group);
  }
  return groups;
}

/** Emits a product: the whole group's matrices at its first node, then what the node has of its own. */
export function emitCrossbar(node: ProductNode, id: NodeId, into: LayerCompilation): Value {
  const group = into.groups.get(id);
  if (!group) throw new Error(`Product ${id} of layer ${into.layer.name} belongs to no group.`);
  group.value ??= emitGroup(group, into);
  const row = rowsBefore(group, id, into) * into.batch;
  const sum: Value = {
    slot: offset(group.value.slot, row),
    adjoint: group.value.adjoint && offset(group.value.adjoint, row),
  };
  return node.op === 'crossbar' ? emitOwn(node, sum, into) : sum;
}

function emitGroup(group: ProductGroup, into: LayerCompilation): Value {
  const { compilation, phase, batch } = into;
  const { gradient } = compilation.options;
  const n = group.columns;
  const { slot } = place(compilation, phase, n * batch, gradient);
  const adjoint = gradient ? placeAdjoint(phase, n * batch) : undefined;
  const bias = placeBias(group, into);
  const first = productNode(group.nodes[0], into);
  const operands = fullOperands(first);
  let begin: number = bias ? start.bias : start.zero;
  const c = bias?.slot ?? { base: 0, stride: 0 };
  if (operands.length === 0) into.forward.push({ op: opcode.matrix, n, to: slot, x: 0, y: begin, c });
  if (adjoint && bias) into.backward.push({ op: opcode.biasGradient, n, to: bias.gradient, a: adjoint });
  for (const [index, { of }] of operands.entries()) {
    emitMatrix(group, index, of, { slot, adjoint, begin, bias: c }, into);
    begin = start.here;
  }
  return { slot, adjoint };
}

/** One operand's matrix: its panels hold the columns of every node of the group. */
function emitMatrix(
  group: ProductGroup,
  index: number,
  of: NodeId,
  sum: { readonly slot: Slot; readonly adjoint?: Slot; readonly begin: number; readonly bias: Slot },
  into: LayerCompilation,
): void {
  const { compilation, values, layer } = into;
  const n = group.columns;
  const x = layer.graph.nodes[of].size;
  const count = panelledSize(x, n);
  const base = compilation.allocate(count);
  const gradient = sum.adjoint ? compilation.allocate(count) : -1;
  for (const id of group.nodes) {
    const { tensor } = fullOperands(productNode(id, into))[index];
    const column = rowsBefore(group, id, into);
    const places = compilation.tensors.get(tensor) ?? [];
    compilation.tensors.set(tensor, [...places, { kind: 'matrix', base, columns: n, column, gradient }]);
  }
  const matrix = { base, stride: 0 };
  const value = values[of];
  into.forward.push({
    op: opcode.matrix,
    n,
    to: sum.slot,
    a: value.slot,
    b: matrix,
    c: sum.bias,
    x,
    y: sum.begin,
  });
  if (!sum.adjoint) return;
  compilation.cleared.push({ base: gradient, count });
  const c = { base: compilation.scratch, stride: 0 };
  const to = { base: gradient, stride: 0 };
  into.backward.push({ op: opcode.matrixWeights, n, to, a: value.slot, b: sum.adjoint, c, x });
  if (value.adjoint)
    into.backward.push({ op: opcode.matrixInput, n, to: value.adjoint, a: sum.adjoint, b: matrix, x });
}

/** The group's biases side by side, zero for nodes without; undefined where none has one. */
function placeBias(
  group: ProductGroup,
  into: LayerCompilation,
): { readonly slot: Slot; readonly gradient: Slot } | undefined {
  const { compilation } = into;
  const biases = group.nodes.flatMap((id) => {
    const node = productNode(id, into);
    const bias = node.op === 'crossbar' && node.operands.find((operand) => operand.kind === 'bias');
    return bias ? [{ id, tensor: bias.tensor }] : [];
  });
  if (biases.length === 0) return undefined;
  const base = compilation.allocate(group.columns);
  const gradient = compilation.options.gradient ? compilation.allocate(group.columns) : -1;
  for (const { id, tensor } of biases) {
    const row = rowsBefore(group, id, into);
    const places = compilation.tensors.get(tensor) ?? [];
    compilation.tensors.set(tensor, [
      ...places,
      { kind: 'bias', base: base + row, gradient: gradient + row },
    ]);
  }
  if (gradient >= 0) compilation.cleared.push({ base: gradient, count: group.columns });
  return { slot: { base, stride: 0 }, gradient: { base: gradient, stride: 0 } };
}

/**
 * Adds to a node's sums what the group's matrices cannot hold: peepholes, which may see values that the matrices must
 * not wait for, and biases beyond the first.
 */
function emitOwn(node: ProductNode & { readonly op: 'crossbar' }, sum: Value, into: LayerCompilation): Value {
  const firstBias = node.operands.find((operand) => operand.kind === 'bias');
  const own = node.operands.filter((operand) => operand.kind !== 'full' && operand !== firstBias);
  if (own.length === 0) return sum;
  const n = node.size * into.batch;
  const { slot } = place(into.compilation, into.phase, n, into.compilation.options.gradient);
  const { adjoint } = sum;
  let before = sum.slot;
  for (const operand of own) {
    const weights = placeVector(into, operand.tensor, node.size);
    if (operand.kind === 'diagonal') emitDiagonal(operand.of, weights, { slot, before, adjoint, n }, into);
    else {
      into.forward.push({ op: opcode.binary + binaryCodes.add, n, to: slot, a: before, b: weights.slot });
      if (adjoint && weights.adjoint)
        into.backward.push({ op: opcode.accumulate, n, to: weights.adjoint, a: adjoint });
    }
    before = slot;
  }
  return { slot, adjoint };
}

function emitDiagonal(
  of: NodeId,
  weights: Value,
  sum: { readonly slot: Slot; readonly before: Slot; readonly adjoint?: Slot; readonly n: number },
  into: LayerCompilation,
): void {
  const { slot, before, adjoint, n } = sum;
  const value = into.values[of];
  into.forward.push({ op: opcode.multiplyAdd, n, to: slot, a: before, b: weights.slot, c: value.slot });
  const gradient = (to: Slot | undefined, b: Slot) => {
    if (adjoint && to) into.backward.push({ op: opcode.accumulateProduct, n, to, a: adjoint, b });
  };
  gradient(weights.adjoint, value.slot);
  gradient(value.adjoint, weights.slot);
}

const fullOperands = (node: ProductNode): readonly FullOperand[] =>
  node.op === 'product'
    ? [{ kind: 'full', tensor: node.tensor, of: node.of }]
    : node.operands.filter((operand) => operand.kind === 'full');

function productNode(id: NodeId, into: LayerCompilation): ProductNode {
  const node = into.layer.graph.nodes[id];
  if (node.op !== 'crossbar' && node.op !== 'product') throw new Error(`Node ${id} is no product.`);
  return node;
}

function rowsBefore(group: ProductGroup, id: NodeId, into: LayerCompilation): number {
  let rows = 0;
  for (const other of group.nodes) {
    if (other === id) return rows;
    rows += into.layer.graph.nodes[other].size;
  }
  throw new Error(`Product ${id} is not in its group.`);
}
