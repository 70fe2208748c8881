import {
  type DeviceArrayProperties,
  type DeviceDesign,
  deviceModels,
  type Parameters,
  type ParameterValue,
  resolveValues,
  type Values,
} from '@memloom/sim-core';
import * as ast from '../generated/ast.ts';
import { chain, deviceRoot } from '../references/members.ts';
import { dimensionless, divideDimensions } from '../units/dimension.ts';
import { elaborateEquations } from './blocks.ts';
import { boundArguments } from './bound-arguments.ts';
import { evaluateConstant, unitOf } from './constants.ts';
import { type Context, originOf } from './context.ts';
import { evaluateParameter, parameterType } from './parameters.ts';
import { type Properties, readProperties } from './properties.ts';
import { parameterValue } from './value.ts';

/** A device with its conductance window at the read voltage of the crossbar that it is in (0: at the origin). */
export function elaborateDevice(
  device: ast.Device,
  vRead: (name: string) => number,
  context: Context,
): DeviceDesign {
  return ast.isEquationDevice(device)
    ? elaborateOwnModel(device, context)
    : elaborateDerived(device, vRead, context);
}

function elaborateDerived(
  device: ast.DerivedDevice,
  vRead: (name: string) => number,
  context: Context,
): DeviceDesign {
  const name = context.use(device);
  const links = chain<ast.Device | ast.ModelDeclaration>(device, (link) =>
    ast.isDerivedDevice(link) ? link.base?.ref : undefined,
  );
  const last = links[links.length - 1];
  if (ast.isDerivedDevice(last) && last.base?.ref)
    context.report(
      'extends.cycle',
      { node: device, property: 'base' },
      { names: links.map((link) => link.name).join(' → ') },
    );
  const inherited = [...links.slice(1)].reverse().flatMap((link) => bodyOf(link));
  const properties = readProperties('array', device, device.body?.properties ?? [], context, inherited);
  const root = deviceRoot(device);
  const base = { id: `device:${name}`, name, origin: originOf(device) };
  if (ast.isEquationDevice(root))
    return {
      ...elaborateOwnModel(root, { ...context, report: () => undefined }),
      ...base,
      ...derivedParameters(device, links, context),
      array: arrayProperties(properties, window(properties)),
    };
  const { parameters } = derivedParameters(device, links, context);
  for (const property of ['gOn', 'gOff']) {
    const given = properties.given(property);
    if (given && root)
      context.report(
        'property.unfit',
        { node: given, property: 'parameter' },
        { property, reason: `it follows from the parameters of ${root.name}` },
      );
  }
  const values = resolvedValues(device, root?.name, parameters, context);
  const model = root && deviceModels.get(root.name);
  const conductances = model && values ? model.window(values, vRead(name)) : { gOn: 0, gOff: 0 };
  return {
    ...base,
    model: root?.name ?? '',
    parameters: values ? asParameters(values) : parameters,
    array: arrayProperties(properties, conductances),
  };
}

const bodyOf = (link: ast.Device | ast.ModelDeclaration): readonly ast.Property[] => {
  if (ast.isDerivedDevice(link)) return link.body?.properties ?? [];
  return ast.isEquationDevice(link) ? link.arrays.flatMap((array) => array.properties) : [];
};

/** The parameters that a device and what it derives from give, nearest first counts; published sets before arguments. */
function derivedParameters(
  device: ast.DerivedDevice,
  links: readonly (ast.Device | ast.ModelDeclaration)[],
  context: Context,
): { readonly parameters: Parameters } {
  const parameters: Record<string, ParameterValue> = {};
  for (const link of [...links].reverse()) {
    if (!ast.isDerivedDevice(link)) continue;
    const report = link === device ? context.report : () => undefined;
    const set = link.set?.ref;
    if (set) assign(set, set.name, device, parameters, () => undefined);
    assign(link, link.name, device, parameters, report);
  }
  return { parameters };
}

function assign(
  owner: ast.DerivedDevice | ast.ParameterSet,
  name: string,
  device: ast.DerivedDevice,
  parameters: Record<string, ParameterValue>,
  report: Context['report'],
): void {
  const declared = deviceRoot(device)?.parameters ?? [];
  const bound = boundArguments(owner, declared, name, (code, place, details) => {
    // A model's parameters have defaults: nothing is missing.
    if (code !== 'parameter.missing') report(code, place, details);
  });
  for (const [parameter, argument] of bound) {
    const value = evaluateParameter(
      argument.value,
      parameterType(parameter, false, () => undefined),
      report,
    );
    const converted = value && parameterValue(value);
    if (converted) parameters[parameter.name] = converted;
  }
}

/** All values of a catalogue model with its defaults; undefined when they make no device, which is then reported. */
function resolvedValues(
  device: ast.DerivedDevice,
  model: string | undefined,
  parameters: Parameters,
  { report }: Context,
): Values | undefined {
  const known = model === undefined ? undefined : deviceModels.get(model);
  if (!known) return undefined;
  const given: Record<string, number | string> = {};
  for (const [name, value] of Object.entries(parameters))
    if (value.kind === 'number' || value.kind === 'word') given[name] = value.value;
  const outcome = resolveValues(known, given);
  if (outcome.ok) return outcome.value;
  for (const problem of outcome.problems)
    report('device.values', { node: device, property: 'base' }, { message: problem.message });
  return undefined;
}

