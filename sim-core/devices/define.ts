import type { Parameters } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type {
  Device,
  DeviceModel,
  ModelParameter,
  NumberParameter,
  ParameterSet,
  ReadWindow,
  Values,
  WordParameter,
} from './model.ts';

export type ParameterDefinition = Omit<NumberParameter, 'name'> | Omit<WordParameter, 'name'>;

/** The values that a model's parameters take, typed: a number, or one of the parameter's words. */
export type Bound<P> = {
  readonly [K in keyof P]: P[K] extends { readonly words: readonly (infer W)[] } ? W : number;
};

interface ModelDefinition<P> {
  readonly name: string;
  readonly doc: string;
  readonly source: string;
  readonly parameters: P;
  readonly sets: Readonly<Record<string, ParameterSet>>;
  device(parameters: Bound<P>): Device;
  validate?(parameters: Bound<P>): readonly string[];
}

/** Makes a model of parameters by name and a function that sees their values typed. */
export function defineModel<P extends Readonly<Record<string, ParameterDefinition>>>(
  definition: ModelDefinition<P>,
): DeviceModel {
  const { name, doc, source, sets } = definition;
  const { parameters, bind } = bindParameters(definition.parameters);
  const device = (values: Values) => definition.device(bind(values));
  return {
    name,
    doc,
    source,
    parameters,
    sets,
    device,
    window: (values, vRead) => readWindow(device(values), vRead),
    validate: (values) => definition.validate?.(bind(values)) ?? [],
  };
}

/** Parameters as a list, and what completes values with their defaults. */
export function bindParameters<P extends Readonly<Record<string, ParameterDefinition>>>(definitions: P) {
  const parameters: readonly ModelParameter[] = Object.entries(definitions).map(([name, parameter]) => ({
    ...parameter,
    name,
  }));
  const defaults = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.default]));
  // The record's keys are P's by construction; its values are checked where they enter, by `resolveValues`.
  const bind = (values: Values) => ({ ...defaults, ...values }) as Bound<P>;
  return { parameters, bind };
}

/** A number parameter: default, unit, bounds. */
export const quantity = (
  value: number,
  unit: string,
  [low, high]: readonly [number, number],
  doc: string,
  source: string,
): Omit<NumberParameter, 'name'> => ({ kind: 'number', unit, default: value, low, high, doc, source });

/** A word parameter; the first word is the default. */
export const choice = <W extends string>(
  words: readonly [W, ...W[]],
  doc: string,
  source: string,
): Omit<WordParameter, 'name'> & { readonly words: readonly W[] } => ({
  kind: 'word',
  words,
  default: words[0],
  doc,
  source,
});

/** Chord conductances of the extreme states at the read voltage; at 0 V their limit. */
function readWindow(device: Device, vRead: number): ReadWindow {
  return { gOn: readConductance(device, device.on, vRead), gOff: readConductance(device, device.off, vRead) };
}

/** `I/V` in siemens at `vRead`; the slope at the origin for `vRead = 0`. */
export function readConductance(device: Device, states: ArrayLike<number>, vRead: number): number {
  if (vRead !== 0) return device.current(states, vRead) / vRead;
  const step = 1e-6;
  return (device.current(states, step) - device.current(states, -step)) / (2 * step);
}

/** A model's parameters as plain values: numbers in SI units, and words. */
export function modelValues(parameters: Parameters): Values {
  const values: Record<string, number | string> = {};
  for (const [name, parameter] of Object.entries(parameters))
    if (parameter.kind === 'number' || parameter.kind === 'word') values[name] = parameter.value;
  return values;
}

/** What has named parameters: a compact model, a pulse model. */
type Parametric = Pick<DeviceModel, 'name' | 'parameters' | 'validate'>;

/** Values completed with the model's defaults, or every reason why they are not valid. */
export function resolveValues(model: Parametric, values: Values): Outcome<Values> {
  const known = new Set(model.parameters.map((parameter) => parameter.name));
  const problems: Problem[] = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: 'device.unknown-parameter',
      message: `Device model ${model.name} has no parameter ${name}.`,
      hint: `Its parameters are ${[...known].join(', ')}.`,
    }));
  const resolved: Record<string, number | string> = {};
  for (const parameter of model.parameters) {
    const value = values[parameter.name] ?? parameter.default;
    const problem = valueProblem(model, parameter, value);
    if (problem) problems.push(problem);
    resolved[parameter.name] = value;
  }
  if (problems.length > 0) return failure(...problems);
  const conflicts = model.validate(resolved);
  if (conflicts.length === 0) return success(resolved);
  return failure(
    ...conflicts.map((message) => ({
      code: 'device.conflicting-parameters',
      message: `${model.name}: ${message}`,
    })),
  );
}

function valueProblem(
  model: Parametric,
  parameter: ModelParameter,
  value: number | string,
): Problem | undefined {
  const owner = `Parameter ${parameter.name} of device model ${model.name}`;
  if (parameter.kind === 'word') {
    if (typeof value === 'string' && parameter.words.includes(value)) return undefined;
    return {
      code: 'device.unknown-word',
      message: `${owner} cannot be ${value}.`,
      hint: `It is one of ${parameter.words.join(', ')}.`,
    };
  }
  const { low, high, unit } = parameter;
  if (typeof value === 'number' && value >= low && value <= high) return undefined;
  return {
    code: 'device.parameter-out-of-bounds',
    message: `${owner} is ${value}, outside ${low} .. ${high} ${unit}.`,
  };
}
