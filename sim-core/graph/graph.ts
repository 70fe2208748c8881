import type { BinaryFunction, Origin, UnaryFunction } from '../design/design.ts';

/**
 * The typed graph that everything is evaluated by: one layer's equations for one time step, sizes bound, in an order
 * in which each node uses only nodes above it. The ideal network and the network on hardware are graphs of the same
 * operations: a non-ideal crossbar is `product`, read noise is `noise`, a circuit's transfer curve is elementwise functions of
 * `parameter` vectors. So one evaluator and one differentiation serve every cell and every fidelity.
 *
 * A node's value is a matrix [size][batch] (feature-major): a slice or concatenation of features is contiguous.
 */
export interface StepGraph {
  readonly nodes: readonly GraphNode[];
  /** Node of each input, in the layer's order. */
  readonly inputs: readonly NodeId[];
  /** For each state: its value from the previous step, its new value, and its value before the first step. */
  readonly states: readonly {
    readonly name: string;
    readonly previous: NodeId;
    readonly next: NodeId;
    readonly initial: number;
  }[];
  readonly output: NodeId;
  /** Signals that can be probed: equation and state names to nodes, with their unit (`1` or `V`). */
  readonly probes: readonly {
    readonly name: string;
    readonly node: NodeId;
    readonly unit: string;
    readonly scale: number;
  }[];
  readonly tensors: readonly TensorDeclaration[];
  readonly parameters: readonly ParameterDeclaration[];
}

/** Index into `StepGraph.nodes`. */
export type NodeId = number;

export type GraphNode = { readonly size: number; readonly origin?: Origin } & (
  | { readonly op: 'input' }
  | { readonly op: 'previous'; readonly state: string }
  | { readonly op: 'constant'; readonly value: number }
  /** A vector that the host writes before a run, one value per unit: offsets, gains, column conductances. Not trained. */
  | { readonly op: 'parameter'; readonly parameter: string }
  /** A tensor with `inputs` 1 by itself, for elementwise use. */
  | { readonly op: 'vector'; readonly tensor: string }
  /**
   * What the bit lines of one column group of a crossbar add up: the sum over its operands. Evaluated as it stands
   * it is exact; hardware rewrites it. A `vmm` and a `peephole` that an equation adds directly share their bit lines
   * and are one node.
   */
  | { readonly op: 'crossbar'; readonly gate: string; readonly operands: readonly CrossbarOperand[] }
  /** `Σ_k W[k][j] · of[k]`. */
  | { readonly op: 'product'; readonly tensor: string; readonly of: NodeId }
  /**
   * Standard normal numbers, or uniform ones in -0.5 .. 0.5, new at each evaluation, from the stream that the run
   * provides. No gradient.
   */
  | { readonly op: 'noise'; readonly stream: string; readonly uniform?: true }
  /**
   * What the cells of an array that are not ohmic add to what its products give: a function of the voltages `of`, by the
   * name under which the realisation hands it over. No gradient.
   */
  | { readonly op: 'response'; readonly response: string; readonly of: NodeId }
  | { readonly op: 'unary'; readonly fn: UnaryFunction; readonly of: NodeId }
  /** Sizes are equal, or one of them is 1 and is broadcast. */
  | { readonly op: 'binary'; readonly fn: BinaryFunction; readonly left: NodeId; readonly right: NodeId }
  | { readonly op: 'clamp'; readonly of: NodeId; readonly low: NodeId; readonly high: NodeId }
  | { readonly op: 'concatenate'; readonly of: readonly NodeId[] }
  /** The largest magnitude of a node's elements: one number. No gradient. */
  | { readonly op: 'largest'; readonly of: NodeId }
  /** Elements `from` .. `from + size - 1` of a node. */
  | { readonly op: 'slice'; readonly of: NodeId; readonly from: number }
  | { readonly op: 'softmax'; readonly of: NodeId }
);

/** One row group of a crossbar product, in the order of the equation. */
export type CrossbarOperand =
  /** `Σ_k W[k][j] · of[k]`, W being [size of `of`][size of the node]. */
  | { readonly kind: 'full'; readonly tensor: string; readonly of: NodeId }
  /** `w[j] · of[j]`: a peephole. */
  | { readonly kind: 'diagonal'; readonly tensor: string; readonly of: NodeId }
  /** `w[j]`: a row that carries the number 1. */
  | { readonly kind: 'bias'; readonly tensor: string };

/** A matrix W[inputs][units], or with `inputs` 1 a vector; written by its name. */
export interface TensorDeclaration {
  readonly name: string;
  readonly inputs: number;
  readonly units: number;
  /** How a trained weight starts; undefined: the tensor is written before each run (hardware). */
  readonly initial?: 'glorotUniform' | 'orthogonal' | 'zero' | 'one';
  /**
   * The tensor starts as columns `from` .. `from + units - 1` of the matrix `name` [inputs][columns], which is drawn
   * as one: all gates of a cell that see the same operand, as Keras draws its kernels. Undefined: drawn by itself.
   */
  readonly fused?: { readonly name: string; readonly from: number; readonly columns: number };
}

export interface ParameterDeclaration {
  readonly name: string;
  readonly size: number;
}

/** One layer of a network, ready to compile. */
export interface SizedLayer {
  readonly name: string;
  readonly graph: StepGraph;
  /** Signals, by layer or network-input name, in the order of `graph.inputs`. */
  readonly inputs: readonly string[];
  readonly direction: 'forward' | 'backward';
  /** `sequence`: evaluated at each time step. `last`: its input's value after the last evaluated step. `vector`: once, on vectors. */
  readonly time: 'sequence' | 'last' | 'vector';
  readonly size: number;
}

export interface SizedNetwork {
  readonly inputs: readonly { readonly name: string; readonly size: number }[];
  readonly layers: readonly SizedLayer[];
  readonly outputs: readonly { readonly name: string; readonly size: number }[];
}
