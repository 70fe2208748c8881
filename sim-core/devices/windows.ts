import { exp, expm1, log1p } from '../math/elementary.ts';
import { choice, quantity } from './define.ts';

/**
 * Window functions: the factor that slows a state's drift near its bounds.
 *
 * `x` is the normalised state, 0 .. 1; `rising` tells whether the drive pushes x up.
 * - none: 1. The bounds are hard.
 * - joglekar: `1 - (2x - 1)^(2p)` (Joglekar & Wolf, Eur. J. Phys. 30, 2009). Zero at both bounds in both
 *   directions, so that a device which reaches a bound exactly stays there.
 * - biolek: `1 - (x - stp(-i))^(2p)` (Biolek, Biolek & Biolkova, Radioengineering 18, 2009), stp(a) = 1 for a >= 0,
 *   else 0, with i > 0 the direction in which x rises: zero only at the bound being approached.
 * - prodromakis: `j·(1 - [(x - 0.5)² + 0.75]^p)` (Prodromakis et al., IEEE TED 58, 2011).
 * - kvatinsky: `exp(-exp((x - aOff)/wC))` rising, `exp(-exp(-(x - aOn)/wC))` falling (Kvatinsky et al., TEAM,
 *   IEEE TCAS-I 60, 2013).
 *
 * Public codes have some of these wrong: a misplaced power in Joglekar and Prodromakis, Biolek's direction inverted.
 */
export type Window = (x: number, rising: boolean) => number;

export type WindowName = 'none' | 'joglekar' | 'biolek' | 'prodromakis' | 'kvatinsky';

interface WindowParameters {
  readonly window: WindowName;
  readonly p: number;
  readonly j: number;
  /** In normalised state, as is `wC`. */
  readonly aOff: number;
  readonly aOn: number;
  readonly wC: number;
}

/** The window of this name with these parameters. */
export function windowFunction({ window, p, j, aOff, aOn, wC }: WindowParameters): Window {
  switch (window) {
    case 'none':
      return () => 1;
    case 'joglekar':
      return (x) => oneLessPower(4 * x * (1 - x), p);
    case 'biolek':
      return (x, rising) => oneLessPower(rising ? 1 - x : x, 2 * p);
    case 'prodromakis':
      return (x) => j * oneLessPower(x * (1 - x), p);
    case 'kvatinsky':
      return (x, rising) => exp(-exp(rising ? (x - aOff) / wC : (aOn - x) / wC));
  }
}

/**
 * `1 - (1 - y)^p`, to full precision for small y: so written, a window still tells how near its bound the state is where
 * `(2x - 1)` and its like have rounded to 1.
 */
const oneLessPower = (y: number, p: number): number => (p === 1 ? y : -expm1(p * log1p(-y)));

/** The word parameter `window`, with the model's own default first. */
export const windowChoice = (first: WindowName, source: string) =>
  choice<WindowName>(
    [first, ...windowNames.filter((name) => name !== first)],
    'window function that slows the state near its bounds',
    source,
  );

const windowNames: readonly WindowName[] = ['none', 'joglekar', 'biolek', 'prodromakis', 'kvatinsky'];

/** Parameters of the windows other than their lengths, which have the unit of the model's state. */
export const windowParameters = {
  p: quantity(1, '1', [0.1, 100], 'exponent of the Joglekar, Biolek and Prodromakis windows', 'our choice'),
  j: quantity(1, '1', [1e-3, 1e3], 'scale of the Prodromakis window', 'our choice'),
};
