import type { BlockDesign, BlockUse, Expression, ParameterValue } from '@memloom/sim-core';
import { applyBinary, applyUnary, limit } from '../types/ranges/functions.ts';
import {
  anything,
  type Interval,
  interval,
  isBounded,
  isPoint,
  magnitude,
  point,
} from '../types/ranges/interval.ts';

/** What a block gives, and where what goes into a limiter of it lies beyond the limits. */
export interface BlockRange {
  readonly output: Interval;
  readonly clipped: readonly Clipping[];
}

export interface Clipping {
  readonly reaches: Interval;
  readonly limits: Interval;
}

/** A block's transfer over ranges of its inputs, its parameters at their nominal values. */
export function blockRange(
  block: BlockDesign,
  use: BlockUse,
  inputs: ReadonlyMap<string, Interval>,
): BlockRange {
  const values = new Map<string, Interval>(inputs);
  for (const parameter of block.parameters)
    setNominal(values, parameter.name, use.arguments[parameter.name] ?? parameter.default);
  const clipped: Clipping[] = [];
  for (const equation of block.equations)
    values.set(equation.name, evaluate(equation.value, values, clipped));
  return { output: values.get(block.output.name) ?? anything, clipped };
}

function setNominal(values: Map<string, Interval>, name: string, value: ParameterValue): void {
  switch (value.kind) {
    case 'number':
      values.set(name, point(value.value));
      break;
    case 'distribution':
      values.set(name, point(value.mean));
      break;
    case 'range':
      values.set(`${name}.low`, point(value.low));
      values.set(`${name}.high`, point(value.high));
      break;
    case 'word':
  }
}

function evaluate(
  expression: Expression,
  values: ReadonlyMap<string, Interval>,
  clipped: Clipping[],
): Interval {
  const of = (part: Expression) => evaluate(part, values, clipped);
  switch (expression.op) {
    case 'number':
      return point(expression.value);
    case 'reference':
      return values.get(expression.name) ?? anything;
    case 'unary':
      return applyUnary(expression.fn, of(expression.of));
    case 'binary':
      return applyBinary(expression.fn, of(expression.left), of(expression.right));
    case 'clamp': {
      const [reaches, low, high] = [of(expression.of), of(expression.low), of(expression.high)];
      if (isPoint(low) && isPoint(high)) noteClipping(reaches, interval(low.low, high.high), clipped);
      return limit(reaches, low, high);
    }
    default:
      return anything;
  }
}

/** What a circuit's own offsets add; a signal that just fills the rails is no finding. */
const tolerance = 0.01;

function noteClipping(reaches: Interval, limits: Interval, clipped: Clipping[]): void {
  if (!isBounded(reaches)) return;
  const slack = tolerance * Math.max(magnitude(reaches), magnitude(limits));
  const clips = reaches.low < limits.low - slack || reaches.high > limits.high + slack;
  const seen = clipped.some((other) => other.limits.low === limits.low && other.limits.high === limits.high);
  if (clips && !seen) clipped.push({ reaches, limits });
}
