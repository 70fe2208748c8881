import type { Identified, Origin, Size } from './values.ts';

/** Elementwise functions of one argument. */
export type UnaryFunction =
  | 'negate'
  | 'sigmoid'
  | 'hardSigmoid'
  | 'tanh'
  | 'relu'
  | 'exp'
  | 'ln'
  | 'sqrt'
  | 'abs'
  | 'sinh'
  | 'cosh'
  | 'sign'
  | 'step'
  /** To the nearest integer; its derivative counts as 1 (straight through). */
  | 'round';
export type BinaryFunction = 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'minimum' | 'maximum';

/** One typed expression of an equation over the functions `F`. Vectors combine elementwise; numbers broadcast. */
export type Expression<F extends string = UnaryFunction> =
  | { readonly op: 'number'; readonly value: number; readonly origin?: Origin }
  /** The value of an input, state, equation, parameter or local; `next` when it is written with a prime (`c'`). */
  | { readonly op: 'reference'; readonly name: string; readonly next: boolean; readonly origin?: Origin }
  | { readonly op: 'unary'; readonly fn: F; readonly of: Expression<F>; readonly origin?: Origin }
  | {
      readonly op: 'binary';
      readonly fn: BinaryFunction;
      readonly left: Expression<F>;
      readonly right: Expression<F>;
      readonly origin?: Origin;
    }
  /** Limits `of` to `low .. high`. */
  | {
      readonly op: 'clamp';
      readonly of: Expression<F>;
      readonly low: Expression<F>;
      readonly high: Expression<F>;
      readonly origin?: Origin;
    }
  /**
   * A crossbar product `Σ W_operand · operand`, one column group, one row group per operand. `label` names the
   * weight block: `GATE.label` within the cell, as in `i.x`, `i.h`, `i.bias`. An operand that is the number 1 is a bias.
   */
  | {
      readonly op: 'vmm';
      readonly id: string;
      readonly operands: readonly WeightedOperand[];
      readonly origin?: Origin;
    }
  /** A diagonal product `w ∘ operand` with one weight per unit, which also lives in the crossbar. */
  | {
      readonly op: 'peephole';
      readonly id: string;
      readonly operand: WeightedOperand;
      readonly origin?: Origin;
    };

export interface WeightedOperand {
  /** Name of the weight block within its cell, `GATE.OPERAND`; unique in the cell. */
  readonly weights: string;
  readonly value: Expression;
  /** Size of the operand; `{ constant: 1 }` for a bias. */
  readonly size: Size;
}

export interface Equation extends Identified {
  /** `name` is defined by `value`; with `next`, the state `name` takes it at the end of the time step. */
  readonly next: boolean;
  readonly value: Expression;
  readonly size: Size;
}
