import type { WindowName } from '../windows.ts';
import { divide, exp, minimum, multiply, negate, type Operand, power, subtract } from './algebra.ts';
import type { LawExpression } from './law.ts';

/** A window's factor where the state rises and where it falls. */
export interface LawWindow {
  readonly rising: LawExpression | number;
  readonly falling: LawExpression | number;
}

/**
 * The windows of `windows.ts` over the normalised state `u`, with the parameters `p` and `j`.
 *
 * @param feet the exponents `(u - aOff)/wC` and `(aOn - u)/wC` of the Kvatinsky window.
 */
export function lawWindow(
  name: WindowName,
  u: Operand,
  feet: { readonly rising: Operand; readonly falling: Operand },
): LawWindow {
  const both = (factor: LawExpression | number): LawWindow => ({ rising: factor, falling: factor });
  switch (name) {
    case 'none':
      return both(1);
    case 'joglekar':
      return both(subtract(1, power(power(subtract(multiply(2, u), 1), 2), 'p')));
    case 'biolek':
      return {
        rising: subtract(1, power(u, multiply(2, 'p'))),
        falling: subtract(1, power(subtract(1, u), multiply(2, 'p'))),
      };
    case 'prodromakis':
      return both(multiply('j', subtract(1, power(subtract(1, multiply(u, subtract(1, u))), 'p'))));
    case 'kvatinsky':
      return { rising: doubleExponential(feet.rising), falling: doubleExponential(feet.falling) };
  }
}

/** `exp(-exp(x))`, which is zero long before its inner exponential could overflow. */
const doubleExponential = (x: Operand): LawExpression => exp(negate(exp(minimum(x, 100))));

export const kvatinskyFoot = (from: Operand, to: Operand): LawExpression => divide(subtract(to, from), 'wC');
