import { boltzmannOverCharge } from '../constants.ts';
import { movingOnset } from '../stanford2012.ts';
import {
  abs,
  add,
  clamp,
  divide,
  exp,
  expression,
  multiply,
  negate,
  negative,
  positive,
  power,
  sinh,
  step,
  subtract,
} from './algebra.ts';
import { type Law, type LawExpression, voltage } from './law.ts';

/** Tunnelling through the gap. */
const current = multiply('i0', exp(negate(divide('gap', 'g0'))), sinh(divide(voltage, 'v0')));

/** What the gap takes off the field's enhancement: `beta·(gap/1 nm)³`. */
const lowering = multiply('beta', power(multiply(1e9, 'gap'), 3));

const gap = (rate: LawExpression) => ({
  name: 'gap',
  low: expression('gapMin'),
  high: expression('gapMax'),
  initial: expression('gapInitial'),
  rate,
});

const heating = abs(multiply(voltage, 'i'));

/**
 * The model of 2012; see `stanford2012.ts`.
 *
 * @param fMin without a least field every enhanced field moves the gap.
 */
export function stanford2012Law(fMin: number): Law {
  const field = divide(multiply('gamma', abs(voltage)), 'tOx');
  const share =
    fMin === 0
      ? subtract(1, step(negate('gamma')))
      : clamp(divide(subtract(divide(field, 'fMin'), 1), movingOnset), 0, 1);
  const hopping = sinh(divide(multiply(divide(multiply('gamma', 'a0'), 'tOx'), voltage), 'thermal'));
  return {
    states: [gap(negate(multiply(share, 'velocity', exp(negate(divide('eA', 'thermal'))), hopping)))],
    locals: [
      { name: 'i', value: current },
      { name: 'gamma', value: subtract('gamma0', lowering) },
      {
        name: 'thermal',
        value: multiply(boltzmannOverCharge, add('t0', multiply(heating, 'rTh'))),
      },
    ],
    current: expression('i'),
  };
}

/** The model of 2016; see `stanford2016.ts`. */
export const stanford2016Law: Law = {
  states: [
    gap(
      negate(
        multiply(
          'velocity',
          subtract(
            exp(subtract('tilt', divide('eG', 'thermal'))),
            exp(subtract(negate('tilt'), divide('eR', 'thermal'))),
          ),
        ),
      ),
    ),
    {
      name: 'T',
      low: expression('t0'),
      high: expression('tMax'),
      initial: expression('t0'),
      rate: subtract(divide(heating, 'cTh'), divide(subtract('T', 't0'), 'tauTh')),
    },
  ],
  locals: [
    { name: 'i', value: current },
    { name: 'thermal', value: multiply(boltzmannOverCharge, 'T') },
    {
      name: 'enhanced',
      value: subtract(
        add(multiply('gammaP', positive(voltage)), multiply('gammaN', negative(voltage))),
        multiply(lowering, voltage),
      ),
    },
    { name: 'tilt', value: divide(multiply(divide('a0', 'tOx'), 'enhanced'), 'thermal') },
  ],
  current: expression('i'),
};
