import { linearShape } from './linear-step.ts';
import { definePulseModel } from './pulse-model.ts';
import { drawStepDevice, stepConflicts, stepParameters } from './step-device.ts';

/**
 * Soft bounds: the linear step with slope 1, so that the change vanishes at the bound and the weight approaches it
 * exponentially: `w ← w + dw_d·(1 - w/bound + dwMinStd·ξ)` (aihwkit).
 */
export const softBounds = definePulseModel({
  name: 'softBounds',
  doc: 'The change per pulse vanishes linearly at the bound; weights approach it exponentially.',
  source: 'IBM aihwkit, soft bounds device',
  parameters: stepParameters,
  sets: {
    warAndPeaceBaseline: { source: 'aihwkit example 22, after Gokmen, Rasch & Haensch 2018', values: {} },
    reRam: {
      source: 'aihwkit ReRamSBPresetDevice, without its write noise; fitted to Gong et al. 2018',
      values: {
        dwMin: 0.002,
        wMax: 1.25,
        wMin: -0.75,
        dwMinDtod: 0.3,
        wMaxDtod: 0.24,
        wMinDtod: 0.4,
        dwMinStd: 3.75,
      },
    },
    reRamArrayOM: {
      source:
        'aihwkit ReRamArrayOMPresetDevice, without its write noise of 1.4113, with the share of corrupt devices that was measured; fitted to Gong et al., IEDM 2022',
      values: {
        wMax: 1,
        wMin: -1,
        wMaxDtod: 0.3499,
        wMinDtod: 0.5695,
        dwMin: 0.0949,
        dwMinShape: 'lognormal',
        dwMinDtod: 0.7829,
        dwMinStd: 0.4158,
        corrupt: 0.1348,
      },
    },
  },
  validate: stepConflicts,
  draw: (values, random) => drawStepDevice(values, random, linearShape(1, 1, 'additive')),
});
