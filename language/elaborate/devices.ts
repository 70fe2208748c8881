import {
  type DeviceDesign,
  deviceModels,
  type Parameters,
  type ParameterValue,
  resolveValues,
  type Values,
} from '@memloom/sim-core';
import type { Related } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import { chain, deviceRoot } from '../references/members.ts';
import { formatQuantity } from '../types/units/quantity.ts';
import { boundArguments } from './bound-arguments.ts';
import { inCatalogueUnit } from './catalogue-units.ts';
import { type Context, originOf } from './context.ts';
import { arrayProperties, arrayTexts, checkPulses, checkStuck } from './device-array.ts';
import { elaborateEquationDevice, finish, ownModel } from './own-model.ts';
import { evaluateParameter, type ParameterType, parameterType } from './parameters.ts';
import { prefixSlip } from './prefix-slip.ts';
import { type Properties, readProperties } from './properties.ts';
import { linksOfCycle } from './related-cycle.ts';
import { parameterValue, type Value } from './value.ts';

/** A device with its conductance window at the read voltage of the crossbar that it is in (0: at the origin). */
export function elaborateDevice(
  device: ast.Device,
  vRead: (name: string) => number,
  context: Context,
): DeviceDesign {
  if (ast.isEquationDevice(device)) return elaborateEquationDevice(device, vRead, context);
  const name = context.use(device);
  const links = chain<DeviceLink>(device, (link) => (ast.isDerivedDevice(link) ? link.base?.ref : undefined));
  checkCycle(device, links, context);
  const inherited = [...links.slice(1)].reverse().flatMap(arrayTexts);
  const properties = readProperties('array', device, arrayTexts(device), context, inherited);
  const base = { id: `device:${name}`, name, origin: originOf(device) };
  const { parameters: given, places } = givenParameters(device, links, context);
  const root = deviceRoot(device);
  if (ast.isEquationDevice(root)) {
    // The root's own errors are reported where it stands.
    const model = ownModel(root, name, { ...context, report: () => undefined });
    const parameters = { ...model.parameters, ...given };
    return finish({ ...base, ...model, parameters }, device, properties, vRead, context);
  }
  checkNoWindow(properties, root, context);
  checkStuck(device, properties, context);
  checkPulses(device, properties, context);
  const values = resolvedValues(device, root, given, places, context);
  const model = root && deviceModels.get(root.name);
  const window = model && values ? model.window(values, vRead(name)) : { gOn: 0, gOff: 0 };
  return {
    ...base,
    model: root?.name ?? '',
    parameters: values ? asParameters(values) : given,
    array: arrayProperties(properties, window),
  };
}

type DeviceLink = ast.Device | ast.ModelDeclaration;

function checkCycle(device: ast.DerivedDevice, links: readonly DeviceLink[], { report }: Context): void {
  const last = links[links.length - 1];
  if (!ast.isDerivedDevice(last) || !last.base?.ref) return;
  report(
    'extends.cycle',
    { node: device, property: 'base' },
    { names: links.map((link) => link.name).join(' → ') },
    linksOfCycle(links.filter(ast.isDerivedDevice)),
  );
}

function checkNoWindow(
  properties: Properties,
  root: ast.ModelDeclaration | undefined,
  { report }: Context,
): void {
  for (const property of ['gOn', 'gOff']) {
    const given = properties.given(property);
    if (!given || !root) continue;
    const reason = `it follows from the parameters of ${root.name}`;
    report('property.unfit', { node: given, property: 'parameter' }, { property, reason });
  }
}

/** Parameters that the text gives, with the arguments that give them. */
interface GivenParameters {
  readonly parameters: Record<string, ParameterValue>;
  readonly places: Map<string, ast.Argument>;
}

