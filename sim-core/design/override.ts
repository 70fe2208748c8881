import { deviceModels } from '../devices/catalogue.ts';
import { modelValues, readConductance, resolveValues } from '../devices/define.ts';
import { equationDevice } from '../devices/equation-device.ts';
import type { DeviceModel } from '../devices/model.ts';
import type {
  BlockDesign,
  Design,
  DeviceDesign,
  HardwareDesign,
  Identified,
  ParameterPath,
  ParameterValue,
} from './design.ts';
import { suggestion } from './nearest.ts';
import {
  crossbarProperties,
  datasetProperties,
  deviceProperties,
  experimentProperties,
  hardwareProperties,
  type Property,
} from './override-properties.ts';
import { failure, type Outcome, type Problem, success } from './problem.ts';

/**
 * The design with one parameter of a device, crossbar, block, hardware, dataset or experiment (its training) replaced;
 * `design` itself stays as it is.
 *
 * A device's parameter is an array property (`programming`) or a parameter of its compact model (`rOn`), upon which
 * its conductance window is found anew, as it is when a crossbar's `vRead` changes. A number given for `programming`
 * or `readNoise` replaces the spread alone. A block's parameter takes effect wherever the block is used: bindings lose
 * their argument of that name.
 *
 * Fails with `override.unknown-owner`, `override.unknown-parameter`, `override.value`, or what the device model says.
 */
export function overrideParameter(
  design: Design,
  path: ParameterPath,
  value: ParameterValue,
): Outcome<Design> {
  const owners = ownersOf(design);
  const named = owners.filter((owner) => owner.node.name === path.owner);
  if (named.length === 0)
    return failure({
      code: 'override.unknown-owner',
      message: `There is no device, crossbar, block, hardware, dataset or experiment "${path.owner}".`,
      hint: suggestion(path.owner, distinct(owners.map((owner) => owner.node.name)), 'The design is empty.'),
    });
  for (const owner of named) {
    const outcome = owner.override(path.parameter, value);
    if (outcome) return outcome;
  }
  const known = distinct(named.flatMap((owner) => owner.parameters()));
  return failure({
    code: 'override.unknown-parameter',
    message: `"${path.owner}" has no parameter "${path.parameter}".`,
    hint: suggestion(path.parameter, known, 'It has no parameters.'),
    origin: named[0].node.origin,
  });
}

/**
 * Voltage at which a device's conductance window holds: the read voltage of the first crossbar made of it; 0, which
 * stands for the slope at the origin, where no crossbar is.
 */
export function readVoltageOf(design: Pick<Design, 'crossbars'>, device: string): number {
  return design.crossbars.find((crossbar) => crossbar.device === device)?.vRead ?? 0;
}

interface Owner {
  readonly node: Identified;
  parameters(): readonly string[];
  /** Undefined where the owner has no such parameter. */
  override(parameter: string, value: ParameterValue): Outcome<Design> | undefined;
}

function ownersOf(design: Design): readonly Owner[] {
  return [
    ...design.devices.map((device) => deviceOwner(design, device)),
    ...propertyOwners(design, 'crossbars', crossbarProperties).map((owner) => withWindows(owner)),
    ...design.blocks.map((block) => blockOwner(design, block)),
    ...propertyOwners(design, 'hardware', hardwareProperties),
    ...propertyOwners(design, 'datasets', datasetProperties),
    ...propertyOwners(design, 'experiments', experimentProperties),
  ];
}

type List = 'devices' | 'crossbars' | 'blocks' | 'hardware' | 'datasets' | 'experiments';

function propertyOwners<K extends List>(
  design: Design,
  list: K,
  propertiesOf: (node: Design[K][number]) => Readonly<Record<string, Property<Design[K][number]>>>,
): readonly Owner[] {
  const nodes: readonly Design[K][number][] = design[list];
  return nodes.map((node) => {
    const properties = propertiesOf(node);
    return {
      node,
      parameters: () => Object.keys(properties),
      override(parameter, value) {
        if (!Object.hasOwn(properties, parameter)) return undefined;
        const changed = properties[parameter].put(node, value);
        if (!changed) return failure(unfit(node, parameter, value, properties[parameter].accepts));
        return success({ ...design, [list]: nodes.map((other) => (other === node ? changed : other)) });
      },
    };
  });
}

function deviceOwner(design: Design, device: DeviceDesign): Owner {
  const model = deviceModels.get(device.model);
  const [array] = propertyOwners({ ...design, devices: [device] }, 'devices', deviceProperties);
  return {
    node: device,
    parameters: () => [
      ...array.parameters(),
      ...(model ? model.parameters.map((parameter) => parameter.name) : Object.keys(device.parameters)),
    ],
    override(parameter, value) {
      // A parameter of the user's own that is called like an array property goes before it, as in the language.
      const changed = overrideModel(design, device, model, parameter, value);
      const replaced = changed ?? array.override(parameter, value);
      if (!replaced?.ok) return replaced;
      const [node] = replaced.value.devices;
      return success({
        ...design,
        devices: design.devices.map((other) => (other === device ? node : other)),
      });
    },
  };
}

