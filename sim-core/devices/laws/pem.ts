import {
  add,
  divide,
  exp,
  expression,
  multiply,
  negate,
  type Operand,
  positive,
  sinh,
  subtract,
} from './algebra.ts';
import { type Law, type LawExpression, voltage } from './law.ts';

/** The piecewise empirical model; see `pem.ts`. */
export const pemLaw: Law = {
  states: [
    {
      name: 'x',
      low: expression(0),
      high: expression(1),
      initial: expression('x0'),
      rate: subtract(
        multiply('c1', beyond('d1', subtract(voltage, 'vP')), subtract(1, 'x')),
        multiply('c2', beyond('d2', subtract(negate(voltage), 'vN')), 'x'),
      ),
    },
  ],
  locals: [],
  current: multiply(
    'x',
    add(
      multiply('i1', growth(divide(voltage, 'v1'))),
      multiply(-1, 'i2', growth(divide(negate(voltage), 'v2'))),
      multiply('g0', voltage),
    ),
  ),
};

/** Zero up to a threshold. */
function beyond(scale: string, excess: LawExpression): LawExpression {
  return growth(multiply(scale, positive(excess)));
}

/** `e^a - 1` as `2·e^(a/2)·sinh(a/2)`, which keeps its digits where `a` is small. */
function growth(a: Operand): LawExpression {
  const half = multiply(0.5, a);
  return multiply(2, exp(half), sinh(half));
}
