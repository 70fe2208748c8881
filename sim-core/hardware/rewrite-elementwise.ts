import type { Role } from '../design/design.ts';
import type { GraphNode, NodeId } from '../graph/graph.ts';
import { throughBlock } from './circuits.ts';
import { type Rewriting, signal } from './rewriting.ts';

/** A function of the number that a signal stands for, taken back to a voltage. */
export function ideally(rewriting: Rewriting, of: NodeId, fn: (number: NodeId) => NodeId): NodeId {
  const { builder, hardware } = rewriting.circuits;
  const scale = builder.constant(hardware.scale);
  return builder.binary('multiply', fn(builder.binary('divide', signal(rewriting, of), scale)), scale);
}

const activationRoles: readonly Role[] = ['sigmoid', 'hardSigmoid', 'tanh', 'relu'];

export function rewriteUnary(
  rewriting: Rewriting,
  node: GraphNode & { readonly op: 'unary' },
  id: NodeId,
): NodeId {
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

export function rewriteBinary(
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

/** The same operation on operands that are all numbers; undefined for what makes a signal. */
export function numberNode({ mapped }: Rewriting, node: GraphNode): GraphNode | undefined {
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
