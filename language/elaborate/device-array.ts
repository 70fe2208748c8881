import type { DeviceArrayProperties, OperatingConditions } from '@memloom/sim-core';
import type { Related } from '../diagnostics/report.ts';
import * as ast from '../generated/ast.ts';
import type { Context } from './context.ts';
import type { Properties } from './properties.ts';

/** What an array of devices adds, from its properties and the conductance window that the model has. */
export function arrayProperties(
  properties: Properties,
  window: { readonly gOn: number; readonly gOff: number },
): DeviceArrayProperties {
  const levels = properties.number('levels');
  const programming = properties.spread('programming');
  const readNoise = properties.spread('readNoise');
  const gOnVariation = properties.spread('gOnVariation');
  const gOffVariation = properties.spread('gOffVariation');
  const tolerance = properties.number('verify');
  return {
    gOn: window.gOn,
    gOff: window.gOff,
    ...(levels === undefined ? {} : { levels }),
    ...(programming ? { programming } : {}),
    ...(readNoise ? { readNoise } : {}),
    stuckOn: properties.number('stuckOn') ?? 0,
    stuckOff: properties.number('stuckOff') ?? 0,
    ...(gOnVariation ? { gOnVariation } : {}),
    ...(gOffVariation ? { gOffVariation } : {}),
    ...(tolerance === undefined
      ? {}
      : { verify: { tolerance, tries: properties.number('verifyTries') ?? 1 } }),
    ...pulseWriting(properties),
    ...((properties.number('reads') ?? 0) > 0 ? { reads: properties.number('reads') } : {}),
    conditions: operatingConditions(properties),
  };
}

function pulseWriting(properties: Properties): Pick<DeviceArrayProperties, 'pulses'> {
  const [up, down] = [properties.number('upVoltage'), properties.number('downVoltage')];
  if (properties.word('write') !== 'pulses' || up === undefined || down === undefined) return {};
  const [start, step] = [properties.number('gateStart'), properties.number('gateStep')];
  const gate = start === undefined || step === undefined ? {} : { gate: { start, step } };
  return { pulses: { up, down, width: properties.number('pulseWidth') ?? 0, ...gate } };
}

/** Pulses need their voltages. */
export function checkPulses(device: ast.Device, properties: Properties, { report }: Context): void {
  if (properties.word('write') !== 'pulses') return;
  const meanings = { upVoltage: 'what raises the conductance', downVoltage: 'what lowers it' };
  for (const [name, meaning] of Object.entries(meanings))
    if (!properties.given(name))
      report('parameter.missing', { node: device, property: 'name' }, { owner: device.name, name, meaning });
}

function operatingConditions(properties: Properties): OperatingConditions {
  // The schema has a default for each of these.
  const number = (name: string) => properties.number(name) ?? 0;
  const flicker = properties.number('flicker');
  const activationEnergy = properties.number('activationEnergy');
  return {
    age: number('age'),
    temperature: number('temperature'),
    referenceTemperature: number('referenceTemperature'),
    ...(activationEnergy === undefined ? {} : { activationEnergy }),
    drift: {
      exponent: number('drift'),
      variation: number('driftVariation'),
      onset: number('driftOnset'),
    },
    ...(flicker === undefined ? {} : { flicker }),
    readTime: number('readTime'),
  };
}

/** The array properties that a device's text gives. */
export function arrayTexts(device: ast.Device | ast.ModelDeclaration): readonly ast.Property[] {
  if (ast.isDerivedDevice(device)) return device.body?.properties ?? [];
  return ast.isEquationDevice(device) ? device.arrays.flatMap((array) => array.properties) : [];
}

/** A device is stuck at one end or at the other, so the two probabilities add up. */
export function checkStuck(device: ast.Device, properties: Properties, { report }: Context): void {
  const total = (properties.number('stuckOn') ?? 0) + (properties.number('stuckOff') ?? 0);
  if (total <= 1) return;
  const message = `stuckOn and stuckOff add up to ${total}; together they are at most 1.`;
  report(
    'device.values',
    { node: device, property: 'name' },
    { message },
    propertiesGiven(properties, ['stuckOn', 'stuckOff']),
  );
}

/** Where properties are given that a finding is about. */
export function propertiesGiven(properties: Properties, names: readonly string[]): readonly Related[] {
  return names.flatMap((name) => {
    const node = properties.given(name);
    return node ? [{ place: { node }, message: `"${name}" is given here.` }] : [];
  });
}
