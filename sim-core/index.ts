export type * from './design/design.ts';
export { nearestNames, suggestion } from './design/nearest.ts';
export { failure, type Outcome, type Problem, success } from './design/problem.ts';
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
export { sizeNetwork } from './graph/size-network.ts';
export { cos, cosh, exp, expm1, log, log1p, pow, sigmoid, sin, sinh, tanh } from './math/elementary.ts';
export { type RandomStream, randomStream } from './math/random.ts';
export { type RequiredFile, requiredFiles } from './run/files.ts';
export type { RunMessage, WorkerMessage, WorkerPort } from './run/protocol.ts';
export type { RunProgress, RunRequest } from './run/request.ts';
export type * from './run/result.ts';
export { writeSafetensors } from './weights/safetensors.ts';
