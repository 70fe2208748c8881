import type { BinaryFunction, Equation, UnaryFunction } from './equations.ts';
import type { Identified, Size } from './values.ts';

export interface CellDesign extends Identified {
  /** Names of the dimension variables, such as `n` and `m`. */
  readonly dimensions: readonly string[];
  readonly inputs: readonly { readonly name: string; readonly size: Size }[];
  readonly outputs: readonly { readonly name: string; readonly size: Size }[];
  readonly states: readonly { readonly name: string; readonly size: Size; readonly initial: number }[];
  /** All equations, inherited ones included, in an order in which each uses only what is above it. */
  readonly equations: readonly Equation[];
  /** The cell that this one extends. */
  readonly extends?: string;
}

/**
 * One layer of a network; a layer's output is a signal with the layer's name. Layers stand in the order of
 * evaluation. A sequence signal has a value at each time step.
 */
export type LayerDesign = Identified & { readonly inputs: readonly string[] } & (
    | {
        readonly kind: 'cell';
        readonly cell: string;
        /** Bound dimensions; those of the inputs are found from the inputs' sizes. */
        readonly dimensions: Readonly<Record<string, number>>;
        /** Runs from the last time step to the first. */
        readonly reverse: boolean;
      }
    | { readonly kind: 'dense'; readonly units: number; readonly bias: boolean }
    | { readonly kind: 'unary'; readonly fn: UnaryFunction }
    | { readonly kind: 'binary'; readonly fn: BinaryFunction }
    | { readonly kind: 'softmax' }
    | { readonly kind: 'concatenate' }
    /** The value after the last step (of a reversed cell, that is time step 0): a sequence becomes one vector. */
    | { readonly kind: 'last'; readonly reverse: boolean }
  );

export interface NetworkDesign extends Identified {
  readonly inputs: readonly { readonly name: string; readonly size: number }[];
  /** Each output is the signal of the layer with that name. */
  readonly outputs: readonly { readonly name: string; readonly size: number }[];
  readonly layers: readonly LayerDesign[];
  /** `HardwareDesign.name`. */
  readonly hardware?: string;
}
