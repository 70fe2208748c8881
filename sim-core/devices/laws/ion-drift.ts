import type { WindowName } from '../windows.ts';
import { add, byDirection, divide, expression, multiply, power, subtract } from './algebra.ts';
import { type Law, voltage } from './law.ts';
import { kvatinskyFoot, lawWindow } from './windows.ts';

/** Linear ion drift; see `linear-ion-drift.ts`. */
export function ionDriftLaw(window: WindowName): Law {
  const feet = { rising: kvatinskyFoot('aOn', 'x'), falling: kvatinskyFoot('x', 'aOff') };
  const { rising, falling } = lawWindow(window, 'x', feet);
  const i = divide(voltage, add(multiply('rOn', 'x'), multiply('rOff', subtract(1, 'x'))));
  const drift = divide(multiply('mobility', 'rOn'), power('thickness', 2));
  return {
    states: [
      {
        name: 'x',
        low: expression(0),
        high: expression(1),
        initial: expression('x0'),
        rate: byDirection('drift', rising, falling),
      },
    ],
    locals: [
      { name: 'i', value: i },
      { name: 'drift', value: multiply(drift, 'i') },
    ],
    current: expression('i'),
  };
}
