import type { RandomStream } from '../math/random.ts';
import { conductor } from './conductor.ts';
import type { DeviceModel, ReadWindow, Values } from './model.ts';
import { pulseModels } from './pulse/catalogue.ts';
import type { PulseModel } from './pulse/pulse-model.ts';

/**
 * The pulse-update models as devices of an array: linear conductors between the bounds that their pulses reach, without
 * variation. What a pulse does to them, `characterize` asks the model itself.
 */
export const pulseCells: readonly DeviceModel[] = [...pulseModels.values()].map(cell);

function cell(model: PulseModel): DeviceModel {
  const { name, doc, source, parameters, sets, validate } = model;
  const window = (values: Values) => nominalWindow(model, values);
  return {
    name,
    doc: `${doc} Read as a linear conductor.`,
    source,
    parameters,
    sets,
    validate,
    window,
    device(values) {
      const { gOff, gOn } = window(values);
      return conductor(gOff, gOn);
    },
  };
}

/** Every deviate 0: the device that the model describes, without variation. */
const nominal: RandomStream = {
  uniform: () => 0.5,
  gaussian: () => 0,
  integer: () => 0,
  shuffle: (array) => array,
  fillGaussian: (array, from, to) => {
    array.fill(0, from, to);
  },
};

function nominalWindow(model: PulseModel, values: Values): ReadWindow {
  const { low, high, window, conductance } = model.draw(values, nominal);
  return window ?? { gOff: conductance(low), gOn: conductance(high) };
}
