import { exp } from '../../math/elementary.ts';
import { quantity } from '../define.ts';
import { definePulseModel } from './pulse-model.ts';
import { drawStepDevice, type StepShape, stepConflicts, stepParameters } from './step-device.ts';

const reRam = 'aihwkit ReRamESPresetDevice';

/**
 * Exponential step (aihwkit, after Chen et al.): the change bends exponentially with the weight.
 *
 *     z = 2a·w/(high - low) + b,  y = 1 - A_d·exp(d·gamma_d·z),  w ← w + max(y, 0)·dw_d·(1 + dwMinStd·ξ)
 */
export const exponentialStep = definePulseModel({
  name: 'exponentialStep',
  doc: 'The change per pulse bends exponentially with the weight, separately for up and down.',
  source: 'IBM aihwkit, exponential step device',
  parameters: {
    ...stepParameters,
    aUp: quantity(-1.18445, '1', [-1e3, 1e3], 'factor of the exponential, upward', reRam),
    aDown: quantity(-0.081404, '1', [-1e3, 1e3], 'factor of the exponential, downward', reRam),
    gammaUp: quantity(5, '1', [0, 100], 'exponent, upward', reRam),
    gammaDown: quantity(5, '1', [0, 100], 'exponent, downward', reRam),
    a: quantity(-0.5, '1', [-10, 10], 'slope of the exponent in the weight', reRam),
    b: quantity(-0.5, '1', [-10, 10], 'offset of the exponent', reRam),
  },
  sets: {
    reRam: {
      source: `${reRam}, without its write noise; fitted to Gong et al. 2018`,
      values: {
        dwMin: 0.00135,
        upDown: 0.259359,
        upDownDtod: 0.05,
        wMax: 1,
        wMin: -1,
        dwMinDtod: 0.2,
        wMaxDtod: 0.3,
        wMinDtod: 0.3,
        dwMinStd: 5,
      },
    },
    pcm: {
      source:
        'aihwkit PCMPresetDevice, whose noise grows with the weight besides; after Nandakumar et al., Front. Neurosci. 2020',
      values: {
        dwMin: 0.01,
        a: -1,
        b: 0,
        upDownDtod: 0.05,
        dwMinDtod: 0.2,
        wMaxDtod: 0.1,
        wMinDtod: 0,
        dwMinStd: 0.6,
        wMax: 2,
        wMin: 0,
        aUp: -27.235,
        aDown: -2.235,
        gammaUp: 2.5,
        gammaDown: 2.5,
      },
    },
  },
  validate: stepConflicts,
  draw: (values, random) => drawStepDevice(values, random, exponentialShape(values)),
});

interface Exponential {
  readonly aUp: number;
  readonly aDown: number;
  readonly gammaUp: number;
  readonly gammaDown: number;
  readonly a: number;
  readonly b: number;
}

function exponentialShape({ aUp, aDown, gammaUp, gammaDown, a, b }: Exponential): StepShape {
  return (weight, rising, { low, high }, noise) => {
    const z = high > low ? (2 * a * weight) / (high - low) + b : b;
    const y = rising ? 1 - aUp * exp(gammaUp * z) : 1 - aDown * exp(-gammaDown * z);
    return Math.max(y, 0) * (1 + noise);
  };
}
