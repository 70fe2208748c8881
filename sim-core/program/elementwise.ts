import type { BinaryFunction, UnaryFunction } from '../design/design.ts';
import { cosh, exp, log, pow, sigmoid, sinh, tanh } from '../math/elementary.ts';

/** The elementwise functions of the language, on numbers. */
export const unaryFunctions: Readonly<Record<UnaryFunction, (x: number) => number>> = {
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
  sign: (x) => (x > 0 ? 1 : x < 0 ? -1 : x),
  step: (x) => (x >= 0 ? 1 : 0),
  round: nearest,
};

export const binaryFunctions: Readonly<Record<BinaryFunction, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: pow,
  minimum: Math.min,
  maximum: Math.max,
};

/** `slope(gradient, x, y)`: the gradient times the derivative at x, where the function's value is y. */
export const unaryGradients: Readonly<
  Record<UnaryFunction, (gradient: number, x: number, y: number) => number>
> = {
  negate: (g) => -g,
  sigmoid: (g, _x, y) => g * (y * (1 - y)),
  hardSigmoid: (g, _x, y) => (y > 0 && y < 1 ? g * 0.2 : 0),
  tanh: (g, _x, y) => g * (1 - y * y),
  relu: (g, x) => (x > 0 ? g : 0),
  exp: (g, _x, y) => g * y,
  ln: (g, x) => g / x,
  sqrt: (g, _x, y) => g * (0.5 / y),
  abs: (g, x) => (x < 0 ? -g : x > 0 ? g : 0),
  sinh: (g, x) => g * cosh(x),
  cosh: (g, x) => g * sinh(x),
  sign: () => 0,
  step: () => 0,
  round: (g) => g,
};

/** To the nearest integer, ties to even: adding a number without fraction bits drops them. */
function nearest(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < 4503599627370496)) return x;
  const rounded = magnitude + 4503599627370496 - 4503599627370496;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}
