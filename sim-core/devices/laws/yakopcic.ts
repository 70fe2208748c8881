import {
  add,
  byDirection,
  divide,
  exp,
  expression,
  maximum,
  minimum,
  multiply,
  negate,
  negative,
  positive,
  sinh,
  subtract,
} from './algebra.ts';
import { type Law, type LawExpression, type LawState, voltage } from './law.ts';

/** The model of 2011; see `yakopcic.ts`. */
export const yakopcicLaw: Law = {
  states: [yakopcicState()],
  locals: [],
  current: multiply('x', byPolarity('a1', 'b', 'a2', 'b')),
};

/** The generalised model; see `yakopcic-general.ts`. */
export const yakopcicGeneralLaw: Law = {
  states: [yakopcicState()],
  locals: [],
  current: add(
    multiply('x', byPolarity('gMaxP', 'bMaxP', 'gMaxN', 'bMaxN')),
    multiply(subtract(1, 'x'), byPolarity('gMinP', 'bMinP', 'gMinN', 'bMinN')),
  ),
};

/** `gP·sinh(bP·V)` at positive voltage, `gN·sinh(bN·V)` at negative: each vanishes where the other acts. */
function byPolarity(gP: string, bP: string, gN: string, bN: string): LawExpression {
  return add(
    multiply(gP, sinh(multiply(bP, positive(voltage)))),
    multiply(gN, sinh(multiply(bN, negative(voltage)))),
  );
}

function yakopcicState(): LawState {
  const beyond = (rate: string, volts: LawExpression | string, threshold: string) =>
    multiply(rate, subtract(exp(maximum(volts, threshold)), exp(threshold)));
  const drive = subtract(beyond('aP', voltage, 'vP'), beyond('aN', negate(voltage), 'vN'));
  const above = positive(subtract('x', 'xP'));
  const below = minimum('x', subtract(1, 'xN'));
  const rising = multiply(
    exp(negate(multiply('alphaP', above))),
    subtract(1, divide(above, subtract(1, 'xP'))),
  );
  const falling = multiply(
    exp(multiply('alphaN', subtract(add(below, 'xN'), 1))),
    divide(below, subtract(1, 'xN')),
  );
  return {
    name: 'x',
    low: expression(0),
    high: expression(1),
    initial: expression('x0'),
    rate: byDirection(multiply('eta', drive), rising, falling),
  };
}
