import type { DeviceDesign } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import { deviceModels } from './catalogue.ts';
import { modelValues, resolveValues } from './define.ts';
import { equationDevice } from './equation-device.ts';
import type { Device, DeviceModel } from './model.ts';

/** The device of a design: a compact model of the catalogue with its values, or the user's own state equations. */
export function compactDevice(device: DeviceDesign): Outcome<Device> {
  if (device.equations) return equationDevice(device);
  const model = modelOf(device);
  if (!model.ok) return model;
  const resolved = resolveValues(model.value, modelValues(device.parameters));
  return resolved.ok ? success(model.value.device(resolved.value)) : resolved;
}

function modelOf({ model, name, origin }: DeviceDesign): Outcome<DeviceModel> {
  const found = deviceModels.get(model);
  if (found) return success(found);
  return failure({
    code: 'device.unknown-model',
    message: `Device ${name} is of no known model "${model}".`,
    hint: `Models are ${[...deviceModels.keys()].join(', ')}.`,
    origin,
  });
}
