import type { Expression, Origin, WeightedOperand } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { GraphNode, NodeId } from './graph.ts';

/** One row group of a crossbar sum as it is written: an operand of a `vmm`, or a `peephole`. */
export interface CrossbarTerm {
  readonly operand: WeightedOperand;
  readonly diagonal: boolean;
}

/** What an expression is lowered into and with. */
export interface Lowering {
  /** Nodes so far; lowering appends. */
  readonly nodes: GraphNode[];
  readonly problems: Problem[];
  /** The node of a name, of a state's new value with `next`; undefined: there is none. */
  resolve(name: string, next: boolean): NodeId | undefined;
  /** The node of a crossbar sum. */
  crossbar(terms: readonly CrossbarTerm[], origin: Origin | undefined): NodeId;
}

export function append(nodes: GraphNode[], node: GraphNode): NodeId {
  return nodes.push(node) - 1;
}

/** Appends the nodes of an expression and returns its value's. What does not fit becomes a problem of the lowering. */
export function lowerExpression(expression: Expression, into: Lowering): NodeId {
  const { nodes } = into;
  const { origin } = expression;
  const terms = crossbarTerms(expression);
  if (terms) return into.crossbar(terms, origin);
  switch (expression.op) {
    case 'number':
      return append(nodes, { op: 'constant', size: 1, value: expression.value, origin });
    case 'reference':
      return lowerReference(expression, into);
    case 'unary': {
      const of = lowerExpression(expression.of, into);
      return append(nodes, { op: 'unary', fn: expression.fn, of, size: nodes[of].size, origin });
    }
    case 'binary': {
      const left = lowerExpression(expression.left, into);
      const right = lowerExpression(expression.right, into);
      const size = commonSize([left, right], into, origin);
      return append(nodes, { op: 'binary', fn: expression.fn, left, right, size, origin });
    }
    case 'clamp': {
      const of = lowerExpression(expression.of, into);
      const low = lowerExpression(expression.low, into);
      const high = lowerExpression(expression.high, into);
      return append(nodes, {
        op: 'clamp',
        of,
        low,
        high,
        size: commonSize([of, low, high], into, origin),
        origin,
      });
    }
    default:
      throw new Error(`A crossbar sum without terms: ${expression.op}`);
  }
}

/** The row groups of a `vmm`, a `peephole` or a sum of nothing else: their currents meet on the same bit lines. */
export function crossbarTerms(expression: Expression): readonly CrossbarTerm[] | undefined {
  if (expression.op === 'vmm') return expression.operands.map((operand) => ({ operand, diagonal: false }));
  if (expression.op === 'peephole') return [{ operand: expression.operand, diagonal: true }];
  if (expression.op !== 'binary' || expression.fn !== 'add') return undefined;
  const left = crossbarTerms(expression.left);
  const right = left && crossbarTerms(expression.right);
  return left && right && [...left, ...right];
}

function lowerReference(reference: Expression & { readonly op: 'reference' }, into: Lowering): NodeId {
  const node = into.resolve(reference.name, reference.next);
  if (node !== undefined) return node;
  into.problems.push({
    code: 'network.unknown-name',
    message: `Nothing above defines "${reference.name}${reference.next ? "'" : ''}".`,
    hint: 'Define it by an equation before its use.',
    origin: reference.origin,
  });
  return append(into.nodes, { op: 'constant', size: 1, value: 0, origin: reference.origin });
}

/** The size of operands that combine elementwise: all equal, but for numbers of size 1. */
function commonSize(operands: readonly NodeId[], into: Lowering, origin: Origin | undefined): number {
  const sizes = operands.map((operand) => into.nodes[operand].size);
  const size = Math.max(...sizes);
  const misfit = sizes.find((other) => other !== size && other !== 1);
  if (misfit !== undefined)
    into.problems.push({
      code: 'network.size-mismatch',
      message: `Vectors of sizes ${misfit} and ${size} do not combine elementwise.`,
      hint: 'Only vectors of equal size combine, and numbers with any vector.',
      origin,
    });
  return size;
}
