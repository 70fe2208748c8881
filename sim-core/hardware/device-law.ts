import type { DeviceArrayProperties, OperatingConditions } from '../design/design.ts';
import { pcmDrift, pcmFlicker, pcmOnset, pcmProgrammingSigma } from '../devices/statistical/pcm.ts';
import { reramSigma } from '../devices/statistical/reram.ts';
import { exp, log, pow } from '../math/elementary.ts';
import type { RandomStream } from '../math/random.ts';
import { programmed } from './conductance.ts';

/** What writing, time and reading do to one conductance; siemens. */
export interface DeviceLaw {
  /** The conductance that one write aimed at `target` leaves. */
  write(target: number, stream: RandomStream): number;
  /** What has become of it when it is used. */
  age(written: number, target: number, stream: RandomStream): number;
  /** Standard deviation of its 1/f noise in a band of a factor e, relative to the conductance. */
  flicker(target: number): number;
}

/** The law of a device: of its statistical model, if it is one, where its array properties say nothing else. */
export function deviceLaw(array: DeviceArrayProperties, model: string): DeviceLaw {
  const { programming, conditions } = array;
  const own =
    model === 'pcm' ? pcmLaw(conditions) : model === 'reram' ? reramLaw(conditions) : plainLaw(conditions);
  const flicker = conditions?.flicker;
  return {
    ...own,
    ...(programming ? { write: (target, stream) => programmed(target, programming, stream) } : {}),
    ...(flicker === undefined ? {} : { flicker: () => flicker }),
  };
}

/** Time of use as the drift counts it: by Arrhenius' law `t·exp(E/k·(1/Tref - 1/T))`. */
export function effectiveAge(conditions: OperatingConditions | undefined): number {
  if (!conditions) return 0;
  const { age, temperature, referenceTemperature, activationEnergy = 0 } = conditions;
  return age * exp((activationEnergy / boltzmann) * (1 / referenceTemperature - 1 / temperature));
}

const boltzmann = 1.380649e-23;

function plainLaw(conditions: OperatingConditions | undefined): DeviceLaw {
  const { exponent, variation, onset } = conditions?.drift ?? { exponent: 0, variation: 0, onset: 1 };
  const times = log((effectiveAge(conditions) + onset) / onset);
  return {
    write: (target) => target,
    age: (written, _target, stream) =>
      exponent === 0 ? written : written * exp(-exponent * (1 + variation * stream.gaussian()) * times),
    flicker: () => 0,
  };
}

/** Phase-change memory, as the statistical model `pcm`. */
function pcmLaw(conditions: OperatingConditions | undefined): DeviceLaw {
  const ratio = (effectiveAge(conditions) + pcmOnset) / pcmOnset;
  return {
    write: (target, stream) => Math.max(0, target + pcmProgrammingSigma(target) * stream.gaussian()),
    age(written, target, stream) {
      const { mean, sigma } = pcmDrift(target);
      return written * pow(ratio, -Math.abs(mean + sigma * stream.gaussian()));
    },
    flicker: pcmFlicker,
  };
}

/** Resistive memory, as the statistical model `reram`: the deviation from the target grows. */
function reramLaw(conditions: OperatingConditions | undefined): DeviceLaw {
  const time = effectiveAge(conditions);
  return {
    write: (target, stream) => Math.max(0, target + reramSigma(target, 0) * stream.gaussian()),
    age: (written, target) =>
      Math.max(0, target + ((written - target) * reramSigma(target, time)) / reramSigma(target, 0)),
    flicker: () => 0,
  };
}
