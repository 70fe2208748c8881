import { choice, quantity } from '../define.ts';
import { definePulseModel } from './pulse-model.ts';
import { drawStepDevice, type StepShape, stepConflicts, stepParameters } from './step-device.ts';

/**
 * Linear step: the change falls linearly with the weight (aihwkit).
 *
 *     w ← w + dw_d·(1 - gammaUp·w/high + dwMinStd·ξ) up,  w + dw_d·(1 - gammaDown·w/low + dwMinStd·ξ) down
 *
 * At gamma = 1 the change vanishes at the bound. With `noise = multiplicative` the variation scales the whole step.
 */
export const linearStep = definePulseModel({
  name: 'linearStep',
  doc: 'The change per pulse falls linearly towards the bound that the pulses approach.',
  source: 'IBM aihwkit, linear step device',
  parameters: {
    ...stepParameters,
    gammaUp: quantity(0, '1', [0, 10], 'slope of upward steps, relative to the bound', 'IBM aihwkit'),
    gammaDown: quantity(0, '1', [0, 10], 'slope of downward steps, relative to the bound', 'IBM aihwkit'),
    noise: choice<'additive' | 'multiplicative'>(
      ['additive', 'multiplicative'],
      'whether the cycle-to-cycle variation is of the step at weight 0 or of the step taken',
      'IBM aihwkit, mult_noise',
    ),
  },
  sets: {
    ecRam: {
      source:
        'aihwkit EcRamPresetDevice, without the variation of its slopes; fitted to Tang et al., IEDM 2018',
      values: {
        dwMin: 0.002,
        wMax: 1.1724,
        wMin: -0.8276,
        gammaUp: 0.1153,
        gammaDown: 0.5085,
        dwMinDtod: 0.1,
        wMaxDtod: 0.05,
        wMinDtod: 0.05,
        dwMinStd: 0.3,
        noise: 'multiplicative',
      },
    },
    ecRamMo: {
      source: 'aihwkit EcRamMOPresetDevice, without the variation of its slopes; after Kim et al., IEDM 2019',
      values: {
        dwMin: 2.8214e-4,
        wMax: 1.1714,
        wMin: -0.8286,
        gammaUp: 0.4152,
        gammaDown: 0.7342,
        dwMinDtod: 0.1,
        wMaxDtod: 0.05,
        wMinDtod: 0.05,
        dwMinStd: 2,
        noise: 'multiplicative',
      },
    },
  },
  validate: stepConflicts,
  draw: (values, random) =>
    drawStepDevice(values, random, linearShape(values.gammaUp, values.gammaDown, values.noise)),
});

/** `1 - gamma·w/bound + noise`, or with multiplicative noise `(1 - gamma·w/bound)·(1 + noise)`. */
export function linearShape(
  gammaUp: number,
  gammaDown: number,
  kind: 'additive' | 'multiplicative',
): StepShape {
  return (weight, rising, { low, high }, noise) => {
    const bound = rising ? high : low;
    const slope = bound === 0 ? 0 : ((rising ? gammaUp : gammaDown) * weight) / bound;
    return kind === 'additive' ? 1 - slope + noise : (1 - slope) * (1 + noise);
  };
}
