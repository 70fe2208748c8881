import { definePulseModel } from './pulse-model.ts';
import { drawStepDevice, stepConflicts, stepParameters } from './step-device.ts';

/** Constant step: `w ← w + dw_d·(1 + dwMinStd·ξ)`, whatever the weight (aihwkit; Gokmen & Vlasov 2016). */
export const constantStep = definePulseModel({
  name: 'constantStep',
  doc: 'Every pulse changes the weight by the same mean amount until a bound stops it.',
  source: 'Gokmen & Vlasov, Front. Neurosci. 10, 333 (2016), in the form of IBM aihwkit',
  parameters: stepParameters,
  sets: {
    gokmenVlasov: {
      source: 'aihwkit GokmenVlasovPresetDevice, scaled to -1 .. 1: 1200 states',
      values: { dwMin: 0.0016, wMax: 1, wMin: -1, upDownDtod: 0.01 },
    },
    idealized: {
      source: 'aihwkit IdealizedPresetDevice: 10000 steps',
      values: { dwMin: 0.0002, wMax: 1, wMin: -1, upDownDtod: 0 },
    },
    warAndPeaceSymmetric: {
      source: 'aihwkit example 22, after Gokmen, Rasch & Haensch 2018',
      values: { dwMin: 0.00025, upDownDtod: 0 },
    },
  },
  validate: stepConflicts,
  draw: (values, random) => drawStepDevice(values, random, (_weight, _rising, _drawn, noise) => 1 + noise),
});