/** The parameters that a device and what it derives from give: nearest first counts, arguments before published sets. */
function givenParameters(
  device: ast.DerivedDevice,
  links: readonly DeviceLink[],
  context: Context,
): GivenParameters {
  const given: GivenParameters = { parameters: {}, places: new Map() };
  for (const link of [...links].reverse()) {
    if (!ast.isDerivedDevice(link)) continue;
    const set = link.set?.ref;
    if (set) assign(set, device, given, () => undefined);
    assign(link, device, given, link === device ? context.report : () => undefined);
  }
  return given;
}

function assign(
  owner: ast.DerivedDevice | ast.ParameterSet,
  device: ast.DerivedDevice,
  { parameters, places }: GivenParameters,
  report: Context['report'],
): void {
  const root = deviceRoot(device);
  const bound = boundArguments(
    owner,
    root?.parameters ?? [],
    root?.name ?? owner.name,
    (code, place, details, related) => {
      // A model's parameters have defaults: nothing is missing.
      if (code !== 'parameter.missing') report(code, place, details, related);
    },
  );
  for (const [parameter, argument] of bound) {
    const type = parameterType(parameter, false, () => undefined);
    const value = evaluateParameter(argument.value, type, report);
    if (value) checkPrefix(argument.value, value, type, report);
    const converted = value && parameterValue(value);
    if (!converted) continue;
    parameters[parameter.name] = inCatalogueUnit(converted, parameter);
    places.set(parameter.name, argument);
  }
}

/** So far from the default a value is more likely a slip than a choice, if another prefix brings it within `near`. */
const far = 1e6;
const near = 1e3;

function checkPrefix(
  node: ast.Expression,
  value: Value,
  { name, default: usual }: ParameterType,
  report: Context['report'],
): void {
  if (value.kind !== 'number' || usual?.kind !== 'number' || value.value === 0 || usual.value === 0) return;
  const ratio = value.value / usual.value;
  const isWithin = (factor: number, bound: number) => factor <= bound && factor >= 1 / bound;
  if (!(ratio > 0) || isWithin(ratio, far * (1 - 1e-9))) return;
  const slip = prefixSlip(node, (factor) => isWithin(ratio * factor, near));
  if (!slip) return;
  const details = {
    subject: `"${name}"`,
    value: node.$cstNode?.text ?? '',
    usual: formatQuantity(usual.value, usual.dimension),
    ...slip,
  };
  report('value.prefix', { node }, details);
}

/** All values of a catalogue model with its defaults; undefined when they make no device, which is then reported. */
function resolvedValues(
  device: ast.DerivedDevice,
  model: ast.ModelDeclaration | undefined,
  parameters: Parameters,
  places: ReadonlyMap<string, ast.Argument>,
  { report }: Context,
): Values | undefined {
  const known = model && deviceModels.get(model.name);
  if (!known) return undefined;
  const given: Record<string, number | string> = {};
  for (const [name, value] of Object.entries(parameters))
    if (value.kind === 'number' || value.kind === 'word') given[name] = value.value;
  const outcome = resolveValues(known, given);
  if (outcome.ok) return outcome.value;
  for (const { message } of outcome.problems)
    report(
      'device.values',
      { node: device, property: 'base' },
      { message },
      valuesNamed(message, model, places),
    );
  return undefined;
}

/** Where the values stand that a message about a model's parameters names. */
function valuesNamed(
  message: string,
  model: ast.ModelDeclaration,
  places: ReadonlyMap<string, ast.Argument>,
): readonly Related[] {
  const words = new Set(message.match(/\w+/g));
  return model.parameters
    .filter(({ name }) => words.has(name))
    .map((parameter) => {
      const { name } = parameter;
      const argument = places.get(name);
      return argument
        ? { place: { node: argument }, message: `"${name}" is given here.` }
        : { place: { node: parameter, property: 'name' }, message: `"${name}" has its default here.` };
    });
}

function asParameters(values: Values): Parameters {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, ParameterValue] => [
      name,
      typeof value === 'number' ? { kind: 'number', value } : { kind: 'word', value },
    ]),
  );
}
