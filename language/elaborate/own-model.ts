import {
  type DeviceDesign,
  type DeviceEquations,
  equationDevice,
  type ParameterValue,
  readConductance,
} from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';
import { type Dimension, dimensionless, divideDimensions } from '../types/units/dimension.ts';
import { elaborateEquations } from './blocks.ts';
import { evaluateConstant, unitOf } from './constants.ts';
import { type Context, originOf } from './context.ts';
import { arrayProperties, arrayTexts, checkPulses, checkStuck, propertiesGiven } from './device-array.ts';
import { parameterType } from './parameters.ts';
import { type Properties, readProperties } from './properties.ts';
import { parameterValue } from './value.ts';

type OwnModel = Pick<DeviceDesign, 'model' | 'parameters' | 'equations'>;

/** A device by its own state equations. */
export function elaborateEquationDevice(
  device: ast.EquationDevice,
  vRead: (name: string) => number,
  context: Context,
): DeviceDesign {
  const name = context.use(device);
  let clean = true;
  const report: Context['report'] = (...finding) => {
    clean = false;
    context.report(...finding);
  };
  const listening = { ...context, report };
  const model = ownModel(device, name, listening);
  checkAssignments(device, listening);
  const properties = readProperties('array', device, arrayTexts(device), listening);
  // Equations with errors of their own say nothing about conductances.
  const finishing = clean ? context : { ...context, report: () => undefined };
  return finish(
    { id: `device:${name}`, name, origin: originOf(device), ...model },
    device,
    properties,
    vRead,
    finishing,
  );
}

/** The device with its conductance window: as its array gives it, or as its equations give it at the read voltage. */
export function finish(
  device: Omit<DeviceDesign, 'array'>,
  node: ast.Device,
  properties: Properties,
  vRead: (name: string) => number,
  context: Context,
): DeviceDesign {
  const window = readWindow(
    { ...device, array: arrayProperties(properties, { gOn: 0, gOff: 0 }) },
    vRead(device.name),
  );
  checkPulses(node, properties, context);
  checkStuck(node, properties, context);
  const gOn = properties.number('gOn') ?? window?.gOn ?? 0;
  const gOff = properties.number('gOff') ?? window?.gOff ?? 0;
  if (window && !(gOn > gOff && gOff > 0)) {
    const message = `The device conducts ${gOn} S when fully on and ${gOff} S when fully off; on must conduct more, and off something.`;
    const related = propertiesGiven(properties, ['gOn', 'gOff']);
    context.report('device.values', { node, property: 'name' }, { message }, related);
  }
  return { ...device, array: arrayProperties(properties, { gOn, gOff }) };
}

/** Conductances of the states that conduct best and least; undefined while the equations have errors. */
function readWindow(
  design: DeviceDesign,
  vRead: number,
): { readonly gOn: number; readonly gOff: number } | undefined {
  const { equations } = design;
  const complete =
    equations?.equations.some(({ name, next }) => name === equations.current && !next) &&
    equations.states.every((state) =>
      equations.equations.some(({ name, next }) => name === state.name && next),
    );
  const device = complete ? equationDevice(design) : undefined;
  if (!device?.ok) return undefined;
  const { on, off } = device.value;
  return { gOn: readConductance(device.value, on, vRead), gOff: readConductance(device.value, off, vRead) };
}

/** Parameters and equations of a model of the user's own; `name` is the device's that has them. */
export function ownModel(device: ast.EquationDevice, name: string, context: Context): OwnModel {
  const { report } = context;
  const types = device.parameters.map((parameter) => parameterType(parameter, false, report));
  for (const [index, parameter] of device.parameters.entries())
    if (!types[index].default && parameter.value === undefined)
      report('parameter.default', { node: parameter, property: 'name' }, { name: parameter.name });
  const states = device.states.flatMap((state) =>
    state.variables.map((variable) => ownState(variable, state, context)),
  );
  const voltage = portDimension(device.voltage, context);
  const current = portDimension(device.current, context);
  const known = new Map(states.map((state) => [state.name, state.dimension]));
  if (device.voltage) known.set(device.voltage.name, voltage);
  const declared = new Map(
    states.map((state) => [`${state.name}'`, divideDimensions(state.dimension, { s: 1 })]),
  );
  if (device.current) declared.set(device.current.name, current);
  const equations: DeviceEquations = {
    voltage: device.voltage?.name ?? '',
    current: device.current?.name ?? '',
    states: states.map(({ dimension: _dimension, ...state }) => state),
    equations: elaborateEquations(device.equations, known, types, `device:${name}`, context, declared),
  };
  const parameters = types.flatMap((type): [string, ParameterValue][] => {
    const value = type.default && parameterValue(type.default);
    return value ? [[type.name, value]] : [];
  });
  return { model: 'equations', parameters: Object.fromEntries(parameters), equations };
}

function portDimension(port: ast.Port | undefined, { report }: Context): Dimension {
  if (port && port.unit === undefined)
    report('port.size', { node: port }, { name: port.name, expected: `a unit, as in ${port.name}: V` });
  if (port?.unit === undefined) return dimensionless;
  return unitOf(port.unit, report, { node: port, property: 'unit' })?.dimension ?? dimensionless;
}

function ownState(variable: ast.StateVariable, state: ast.State, { report }: Context) {
  const bounds = state.bounds && evaluateConstant(state.bounds, report);
  const initial = state.initial && evaluateConstant(state.initial, report);
  if (bounds?.kind !== 'range') {
    const subject = `The state "${variable.name}" of a device`;
    report('value.expected', { node: variable }, { subject, expected: 'bounds, as in state w in 0 .. 1' });
  }
  const range = bounds?.kind === 'range' ? bounds : { low: 0, high: 1, dimension: dimensionless };
  const value = initial?.kind === 'number' ? initial.value : range.low;
  if (value < range.low || value > range.high) {
    const details = {
      subject: 'The initial value',
      value: `${value}`,
      bounds: `${range.low} .. ${range.high}`,
    };
    report('value.bounds', { node: state, property: 'initial' }, details);
  }
  return {
    name: variable.name,
    low: range.low,
    high: range.high,
    initial: value,
    dimension: range.dimension,
  };
}

/** Each state has its derivative, the current its equation, and nothing else has a prime. */
function checkAssignments(device: ast.EquationDevice, { report }: Context): void {
  const variables = device.states.flatMap((state) => state.variables);
  const isState = (name: string) => variables.some((variable) => variable.name === name);
  const place = (equation: ast.Equation) => ({ node: equation, property: 'name' });
  for (const equation of device.equations) {
    const { name, next } = equation;
    if (next && !isState(name)) report('state.notDeclared', place(equation), { name });
    if (!next && isState(name)) report('state.notPrimed', place(equation), { name });
  }
  for (const variable of variables)
    if (!device.equations.some(({ name, next }) => next && name === variable.name))
      report('state.unassigned', { node: variable }, { name: variable.name });
  const current = device.current?.name;
  if (current !== undefined && !device.equations.some(({ name, next }) => name === current && !next))
    report('equation.output', { node: device, property: 'name' }, { owner: device.name, name: current });
}
