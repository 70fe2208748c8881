import { conductor } from './conductor.ts';
import { defineModel, quantity } from './define.ts';
import type { DeviceModel } from './model.ts';
import { statisticalModels } from './statistical/catalogue.ts';
import type { StatisticalModel } from './statistical/statistical-model.ts';

/**
 * The statistical models as devices of an array: linear resistors between gMin and gMax whose programming error, drift
 * and read noise follow from the model's fits.
 */
export const statisticalCells: readonly DeviceModel[] = [...statisticalModels.values()].map(cell);

function cell({ name, doc, source, gMax }: StatisticalModel): DeviceModel {
  return defineModel({
    name,
    doc: `${doc} A linear resistor between gMin and gMax.`,
    source,
    parameters: {
      gMax: quantity(gMax, 'S', [1e-9, gMax], 'conductance of the fully on device', 'largest of the fits'),
      gMin: quantity(gMax / 100, 'S', [1e-12, gMax], 'conductance of the fully off device', 'our choice'),
    },
    sets: {},
    validate: (values) =>
      values.gMax > values.gMin ? [] : [`gMax = ${values.gMax} S must exceed gMin = ${values.gMin} S.`],
    device: (values) => conductor(values.gMin, values.gMax),
  });
}
