import type { BinaryFunction } from '../design/design.ts';
import type { GraphNode, NodeId } from '../graph/graph.ts';
import { offset } from './compilation.ts';
import { binaryCodes, type Instruction, opcode, type Slot, unaryCodes } from './instructions.ts';
import { type LayerCompilation, operand, placeValue, type Value } from './layer-values.ts';

type ElementwiseNode = GraphNode & {
  readonly op: 'unary' | 'binary' | 'clamp' | 'concatenate' | 'softmax' | 'largest';
};

/** Emits a node that maps elements to elements, forward and backward. */
export function emitElementwise(node: ElementwiseNode, id: NodeId, into: LayerCompilation): Value {
  const value = placeValue(into, id, node.size);
  switch (node.op) {
    case 'unary':
      return emitUnary(node, value, into);
    case 'binary':
      return emitBinary(node, value, into);
    case 'clamp':
      return emitClamp(node, value, into);
    case 'concatenate':
      return emitConcatenation(node, value, into);
    case 'softmax':
      return emitSoftmax(node, value, into);
    case 'largest': {
      const { slot } = into.values[node.of];
      into.forward.push({
        op: opcode.largest,
        n: into.layer.graph.nodes[node.of].size,
        to: value.slot,
        a: slot,
      });
      return value;
    }
  }
}

function emitUnary(
  node: ElementwiseNode & { readonly op: 'unary' },
  value: Value,
  into: LayerCompilation,
): Value {
  const n = node.size * into.batch;
  const of = into.values[node.of];
  const code = unaryCodes[node.fn];
  into.forward.push({ op: opcode.unary + code, n, to: value.slot, a: of.slot });
  if (!value.adjoint || !of.adjoint || node.fn === 'sign' || node.fn === 'step') return value;
  into.backward.push({
    op: opcode.unaryGradient + code,
    n,
    to: of.adjoint,
    a: value.adjoint,
    b: of.slot,
    c: value.slot,
  });
  return value;
}

function emitBinary(
  node: ElementwiseNode & { readonly op: 'binary' },
  value: Value,
  into: LayerCompilation,
): Value {
  const n = node.size * into.batch;
  const left = operand(into, node.left, node.size);
  const right = operand(into, node.right, node.size);
  into.forward.push({
    op: opcode.binary + binaryCodes[node.fn],
    n,
    to: value.slot,
    a: left.slot,
    b: right.slot,
  });
  const { adjoint } = value;
  if (!adjoint) return value;
  const rules = binaryGradients[node.fn]({ left: left.slot, right: right.slot, value: value.slot });
  // Spreading a number emitted the sum of its gradient before; backward lists run in order, so these go first.
  const own: Instruction[] = [];
  if (left.adjoint) own.push({ n, to: left.adjoint, a: adjoint, ...rules.left });
  if (right.adjoint) own.push({ n, to: right.adjoint, a: adjoint, ...rules.right });
  into.backward.unshift(...own);
  return value;
}

type Rule = Pick<Instruction, 'op' | 'b' | 'c'>;
interface Operands {
  readonly left: Slot;
  readonly right: Slot;
  readonly value: Slot;
}

/** What each operand's gradient takes from the gradient of the value. */
const binaryGradients: Readonly<
  Record<BinaryFunction, (of: Operands) => { readonly left: Rule; readonly right: Rule }>
> = {
  add: () => ({ left: { op: opcode.accumulate }, right: { op: opcode.accumulate } }),
  subtract: () => ({ left: { op: opcode.accumulate }, right: { op: opcode.accumulateNegative } }),
  multiply: ({ left, right }) => ({
    left: { op: opcode.accumulateProduct, b: right },
    right: { op: opcode.accumulateProduct, b: left },
  }),
  divide: ({ right, value }) => ({
    left: { op: opcode.accumulateQuotient, b: right },
    right: { op: opcode.divisorGradient, b: value, c: right },
  }),
  power: ({ left, right, value }) => ({
    left: { op: opcode.baseGradient, b: left, c: right },
    right: { op: opcode.exponentGradient, b: value, c: left },
  }),
  minimum: ({ left, right }) => ({
    left: { op: opcode.whereAtMost, b: left, c: right },
    right: { op: opcode.whereAbove, b: left, c: right },
  }),
  maximum: ({ left, right }) => ({
    left: { op: opcode.whereAtMost, b: right, c: left },
    right: { op: opcode.whereAbove, b: right, c: left },
  }),
};

function emitClamp(
  node: ElementwiseNode & { readonly op: 'clamp' },
  value: Value,
  into: LayerCompilation,
): Value {
  const n = node.size * into.batch;
  const of = operand(into, node.of, node.size);
  const low = operand(into, node.low, node.size);
  const high = operand(into, node.high, node.size);
  into.forward.push({ op: opcode.clamp, n, to: value.slot, a: of.slot, b: low.slot, c: high.slot });
  const { adjoint } = value;
  if (!adjoint) return value;
  const own: Instruction[] = [];
  if (of.adjoint)
    own.push({ op: opcode.whereEqual, n, to: of.adjoint, a: adjoint, b: of.slot, c: value.slot });
  if (low.adjoint)
    own.push({ op: opcode.whereAbove, n, to: low.adjoint, a: adjoint, b: low.slot, c: of.slot });
  if (high.adjoint)
    own.push({ op: opcode.whereAbove, n, to: high.adjoint, a: adjoint, b: of.slot, c: high.slot });
  into.backward.unshift(...own);
  return value;
}

function emitConcatenation(
  node: ElementwiseNode & { readonly op: 'concatenate' },
  value: Value,
  into: LayerCompilation,
): Value {
  let row = 0;
  for (const id of node.of) {
    const of = into.values[id];
    const { size } = into.layer.graph.nodes[id];
    const n = size * into.batch;
    into.forward.push({ op: opcode.copy, n, to: offset(value.slot, row), a: of.slot });
    if (value.adjoint && of.adjoint)
      into.backward.push({ op: opcode.accumulate, n, to: of.adjoint, a: offset(value.adjoint, row) });
    row += n;
  }
  return value;
}

function emitSoftmax(
  node: ElementwiseNode & { readonly op: 'softmax' },
  value: Value,
  into: LayerCompilation,
): Value {
  const of = into.values[node.of];
  into.forward.push({ op: opcode.softmax, n: node.size, to: value.slot, a: of.slot });
  if (value.adjoint && of.adjoint)
    into.backward.push({
      op: opcode.softmaxGradient,
      n: node.size,
      to: of.adjoint,
      a: value.adjoint,
      b: value.slot,
    });
  return value;
}