/** A design that holds the changed device alone. */
function overrideModel(
  design: Design,
  device: DeviceDesign,
  model: DeviceModel | undefined,
  parameter: string,
  value: ParameterValue,
): Outcome<Design> | undefined {
  if (!model) return overrideEquations(design, device, parameter, value);
  const known = model.parameters.find((candidate) => candidate.name === parameter);
  if (!known) return undefined;
  if (value.kind !== known.kind)
    return failure(
      unfit(device, parameter, value, known.kind === 'word' ? known.words.join(', ') : 'a number'),
    );
  const parameters = { ...device.parameters, [parameter]: value };
  const resolved = resolveValues(model, modelValues(parameters));
  if (!resolved.ok)
    return failure(...resolved.problems.map((problem) => ({ ...problem, origin: device.origin })));
  const window = model.window(resolved.value, readVoltageOf(design, device.name));
  return success({
    ...design,
    devices: [{ ...device, parameters, array: { ...device.array, ...window } }],
  });
}

/** A parameter of a device by its own equations. A conductance window that followed from them follows them again. */
function overrideEquations(
  design: Design,
  device: DeviceDesign,
  parameter: string,
  value: ParameterValue,
): Outcome<Design> | undefined {
  if (!Object.hasOwn(device.parameters, parameter)) return undefined;
  const { kind } = device.parameters[parameter];
  if (value.kind !== kind)
    return failure(unfit(device, parameter, value, kind === 'range' ? 'a range' : `a ${kind}`));
  const changed = { ...device, parameters: { ...device.parameters, [parameter]: value } };
  const vRead = readVoltageOf(design, device.name);
  const [before, after] = [equationDevice(device), equationDevice(changed)];
  if (!before.ok) return before;
  if (!after.ok) return after;
  const follow = (state: 'on' | 'off', standing: number): number => {
    const derived = readConductance(before.value, before.value[state], vRead);
    const followed = Math.abs(standing - derived) <= 1e-9 * Math.abs(derived);
    return followed ? readConductance(after.value, after.value[state], vRead) : standing;
  };
  const [gOn, gOff] = [follow('on', device.array.gOn), follow('off', device.array.gOff)];
  if (!(gOn > gOff && gOff > 0))
    return failure({
      code: 'device.conflicting-parameters',
      message: `"${device.name}" would conduct ${gOn} S when fully on and ${gOff} S when fully off; on must conduct more, and off something.`,
      origin: device.origin,
    });
  const array = { ...device.array, gOn, gOff };
  return success({ ...design, devices: [{ ...changed, array }] });
}

/** A changed read voltage moves the conductance window of the device that the crossbar is made of. */
function withWindows(owner: Owner): Owner {
  return {
    ...owner,
    override(parameter, value) {
      const changed = owner.override(parameter, value);
      if (!changed?.ok || parameter !== 'vRead') return changed;
      const design = changed.value;
      const devices = design.devices.map((device) => {
        const model = deviceModels.get(device.model);
        const reads = design.crossbars.find((crossbar) => crossbar.device === device.name);
        if (!model || reads?.name !== owner.node.name) return device;
        const window = model.window(modelValues(device.parameters), reads.vRead);
        return { ...device, array: { ...device.array, ...window } };
      });
      return success({ ...design, devices });
    },
  };
}

function blockOwner(design: Design, block: BlockDesign): Owner {
  return {
    node: block,
    parameters: () => block.parameters.map((parameter) => parameter.name),
    override(name, value) {
      const parameter = block.parameters.find((candidate) => candidate.name === name);
      if (!parameter) return undefined;
      const { low = -Infinity, high = Infinity } = parameter;
      const expected = parameter.default.kind === 'range' ? 'a range' : 'a number or a distribution';
      const bounds = low > -Infinity || high < Infinity ? ` within ${low} .. ${high} ${parameter.unit}` : '';
      if (!fitsBlock(parameter.default, value, low, high))
        return failure(unfit(block, name, value, expected + bounds));
      const parameters = block.parameters.map((other) =>
        other === parameter ? { ...parameter, default: value } : other,
      );
      return success({
        ...design,
        blocks: design.blocks.map((other) => (other === block ? { ...block, parameters } : other)),
        hardware: design.hardware.map((hardware) => withoutArgument(hardware, block.name, name)),
      });
    },
  };
}

function fitsBlock(standing: ParameterValue, value: ParameterValue, low: number, high: number): boolean {
  const within = (number: number) => number >= low && number <= high;
  if (standing.kind === 'range')
    return value.kind === 'range' && value.low < value.high && within(value.low) && within(value.high);
  if (standing.kind === 'word') return value.kind === 'word';
  if (value.kind === 'distribution') return within(value.mean) && value.sigma >= 0;
  return value.kind === 'number' && within(value.value);
}

function withoutArgument(hardware: HardwareDesign, block: string, parameter: string): HardwareDesign {
  const bindings = Object.fromEntries(
    Object.entries(hardware.bindings).map(([role, use]) => {
      const { [parameter]: _dropped, ...rest } = use.arguments;
      return [role, use.block === block ? { ...use, arguments: rest } : use];
    }),
  );
  return { ...hardware, bindings };
}

function unfit(node: Identified, parameter: string, value: ParameterValue, accepts: string): Problem {
  return {
    code: 'override.value',
    message: `"${node.name}.${parameter}" cannot be ${describe(value)}.`,
    hint: `It takes ${accepts}.`,
    origin: node.origin,
  };
}

function describe(value: ParameterValue): string {
  if (value.kind === 'distribution')
    return `${value.shape}(${value.mean}, ${value.sigma}${value.relative ? ' relative' : ''})`;
  return value.kind === 'range' ? `${value.low} .. ${value.high}` : `${value.value}`;
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];
