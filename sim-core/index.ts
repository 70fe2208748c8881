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
export { cos, cosh, exp, expm1, log, log1p, pow, sigmoid, sin, sinh, tanh } from './math/elementary.ts';
export { type RandomStream, randomStream } from './math/random.ts';
export { sizeNetwork } from './graph/size-network.ts';
