import type { RandomStream } from '../../math/random.ts';
import { type Bound, bindParameters, type ParameterDefinition } from '../define.ts';
import type { ModelParameter, ParameterSet, ReadWindow, Values } from '../model.ts';

/**
 * Pulse-update models: what one programming pulse does to a device, without the physics in between. Data and pure
 * functions; every random number comes from the stream that is passed in.
 */
export interface PulseModel {
  readonly name: string;
  readonly doc: string;
  readonly source: string;
  readonly parameters: readonly ModelParameter[];
  readonly sets: Readonly<Record<string, ParameterSet>>;
  /** What is wrong with values that are each within their bounds. */
  validate(values: Values): readonly string[];
  /** One device, its constants drawn from the device-to-device variation. */
  draw(values: Values, random: RandomStream): PulsedDevice;
}

/** A device that pulses change. Its state is a weight or a conductance, as its model has it. */
export interface PulsedDevice {
  readonly low: number;
  readonly high: number;
  readonly initial: number;
  /** Conductances that programming reaches, where the bounds leave room beyond them. */
  readonly window?: ReadWindow;
  /** Conductance in siemens at a state. */
  conductance(state: number): number;
  /** State after one pulse, with cycle-to-cycle variation from `random`; within low .. high. */
  pulse(state: number, pulse: ProgrammingPulse, random: RandomStream): number;
}

/**
 * One programming pulse. A positive amplitude potentiates, a negative one depresses; models that know only one pulse
 * shape look at nothing but that sign.
 */
export interface ProgrammingPulse {
  /** Volts. */
  readonly amplitude: number;
  /** Seconds. */
  readonly width: number;
  /** Volts at the gate of a cell's transistor. */
  readonly gate?: number;
}

interface PulseDefinition<P> {
  readonly name: string;
  readonly doc: string;
  readonly source: string;
  readonly parameters: P;
  readonly sets: Readonly<Record<string, ParameterSet>>;
  validate?(parameters: Bound<P>): readonly string[];
  draw(parameters: Bound<P>, random: RandomStream): PulsedDevice;
}

/** Makes a pulse model of parameters by name and a function that sees their values typed. */
export function definePulseModel<P extends Readonly<Record<string, ParameterDefinition>>>(
  definition: PulseDefinition<P>,
): PulseModel {
  const { name, doc, source, sets } = definition;
  const { parameters, bind } = bindParameters(definition.parameters);
  return {
    name,
    doc,
    source,
    parameters,
    sets,
    validate: (values) => definition.validate?.(bind(values)) ?? [],
    draw: (values, random) => definition.draw(bind(values), random),
  };
}

export const clampTo = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);
