import type { Expression } from '../design/design.ts';
import type { GraphNode, NodeId } from '../graph/graph.ts';
import type { Signal, Values } from './circuit.ts';

export interface Operation {
  readonly inputs: Readonly<Record<string, Signal>>;
  readonly values: Readonly<Record<string, Values>>;
  readonly expression: Expression;
}

/** One node of a graph as an expression over the names `a`, `b` and `c`; undefined for what is no elementwise operation. */
export function operationOf(
  node: GraphNode,
  operandOf: (operand: NodeId) => Signal | Values,
): Operation | undefined {
  const inputs: Record<string, Signal> = {};
  const values: Record<string, Values> = {};
  const operand = (name: string, id: NodeId): Expression => {
    const of = operandOf(id);
    if (typeof of === 'number' || of instanceof Float64Array) values[name] = of;
    else if (of.kind === 'fixed') return { op: 'number', value: of.value };
    else inputs[name] = of;
    return { op: 'reference', name, next: false };
  };
  const expression = expressionOf(node, operand);
  return expression && { inputs, values, expression };
}

function expressionOf(
  node: GraphNode,
  operand: (name: string, id: NodeId) => Expression,
): Expression | undefined {
  switch (node.op) {
    case 'unary':
      return { op: 'unary', fn: node.fn, of: operand('a', node.of) };
    case 'binary':
      return { op: 'binary', fn: node.fn, left: operand('a', node.left), right: operand('b', node.right) };
    case 'clamp':
      return {
        op: 'clamp',
        of: operand('a', node.of),
        low: operand('b', node.low),
        high: operand('c', node.high),
      };
    default:
      return undefined;
  }
}
