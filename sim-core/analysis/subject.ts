import type { CharacterizationDesign, DeviceDesign, VariationDesign } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import { deviceModels } from '../devices/catalogue.ts';
import { compactDevice } from '../devices/compact-device.ts';
import type { Device } from '../devices/model.ts';
import { drawAround } from '../hardware/distribution.ts';
import { type RandomStream, randomStream } from '../math/random.ts';

/** The devices that an analysis drives: each a draw of its own, all alike where nothing varies. */
export interface Subject {
  readonly name: string;
  /** Device number `device` of a stimulus; `pulse` counts where a parameter varies with each pulse. */
  draw(stimulus: string, device: number, pulse?: number): Outcome<Device>;
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
  return success({
    name: device.name,
    variesWithPulses: variations.some(({ each }) => each === 'pulse'),
    draw: (stimulus, number, pulse = 0) =>
      variations.length === 0
        ? nominal
        : varied(device, variations, (variation) => stream(stimulus, [number, pulse], variation)),
    initial: (drawn) => initialStates(device, drawn, initial),
  });
}

/** The device with its varied parameters drawn, each kept within its bounds. */
function varied(
  device: DeviceDesign,
  variations: readonly VariationDesign[],
  stream: (variation: VariationDesign) => RandomStream,
): Outcome<Device> {
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
  const outcome = compactDevice({ ...device, parameters });
  return outcome.ok
    ? outcome
    : failure(...outcome.problems.map((problem) => ({ origin: variations[0]?.origin, ...problem })));
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
