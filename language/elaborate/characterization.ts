import type {
  CharacterizationDesign,
  Distribution,
  ProgrammingDesign,
  PulseDesign,
  PulsesDesign,
  StimulusDesign,
  VariationDesign,
  WaveDesign,
} from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';
import { nearest } from '../references/nearest.ts';
import type { Dimension } from '../types/units/dimension.ts';
import { inCatalogueUnit } from './catalogue-units.ts';
import { type Context, originOf } from './context.ts';
import { deviceStates } from './device-states.ts';
import { evaluateParameter, type ParameterType, parameterType } from './parameters.ts';
import { type Properties, readProperties } from './properties.ts';
import type { Value } from './value.ts';

/** A characterisation under the name `name`, which is unique in its experiment. */
export function elaborateCharacterization(
  node: ast.Characterize,
  id: string,
  name: string,
  context: Context,
): CharacterizationDesign {
  const device = node.device?.ref;
  const vRead = readProperties('characterize', node, node.properties, context).number('vRead');
  const names = new StimulusNames();
  const analysis = `${id}/characterize:${name}`;
  return {
    id: analysis,
    name,
    origin: originOf(node),
    kind: 'characterize',
    device: device ? context.use(device) : '',
    ...(vRead === undefined ? {} : { vRead }),
    initial: initialStates(node, context),
    variations: node.variations.flatMap((variation) => elaborateVariation(variation, context)),
    stimuli: node.stimuli.flatMap((stimulus) => elaborateStimulus(stimulus, analysis, names, context)),
  };
}

/** `sine`, `sine2`, …: the kind, and a number from the second on. */
class StimulusNames {
  private readonly counts = new Map<string, number>();

  next(kind: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    return count === 1 ? kind : `${kind}${count}`;
  }
}

function elaborateStimulus(
  stimulus: ast.Stimulus,
  analysis: string,
  names: StimulusNames,
  context: Context,
): readonly StimulusDesign[] {
  const identified = (kind: string) => {
    const name = names.next(kind);
    return { id: `${analysis}/${name}`, name, origin: originOf(stimulus) };
  };
  switch (stimulus.$type) {
    case 'Wave':
      return elaborateWaves(stimulus, identified, context);
    case 'Pulses':
      return [elaboratePulses(stimulus, identified('pulses'), context)];
    case 'Programming':
      return [elaborateProgramming(stimulus, identified('program'), context)];
  }
}

type Identity = Pick<StimulusDesign, 'id' | 'name' | 'origin'>;

/** One wave for each pair of an amplitude and a frequency. */
function elaborateWaves(
  wave: ast.Wave,
  identified: (kind: string) => Identity,
  context: Context,
): readonly WaveDesign[] {
  const properties = readProperties('wave', wave, wave.body?.properties ?? [], context);
  const shape = wave.shape === 'triangle' ? 'triangle' : 'sine';
  const periods = wave.periods ? numberOf(wave.periods, periodsType, context) : 1;
  const frequencies = wave.frequencies.flatMap((node) => numberOf(node, frequencyType, context) ?? []);
  return wave.amplitudes
    .flatMap((node) => numberOf(node, amplitudeType, context) ?? [])
    .flatMap((amplitude) =>
      frequencies.map((frequency) => ({
        ...identified(shape),
        kind: shape,
        amplitude,
        frequency,
        periods: periods ?? 1,
        samples: properties.number('samples') ?? 200,
      })),
    );
}

function elaboratePulses(node: ast.Pulses, identity: Identity, context: Context): PulsesDesign {
  const properties = readProperties('pulses', node, node.body?.properties ?? [], context);
  return {
    ...identity,
    kind: 'pulses',
    trains: node.trains.map((train) => ({ ...pulseOf(train, context), count: countOf(train, context) })),
    cycles: properties.number('cycles') ?? 1,
    gap: properties.number('gap') ?? 0,
    devices: properties.number('devices') ?? 1,
  };
}

function elaborateProgramming(
  node: ast.Programming,
  identity: Identity,
  context: Context,
): ProgrammingDesign {
  const properties = readProperties('program', node, node.body?.properties ?? [], context);
  const noPulse = { amplitude: 0, width: 0 };
  for (const pulse of [node.up, node.down])
    if (pulse?.repeat !== undefined)
      context.report('stimulus.repeat', { node: pulse, property: 'repeat' }, {});
  return {
    ...identity,
    kind: 'program',
    targets: node.targets.flatMap((target) => numberOf(target, targetType, context) ?? []),
    potentiate: node.up ? pulseOf(node.up, context) : noPulse,
    depress: node.down ? pulseOf(node.down, context) : noPulse,
    gap: properties.number('gap') ?? 0,
    tolerance: properties.number('tolerance') ?? 0,
    mostPulses: properties.number('mostPulses') ?? 0,
    readAfter: properties.number('readAfter') ?? 0,
    devices: properties.number('devices') ?? 1,
    ...gateOf(properties),
  };
}

