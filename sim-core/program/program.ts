import type { Origin } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import type { RandomStream } from '../math/random.ts';
import type { Slot } from './instructions.ts';

/**
 * A compiled network: one memory of float64 and, per phase, the instructions of a time step and those of its
 * derivative. Made by `compileNetwork`, used through the functions of `access.ts` and `evaluate.ts`.
 */
export interface Program {
  readonly network: SizedNetwork;
  readonly batch: number;
  readonly steps: number;
  readonly gradient: boolean;
  readonly machine: Machine;
  /** Code evaluated once per forward pass: what depends on parameters alone. */
  readonly prologue: number;
  readonly phases: readonly CompiledPhase[];
  readonly inputs: ReadonlyMap<string, SequencePlace>;
  readonly outputs: ReadonlyMap<string, SequencePlace>;
  /** By `layer.signal`. */
  readonly probes: ReadonlyMap<string, SequencePlace>;
  readonly tensors: ReadonlyMap<string, TensorPlaces>;
  readonly parameters: ReadonlyMap<string, readonly ParameterPlace[]>;
  /** What a backward pass clears at its start. */
  readonly cleared: readonly { readonly base: number; readonly count: number }[];
  /** What is left to change: the source of noise, and where the last forward pass met a value that is not finite. */
  readonly state: ProgramState;
}

/**
 * What the host computes: `into` [outputs] of the voltages `of` [inputs], for one sequence of the batch. What goes wrong
 * is a problem.
 */
export type Response = (of: Float64Array, into: Float64Array, sequence: number) => Problem | undefined;

export interface ProgramState {
  /** By the name of its node. */
  readonly responses: Map<string, Response>;
  noise?: (stream: string) => RandomStream;
  failure?: { readonly phase: number; readonly layer: number; readonly evaluation: number };
  /** What a response that failed said. */
  problem?: Problem;
}

/** A memory with programs in it and what runs them. */
export interface Machine {
  readonly memory: Float64Array;
  /**
   * Runs the code of that index for evaluations `from`, `from + direction` ... up to but without `to`; -1, or what a
   * guard says.
   */
  run(code: number, from: number, to: number, direction: 1 | -1): number;
}

export interface CompiledPhase {
  readonly kind: 'forward' | 'backward' | 'once';
  readonly steps: number;
  /** Codes of a step, between which the responses are computed, and the code of its derivative. */
  readonly forward: readonly number[];
  readonly backward: number;
  /** Values set before the first step. */
  readonly initial: readonly { readonly base: number; readonly count: number; readonly value: number }[];
  /** What a guard that failed can name, per layer, in the order of evaluation. */
  readonly signals: readonly GuardedSignal[];
  /** Filled with new random numbers before each step. */
  readonly noises: readonly NoisePlace[];
  /** One behind each code of a step but the last. */
  readonly responses: readonly ResponsePlace[];
}

export interface GuardedSignal {
  readonly layer: number;
  readonly signal: string;
  readonly base: number;
  readonly stride: number;
  readonly count: number;
  readonly origin?: Origin;
}

/** A value [size][batch] at each of `steps` time steps, `stride` apart. */
export interface SequencePlace {
  readonly base: number;
  readonly stride: number;
  readonly size: number;
  readonly steps: number;
  /** Where the host writes the gradient with respect to it, laid out in the same way. */
  readonly gradient?: { readonly base: number; readonly stride: number };
}

export interface TensorPlaces {
  readonly inputs: number;
  readonly units: number;
  readonly places: readonly TensorPlace[];
}

/** One use of a tensor. A matrix stands in panels from `column` on; a vector is repeated along the batch. */
export type TensorPlace =
  | {
      readonly kind: 'matrix';
      readonly base: number;
      readonly columns: number;
      readonly column: number;
      readonly gradient: number;
    }
  | { readonly kind: 'bias'; readonly base: number; readonly gradient: number }
  | { readonly kind: 'vector'; readonly base: number; readonly gradient: number };

/** A parameter repeated along the batch, and where it is one number, along `size`. */
export interface ParameterPlace {
  readonly base: number;
  readonly size: number;
  readonly of: number;
}

/** Where a response takes its operands [inputs][batch] and puts its values [outputs][batch]. */
export interface ResponsePlace {
  readonly name: string;
  readonly layer: number;
  readonly from: Slot;
  readonly inputs: number;
  readonly to: Slot;
  readonly outputs: number;
}

export interface NoisePlace {
  readonly stream: string;
  /** Uniform in -0.5 .. 0.5 instead of standard normal. */
  readonly uniform: boolean;
  readonly base: number;
  readonly stride: number;
  readonly count: number;
}