function asParameters(values: Values): Parameters {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, ParameterValue] => [
      name,
      typeof value === 'number' ? { kind: 'number', value } : { kind: 'word', value },
    ]),
  );
}

const window = (properties: Properties) => ({
  gOn: properties.number('gOn') ?? 0,
  gOff: properties.number('gOff') ?? 0,
});

function arrayProperties(
  properties: Properties,
  conductances: { readonly gOn: number; readonly gOff: number },
): DeviceArrayProperties {
  const levels = properties.number('levels');
  const programming = properties.spread('programming');
  const readNoise = properties.spread('readNoise');
  return {
    gOn: conductances.gOn,
    gOff: conductances.gOff,
    ...(levels === undefined ? {} : { levels }),
    ...(programming ? { programming } : {}),
    ...(readNoise ? { readNoise } : {}),
    stuckOn: properties.number('stuckOn') ?? 0,
    stuckOff: properties.number('stuckOff') ?? 0,
  };
}

function elaborateOwnModel(device: ast.EquationDevice, context: Context): DeviceDesign {
  const { report } = context;
  const name = context.use(device);
  const types = device.parameters.map((parameter) => parameterType(parameter, false, report));
  for (const [index, parameter] of device.parameters.entries())
    if (!types[index].default && parameter.value === undefined)
      report('parameter.default', { node: parameter, property: 'name' }, { name: parameter.name });
  const portDimension = (port: ast.Port | undefined) =>
    (port?.unit === undefined
      ? undefined
      : unitOf(port.unit, report, { node: port, property: 'unit' })?.dimension) ?? dimensionless;
  const states = device.states.flatMap((state) =>
    state.variables.map((variable) => ownState(variable, state, context)),
  );
  const inputs = new Map([
    ...states.map((state) => [state.name, state.dimension] as const),
    ...(device.voltage ? [[device.voltage.name, portDimension(device.voltage)] as const] : []),
  ]);
  const declared = new Map([
    ...states.map((state) => [`${state.name}'`, divideDimensions(state.dimension, { s: 1 })] as const),
    ...(device.current ? [[device.current.name, portDimension(device.current)] as const] : []),
  ]);
  const equations = elaborateEquations(device.equations, inputs, types, `device:${name}`, context, declared);
  checkOwnModel(
    device,
    states.map((state) => state.name),
    context,
  );
  const properties = readProperties(
    'array',
    device,
    device.arrays.flatMap((array) => array.properties),
    context,
  );
  for (const missing of ['gOn', 'gOff'])
    if (!properties.given(missing))
      report(
        'parameter.missing',
        { node: device, property: 'name' },
        {
          owner: device.name,
          name: missing,
          meaning: `array { ${missing} = … }, the conductance when fully ${missing === 'gOn' ? 'on' : 'off'}`,
        },
      );
  return {
    id: `device:${name}`,
    name,
    origin: originOf(device),
    model: 'equations',
    parameters: Object.fromEntries(
      types.flatMap((type) => {
        const value = type.default && parameterValue(type.default);
        return value ? [[type.name, value]] : [];
      }),
    ),
    equations: {
      voltage: device.voltage?.name ?? '',
      current: device.current?.name ?? '',
      states: states.map(({ name, low, high, initial }) => ({ name, low, high, initial })),
      equations,
    },
    array: arrayProperties(properties, window(properties)),
  };
}

function ownState(variable: ast.StateVariable, state: ast.State, { report }: Context) {
  const bounds = state.bounds && evaluateConstant(state.bounds, report);
  const initial = state.initial && evaluateConstant(state.initial, report);
  if (bounds?.kind !== 'range')
    report(
      'value.expected',
      { node: variable },
      { subject: `The state "${variable.name}" of a device`, expected: 'bounds, as in state w in 0 .. 1' },
    );
  const range = bounds?.kind === 'range' ? bounds : { low: 0, high: 1, dimension: dimensionless };
  const value = initial?.kind === 'number' ? initial.value : range.low;
  if (state.initial && (value < range.low || value > range.high))
    report(
      'value.bounds',
      { node: state, property: 'initial' },
      { subject: 'The initial value', value: `${value}`, bounds: `${range.low} .. ${range.high}` },
    );
  return {
    name: variable.name,
    low: range.low,
    high: range.high,
    initial: value,
    dimension: range.dimension,
  };
}

function checkOwnModel(device: ast.EquationDevice, states: readonly string[], { report }: Context): void {
  const assigned = new Set(
    device.equations.filter((equation) => equation.next).map((equation) => equation.name),
  );
  for (const equation of device.equations) {
    if (equation.next && !states.includes(equation.name))
      report('state.notDeclared', { node: equation, property: 'name' }, { name: equation.name });
    if (!equation.next && states.includes(equation.name))
      report('state.notPrimed', { node: equation, property: 'name' }, { name: equation.name });
  }
  for (const state of device.states)
    for (const variable of state.variables)
      if (!assigned.has(variable.name))
        report('state.unassigned', { node: variable }, { name: variable.name });
  const current = device.current?.name;
  if (
    current !== undefined &&
    !device.equations.some((equation) => equation.name === current && !equation.next)
  )
    report('equation.output', { node: device, property: 'name' }, { owner: device.name, name: current });
}
