import type { WindowName } from '../windows.ts';
import { add, divide, exp, expression, ln, multiply, positive, power, subtract } from './algebra.ts';
import { type Law, type LawExpression, voltage } from './law.ts';
import { kvatinskyFoot, lawWindow } from './windows.ts';

/** TEAM, which a current moves, and VTEAM, which a voltage does; see `team.ts`, `vteam.ts` and `barrier.ts`. */
export function barrierLaw(
  drive: 'current' | 'voltage',
  form: 'linear' | 'exponential',
  window: WindowName,
): Law {
  const feet = { rising: kvatinskyFoot('aOff', 'x'), falling: kvatinskyFoot('x', 'aOn') };
  const { rising, falling } = lawWindow(window, 'u', feet);
  const [driven, off, on] = drive === 'current' ? ['i', 'iOff', 'iOn'] : [voltage, 'vOff', 'vOn'];
  const beyond = (threshold: string, exponent: string): LawExpression =>
    power(positive(subtract(divide(driven, threshold), 1)), exponent);
  const resistance =
    form === 'linear'
      ? add('rOn', multiply(subtract('rOff', 'rOn'), 'u'))
      : multiply('rOn', exp(multiply(ln(divide('rOff', 'rOn')), 'u')));
  return {
    states: [
      {
        name: 'x',
        low: expression('xOn'),
        high: expression('xOff'),
        initial: expression('x0'),
        rate: add(
          multiply('kOff', beyond(off, 'alphaOff'), rising),
          multiply('kOn', beyond(on, 'alphaOn'), falling),
        ),
      },
    ],
    locals: [
      { name: 'u', value: divide(subtract('x', 'xOn'), subtract('xOff', 'xOn')) },
      { name: 'i', value: divide(voltage, resistance) },
    ],
    current: expression('i'),
  };
}