function gateOf(properties: Properties): Pick<ProgrammingDesign, 'gate'> {
  const [start, step] = [properties.number('gateStart'), properties.number('gateStep')];
  return start === undefined || step === undefined ? {} : { gate: { start, step } };
}

const pulseOf = (pulse: ast.Pulse, context: Context): PulseDesign => ({
  amplitude: (pulse.amplitude && numberOf(pulse.amplitude, amplitudeType, context)) ?? 0,
  width: (pulse.width && numberOf(pulse.width, widthType, context)) ?? 0,
});

/** Pulses of a train; one where nothing says how many. */
function countOf(train: ast.Pulse, { report }: Context): number {
  if (train.repeat === undefined) return 1;
  const count = Number(train.repeat.slice(1));
  if (count >= 1 && count <= mostPulses) return count;
  const details = { subject: 'The number of pulses', value: `${count}`, bounds: `1 .. ${mostPulses}` };
  report('value.bounds', { node: train, property: 'repeat' }, details);
  return 1;
}

const mostPulses = 1e6;

const quantity = (name: string, dimension: Dimension, low: number, high: number): ParameterType => ({
  name,
  kind: 'number',
  dimension,
  low,
  high,
  words: [],
  random: false,
});
const volt: Dimension = { kg: 1, m: 2, s: -3, A: -1 };
const siemens: Dimension = { kg: -1, m: -2, s: 3, A: 2 };
const amplitudeType = quantity('amplitude', volt, -1000, 1000);
const frequencyType = quantity('frequency', { s: -1 }, 1e-9, 1e15);
const widthType = quantity('width', { s: 1 }, 1e-18, 1e9);
const periodsType = quantity('periods', { period: 1 }, 0.01, 1e6);
const targetType = quantity('target', siemens, 1e-18, 1e3);

function numberOf(node: ast.Expression, type: ParameterType, { report }: Context): number | undefined {
  const value = evaluateParameter(node, type, report);
  return value?.kind === 'number' ? value.value : undefined;
}

function elaborateVariation(variation: ast.Variation, { report }: Context): readonly VariationDesign[] {
  const parameter = variation.parameter?.ref;
  if (!parameter) return [];
  const own = parameterType(parameter, false, () => undefined);
  const type: ParameterType = { ...own, kind: 'spread', low: -Infinity, high: Infinity };
  const value = variation.spread && evaluateParameter(variation.spread, type, report);
  if (value?.kind !== 'number' && value?.kind !== 'distribution') return [];
  return [
    {
      parameter: parameter.name,
      spread: spreadOf(value, parameter),
      each: variation.each === 'pulse' ? 'pulse' : 'device',
      origin: originOf(variation),
    },
  ];
}

/** A number is the standard deviation of a gaussian; relative where it is given in percent. */
function spreadOf(value: SpreadValue, parameter: ast.Parameter): Distribution {
  const given: Distribution =
    value.kind === 'distribution'
      ? value.distribution
      : { kind: 'distribution', shape: 'gaussian', mean: 0, sigma: value.value, relative: value.percent };
  if (given.relative) return given;
  const converted = inCatalogueUnit({ kind: 'number', value: given.sigma }, parameter);
  return converted.kind === 'number' ? { ...given, sigma: converted.value } : given;
}

type SpreadValue = Extract<Value, { kind: 'number' | 'distribution' }>;

function initialStates(node: ast.Characterize, context: Context): CharacterizationDesign['initial'] {
  const device = node.device?.ref;
  const states = device && deviceStates(device, context);
  const values = node.initial.flatMap((initial): readonly (readonly [string, number])[] => {
    const known = states?.find(({ name }) => name === initial.state);
    if (states && !known) {
      const names = states.map(({ name }) => name);
      const details = {
        device: device.name,
        state: initial.state ?? '',
        known: names.join(', '),
        suggestion: nearest(initial.state ?? '', names),
      };
      context.report('state.unknown', { node: initial, property: 'state' }, details);
    }
    if (!known || !initial.value) return [];
    const { name, low, high } = known;
    const value = numberOf(initial.value, quantity(name, known.dimension, low, high), context);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(values);
}
