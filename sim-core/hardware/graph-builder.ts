import type { BinaryFunction, UnaryFunction } from '../design/design.ts';
import type {
  GraphNode,
  NodeId,
  ParameterDeclaration,
  StepGraph,
  TensorDeclaration,
} from '../graph/graph.ts';
import { pow } from '../math/elementary.ts';

/**
 * A graph under construction: operations on numbers that are known are carried out at once, and a node that is there
 * already is used again, so that hardware without errors costs hardly more than the ideal network.
 */
export interface GraphBuilder {
  readonly nodes: readonly GraphNode[];
  readonly tensors: readonly TensorDeclaration[];
  readonly parameters: readonly ParameterDeclaration[];
  readonly states: StepGraph['states'];
  /** Adds a node, or finds the node that computes the same. */
  add(node: GraphNode): NodeId;
  constant(value: number): NodeId;
  unary(fn: UnaryFunction, of: NodeId): NodeId;
  binary(fn: BinaryFunction, left: NodeId, right: NodeId): NodeId;
  clamp(of: NodeId, low: NodeId, high: NodeId): NodeId;
  concatenate(of: readonly NodeId[]): NodeId;
  /** Elements `from` .. `from + size - 1`. */
  slice(of: NodeId, from: number, size: number): NodeId;
  /** `Σ_k W[k][j]·of[k]` with a tensor that the realisation writes. */
  product(tensor: string, of: NodeId, units: number): NodeId;
  /** A matrix of one row, for elementwise use; the realisation writes it. */
  vector(tensor: string, size: number): NodeId;
  parameter(name: string, size: number): NodeId;
  /** A state of the circuits' own, found by its name where it is there already; `next` is computed from its previous value. */
  state(name: string, size: number, initial: number, next: (previous: NodeId) => NodeId): StateNodes;
  declare(tensor: TensorDeclaration): void;
  /** A node whose value comes from elsewhere, equal to no other. */
  opaque(size: number): NodeId;
  sizeOf(id: NodeId): number;
  /** The value of a constant node that is one number. */
  numberAt(id: NodeId): number | undefined;
}

export interface StateNodes {
  readonly previous: NodeId;
  readonly next: NodeId;
}

export function graphBuilder(): GraphBuilder {
  const nodes: GraphNode[] = [];
  const tensors = new Map<string, TensorDeclaration>();
  const parameters = new Map<string, ParameterDeclaration>();
  const states = new Map<string, StepGraph['states'][number]>();
  const known = new Map<string, NodeId>();

  const add = (node: GraphNode): NodeId => {
    const { origin: _place, ...computation } = node;
    const key = JSON.stringify(computation);
    const standing = node.op === 'noise' || node.op === 'input' ? undefined : known.get(key);
    if (standing !== undefined) return standing;
    known.set(key, nodes.length);
    return nodes.push(node) - 1;
  };
  const sizeOf = (id: NodeId) => nodes[id].size;
  const numberAt = (id: NodeId) => {
    const node = nodes[id];
    return node.op === 'constant' && node.size === 1 ? node.value : undefined;
  };
  const constant = (value: number) => add({ op: 'constant', value, size: 1 });
  // A random number times zero need not be drawn.
  const silenced = (fn: BinaryFunction, left: NodeId, right: NodeId) =>
    fn === 'multiply' &&
    ((numberAt(left) === 0 && nodes[right].op === 'noise') ||
      (numberAt(right) === 0 && nodes[left].op === 'noise'))
      ? constant(0)
      : undefined;
  const folded = (value: number | undefined) => (value === undefined ? undefined : constant(value));
  return {
    nodes,
    get tensors() {
      return [...tensors.values()];
    },
    get parameters() {
      return [...parameters.values()];
    },
    get states() {
      return [...states.values()];
    },
    add,
    constant,
    sizeOf,
    numberAt,
    unary: (fn, of) => folded(foldUnary(fn, numberAt(of))) ?? add({ op: 'unary', fn, of, size: sizeOf(of) }),
    binary: (fn, left, right) =>
      silenced(fn, left, right) ??
      neutral(fn, left, right, numberAt) ??
      folded(foldBinary(fn, numberAt(left), numberAt(right))) ??
      add({ op: 'binary', fn, left, right, size: Math.max(sizeOf(left), sizeOf(right)) }),
    clamp: (of, low, high) => add({ op: 'clamp', of, low, high, size: sizeOf(of) }),
    concatenate: (of) =>
      of.length === 1
        ? of[0]
        : add({ op: 'concatenate', of, size: of.reduce((sum, part) => sum + sizeOf(part), 0) }),
    slice: (of, from, size) => (size === sizeOf(of) ? of : add({ op: 'slice', of, from, size })),
    product(tensor, of, units) {
      tensors.set(tensor, { name: tensor, inputs: sizeOf(of), units });
      return add({ op: 'product', tensor, of, size: units });
    },
    vector(tensor, size) {
      tensors.set(tensor, { name: tensor, inputs: 1, units: size });
      return add({ op: 'vector', tensor, size });
    },
    parameter(name, size) {
      parameters.set(name, { name, size });
      return add({ op: 'parameter', parameter: name, size });
    },
    state(name, size, initial, next) {
      const standing = states.get(name);
      if (standing) return standing;
      const previous = add({ op: 'previous', state: name, size });
      const state = { name, previous, next: next(previous), initial };
      states.set(name, state);
      return state;
    },
    declare: (tensor) => void tensors.set(tensor.name, tensor),
    opaque: (size) => add({ op: 'input', size }),
  };
}

/** x·1, x/1, x + 0 and x - 0 are x. */
function neutral(
  fn: BinaryFunction,
  left: NodeId,
  right: NodeId,
  numberAt: (id: NodeId) => number | undefined,
): NodeId | undefined {
  const element =
    fn === 'add' || fn === 'subtract' ? 0 : fn === 'multiply' || fn === 'divide' ? 1 : undefined;
  if (element === undefined) return undefined;
  if (numberAt(right) === element) return left;
  return numberAt(left) === element && (fn === 'add' || fn === 'multiply') ? right : undefined;
}

function foldUnary(fn: UnaryFunction, x: number | undefined): number | undefined {
  if (x === undefined) return undefined;
  if (fn === 'negate') return -x;
  if (fn === 'sqrt') return Math.sqrt(x);
  return fn === 'abs' ? Math.abs(x) : undefined;
}

function foldBinary(fn: BinaryFunction, a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  switch (fn) {
    case 'add':
      return a + b;
    case 'subtract':
      return a - b;
    case 'multiply':
      return a * b;
    case 'divide':
      return a / b;
    case 'power':
      return pow(a, b);
    case 'minimum':
      return Math.min(a, b);
    case 'maximum':
      return Math.max(a, b);
  }
}
