import type { CharacterizationDesign, DeviceDesign, VariationDesign } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import { deviceModels } from '../devices/catalogue.ts';
import { compactDevice } from '../devices/compact-device.ts';
import { modelValues } from '../devices/define.ts';
import type { Device } from '../devices/model.ts';
import { pulseModels } from '../devices/pulse/catalogue.ts';
import type { PulsedDevice } from '../devices/pulse/pulse-model.ts';
import { statisticalModels } from '../devices/statistical/catalogue.ts';
import type { StatisticalModel } from '../devices/statistical/statistical-model.ts';
import { drawAround } from '../hardware/distribution.ts';
import { type RandomStream, randomStream } from '../math/random.ts';

/** The devices that an analysis drives: each a draw of its own, all alike where nothing varies. */
export interface Subject {
  readonly name: string;
  /** What its model says: how voltages move its states, what a pulse does to it, or how programming ends. */
  readonly kind: 'compact' | 'pulses' | 'statistics';
  /** Device number `device` of a stimulus; `pulse` counts where a parameter varies with each pulse. */
  draw(stimulus: string, device: number, pulse?: number): Outcome<Device>;
  /** The same of a pulse-update model, with its own device-to-device variation. */
  drawPulsed(stimulus: string, device: number): Outcome<PulsedDevice>;
  /** The statistics of programming, where the model is that. */
  readonly statistics?: StatisticalModel;
  /** Random numbers of one device's model under a stimulus. */
  stream(stimulus: string, device: number): RandomStream;
  /** A parameter differs from pulse to pulse. */
  readonly variesWithPulses: boolean;
  /** States that a device starts from. */
  initial(device: Device): Outcome<Float64Array>;
}

export function subjectOf(
  device: DeviceDesign,
  analysis: CharacterizationDesign,
  seed: number,
): Outcome<Subject> {
  const { variations, initial } = analysis;
  const stream = (stimulus: string, at: readonly number[], { parameter, each }: VariationDesign) =>
    randomStream(
      seed,
      analysis.name,
      stimulus,
      'vary',
      parameter,
      ...(each === 'device' ? at.slice(0, 1) : at),
    );
  const nominal = compactDevice(device);
  if (!nominal.ok) return nominal;
  const pulsed = device.equations ? undefined : pulseModels.get(device.model);
  const statistics = device.equations ? undefined : statisticalModels.get(device.model);
  const drawn = (stimulus: string, at: readonly number[]) =>
    variations.length === 0
      ? success(device)
      : varied(device, variations, (variation) => stream(stimulus, at, variation));
  const own = (stimulus: string, number: number, what: string) =>
    randomStream(seed, analysis.name, stimulus, what, number);
  return success({
    name: device.name,
    kind: pulsed ? 'pulses' : statistics ? 'statistics' : 'compact',
    ...(statistics ? { statistics } : {}),
    stream: (stimulus, number) => own(stimulus, number, 'model'),
    variesWithPulses: variations.some(({ each }) => each === 'pulse'),
    draw(stimulus, number, pulse = 0) {
      const design = drawn(stimulus, [number, pulse]);
      return design.ok ? located(compactDevice(design.value), variations) : design;
    },
    drawPulsed(stimulus, number) {
      const design = drawn(stimulus, [number, 0]);
      if (!design.ok) return design;
      const device = pulsed?.draw(modelValues(design.value.parameters), own(stimulus, number, 'draw'));
      return device ? success(device) : failure(notPulsed(design.value));
    },
    initial: (drawn) => initialStates(device, drawn, initial),
  });
}

const located = <T>(outcome: Outcome<T>, [variation]: readonly VariationDesign[]): Outcome<T> =>
  outcome.ok || !variation
    ? outcome
    : failure(...outcome.problems.map((problem) => ({ origin: variation.origin, ...problem })));

const notPulsed = ({ name, model }: DeviceDesign) => ({
  code: 'analysis.stimulus',
  message: `${name} is of model ${model}, which says nothing of single pulses.`,
});

/** The device with its varied parameters drawn, each kept within its bounds. */
function varied(
  device: DeviceDesign,
  variations: readonly VariationDesign[],
  stream: (variation: VariationDesign) => RandomStream,
): Outcome<DeviceDesign> {
  const parameters = { ...device.parameters };
  for (const variation of variations) {
    const { parameter, spread, origin } = variation;
    const mean = parameters[parameter];
    if (mean?.kind !== 'number') return failure(notVariable(device, parameter, origin));
    const drawn = drawAround(mean.value, spread, stream(variation));
    const bounds = deviceModels.get(device.model)?.parameters.find(({ name }) => name === parameter);
    const [low, high] = bounds?.kind === 'number' ? [bounds.low, bounds.high] : [-Infinity, Infinity];
    parameters[parameter] = { kind: 'number', value: Math.min(Math.max(drawn, low), high) };
  }
  return success({ ...device, parameters });
}

const notVariable = (device: DeviceDesign, parameter: string, origin: VariationDesign['origin']) => ({
  code: 'analysis.variation',
  message: `${device.name} has no number "${parameter}" that could vary.`,
  hint: 'Vary a numeric parameter of its model.',
  origin,
});

function initialStates(
  { name }: DeviceDesign,
  { states }: Device,
  given: CharacterizationDesign['initial'],
): Outcome<Float64Array> {
  const unknown = Object.keys(given).find((state) => !states.some((known) => known.name === state));
  if (unknown !== undefined)
    return failure({
      code: 'device.initial-state',
      message: `${name} has no state ${unknown}.`,
      hint: `Its states are ${states.map((state) => state.name).join(', ')}.`,
    });
  return success(Float64Array.from(states, (state) => given[state.name] ?? state.initial));
}
