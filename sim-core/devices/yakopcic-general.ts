import { sinh } from '../math/elementary.ts';
import { defineModel, quantity } from './define.ts';
import { yakopcicMotion, yakopcicMotionParameters } from './yakopcic.ts';

const strontium = 'memristor_yakopcic.sub, SrTiO3 set';
const rate = 1 / 844.36;

/**
 * The generalised form of Yakopcic's model (2020): conduction passes from `gMin` to `gMax` with the state, each with
 * its own curvature and its own value for either polarity:
 *
 *     I = gMax·sinh(bMax·V)·x + gMin·sinh(bMin·V)·(1 - x)
 *
 * The state moves as in the original model, slowed by the same f(x).
 */
export const yakopcicGeneral = defineModel({
  name: 'yakopcicGeneral',
  doc: 'Generalised Yakopcic: on and off conduction each with its own curvature and polarity, thresholds in voltage.',
  source: 'Yakopcic et al. (2020), generalised memristor model',
  parameters: {
    gMaxP: quantity(9e-5, 'A', [1e-15, 1e3], 'on conduction at positive voltage', strontium),
    bMaxP: quantity(
      4.96,
      '1/V',
      [1e-6, 100],
      'curvature of the on conduction at positive voltage',
      strontium,
    ),
    gMaxN: quantity(1.7e-4, 'A', [1e-15, 1e3], 'on conduction at negative voltage', strontium),
    bMaxN: quantity(
      3.23,
      '1/V',
      [1e-6, 100],
      'curvature of the on conduction at negative voltage',
      strontium,
    ),
    gMinP: quantity(1.5e-5, 'A', [0, 1e3], 'off conduction at positive voltage', strontium),
    bMinP: quantity(
      6.91,
      '1/V',
      [1e-6, 100],
      'curvature of the off conduction at positive voltage',
      strontium,
    ),
    gMinN: quantity(4.4e-7, 'A', [0, 1e3], 'off conduction at negative voltage', strontium),
    bMinN: quantity(
      2.6,
      '1/V',
      [1e-6, 100],
      'curvature of the off conduction at negative voltage',
      strontium,
    ),
    ...yakopcicMotionParameters,
    vP: quantity(0.5, 'V', [0, 100], 'positive threshold', strontium),
    vN: quantity(0.5, 'V', [0, 100], 'magnitude of the negative threshold', strontium),
    aP: quantity(90 * rate, '1/s', [0, 1e15], 'rate beyond the positive threshold', strontium),
    aN: quantity(10 * rate, '1/s', [0, 1e15], 'rate beyond the negative threshold', strontium),
    xP: quantity(0.1, '1', [0, 0.999999], 'state above which rising slows down', strontium),
    xN: quantity(0.242, '1', [0, 0.999999], '1 - state below which falling slows down', strontium),
    alphaP: quantity(1, '1', [0, 1000], 'decay of the rise beyond xP', 'our choice'),
    alphaN: quantity(1, '1', [0, 1000], 'decay of the fall beyond 1 - xN', 'our choice'),
    x0: quantity(0.1, '1', [0, 1], 'initial state', 'our choice'),
  },
  sets: {
    strontiumTitanate: {
      source: `${strontium}; alphaP, alphaN and x0 are not among its values and keep our defaults`,
      values: {
        gMaxP: 9e-5,
        bMaxP: 4.96,
        gMaxN: 1.7e-4,
        bMaxN: 3.23,
        gMinP: 1.5e-5,
        bMinP: 6.91,
        gMinN: 4.4e-7,
        bMinN: 2.6,
        aP: 90 * rate,
        aN: 10 * rate,
        vP: 0.5,
        vN: 0.5,
        xP: 0.1,
        xN: 0.242,
      },
    },
  },
  device(parameters) {
    const { gMaxP, bMaxP, gMaxN, bMaxN, gMinP, bMinP, gMinN, bMinN, x0, vP, vN } = parameters;
    const motion = yakopcicMotion(parameters);
    return {
      states: [{ name: 'x', unit: '1', low: 0, high: 1, initial: x0 }],
      on: [1],
      off: [0],
      thresholds: [-vN, 0, vP],
      stiff: false,
      current(states, voltage) {
        const x = states[0];
        return voltage >= 0
          ? gMaxP * sinh(bMaxP * voltage) * x + gMinP * sinh(bMinP * voltage) * (1 - x)
          : gMaxN * sinh(bMaxN * voltage) * x + gMinN * sinh(bMinN * voltage) * (1 - x);
      },
      derivative(states, voltage, derivative) {
        derivative[0] = motion(states[0], voltage);
      },
    };
  },
});
