export { deviceModels } from './devices/catalogue.ts';
export { readConductance, resolveValues } from './devices/define.ts';
export type {
  Device,
  DeviceModel,
  DeviceState,
  ModelParameter,
  NumberParameter,
  ParameterSet,
  ReadWindow,
  Values,
  WordParameter,
} from './devices/model.ts';
