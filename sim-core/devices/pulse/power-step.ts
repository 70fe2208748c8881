import { pow } from '../../math/elementary.ts';
import { quantity } from '../define.ts';
import { definePulseModel } from './pulse-model.ts';
import { drawStepDevice, stepConflicts, stepParameters } from './step-device.ts';

/**
 * Power step (aihwkit; a shifted form of the synapse of Fusi & Abbott 2007): with the relative distance
 * `omega = (high - w)/(high - low)`,
 *
 *     w ← w + dw_d·omega^gammaUp·(1 + dwMinStd·ξ) up,  w + dw_d·(1 - omega)^gammaDown·(1 + dwMinStd·ξ) down
 */
export const powerStep = definePulseModel({
  name: 'powerStep',
  doc: 'The change per pulse falls with a power of the distance to the bound.',
  source: 'IBM aihwkit, power step device',
  parameters: {
    ...stepParameters,
    gammaUp: quantity(1, '1', [0, 100], 'power of the distance to the upper bound', 'our choice'),
    gammaDown: quantity(1, '1', [0, 100], 'power of the distance to the lower bound', 'our choice'),
  },
  sets: {},
  validate: stepConflicts,
  draw: (values, random) =>
    drawStepDevice(values, random, (weight, rising, { low, high }, noise) => {
      if (high <= low) return 0;
      const omega = (high - weight) / (high - low);
      return (rising ? pow(omega, values.gammaUp) : pow(1 - omega, values.gammaDown)) * (1 + noise);
    }),
});
