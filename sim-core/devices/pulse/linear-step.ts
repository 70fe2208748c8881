import { quantity } from '../define.ts';
import { definePulseModel } from './pulse-model.ts';
import { drawStepDevice, type StepShape, stepConflicts, stepParameters } from './step-device.ts';

/**
 * Linear step: the change falls linearly with the weight (aihwkit).
 *
 *     w ← w + dw_d·(1 - gammaUp·w/high + dwMinStd·ξ) up,  w + dw_d·(1 - gammaDown·w/low + dwMinStd·ξ) down
 *
 * At gamma = 1 the change vanishes at the bound.
 */
export const linearStep = definePulseModel({
  name: 'linearStep',
  doc: 'The change per pulse falls linearly towards the bound that the pulses approach.',
  source: 'IBM aihwkit, linear step device',
  parameters: {
    ...stepParameters,
    gammaUp: quantity(0, '1', [0, 10], 'slope of upward steps, relative to the bound', 'IBM aihwkit'),
    gammaDown: quantity(0, '1', [0, 10], 'slope of downward steps, relative to the bound', 'IBM aihwkit'),
  },
  sets: {
    ecRam: {
      source: 'aihwkit EcRamPresetDevice',
      values: {
        dwMin: 0.002,
        wMax: 1.1724,
        wMin: -0.8276,
        gammaUp: 0.1153,
        gammaDown: 0.5085,
        dwMinDtod: 0.1,
        dwMinStd: 0.3,
      },
    },
  },
  validate: stepConflicts,
  draw: (values, random) => drawStepDevice(values, random, linearShape(values.gammaUp, values.gammaDown)),
});

/** `1 - gamma·w/bound + noise`, never against the pulse's direction. */
export function linearShape(gammaUp: number, gammaDown: number): StepShape {
  return (weight, rising, { low, high }, noise) => {
    const bound = rising ? high : low;
    const slope = bound === 0 ? 0 : ((rising ? gammaUp : gammaDown) * weight) / bound;
    return 1 - slope + noise;
  };
}
