import type { BinaryFunction } from '../design/design.ts';
import { asin } from '../math/arc-sine.ts';
import { cosh, exp, log, pow, sigmoid, sinh, tanh } from '../math/elementary.ts';
import type { LawExpression, LawFunction } from './laws/law.ts';

/** A scalar equation, ready to evaluate over an array of named values. */
export type Scalar = (values: Float64Array) => number;

/** A reference that nothing defines, or an operation that a device's scalar equations cannot have. */
export class UnknownName extends Error {
  constructor(name: string) {
    super(`${name} is not defined in its equations`);
  }
}

/** Compiles a scalar expression; `slotOf` gives the place of a name in the array of values. */
export function compileScalar(expression: LawExpression, slotOf: (name: string) => number): Scalar {
  const compile = (inner: LawExpression) => compileScalar(inner, slotOf);
  switch (expression.op) {
    case 'number': {
      const { value } = expression;
      return () => value;
    }
    case 'reference': {
      if (expression.next) throw new UnknownName(`${expression.name}'`);
      const slot = slotOf(expression.name);
      return (values) => values[slot];
    }
    case 'unary': {
      const fn = unary[expression.fn];
      const of = compile(expression.of);
      return (values) => fn(of(values));
    }
    case 'binary': {
      const fn = binary[expression.fn];
      const [left, right] = [compile(expression.left), compile(expression.right)];
      return (values) => fn(left(values), right(values));
    }
    case 'clamp': {
      const [of, low, high] = [compile(expression.of), compile(expression.low), compile(expression.high)];
      return (values) => Math.min(Math.max(of(values), low(values)), high(values));
    }
    case 'vmm':
    case 'peephole':
      throw new UnknownName(expression.op);
  }
}

const unary: Readonly<Record<LawFunction, (x: number) => number>> = {
  negate: (x) => -x,
  sigmoid,
  hardSigmoid: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
  tanh,
  relu: (x) => Math.max(x, 0),
  exp,
  ln: log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sinh,
  cosh,
  asin,
  sign: Math.sign,
  step: (x) => (x >= 0 ? 1 : 0),
  round: Math.round,
};

const binary: Readonly<Record<BinaryFunction, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => (b === 2 ? a * a : pow(a, b)),
  minimum: Math.min,
  maximum: Math.max,
};
