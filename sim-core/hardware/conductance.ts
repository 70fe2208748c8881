import type { DeviceArrayProperties, Distribution } from '../design/design.ts';
import type { RandomStream } from '../math/random.ts';
import { drawAround } from './distribution.ts';

/** Conductances of the two devices of each weight, in siemens; index: pair of the layout. */
export interface ConductancePairs {
  readonly plus: Float64Array;
  readonly minus: Float64Array;
}

export const conductancePairs = (count: number): ConductancePairs => ({
  plus: new Float64Array(count),
  minus: new Float64Array(count),
});

/** The devices that hold weights: window, levels and errors. */
export type ProgrammableDevice = DeviceArrayProperties;

/**
 * `k_w` in siemens per unit of weight: the largest weight takes the whole window, `w = (G+ - G-)/k_w`. An array whose
 * weights are all zero maps the weight 1 to it.
 */
export const siemensPerWeight = (device: ProgrammableDevice, weightMax: number): number =>
  (device.gOn - device.gOff) / (weightMax > 0 ? weightMax : 1);

/**
 * Target conductances in the minimal form: `G+ = gOff + max(w, 0)·k_w`, `G- = gOff + max(-w, 0)·k_w`, limited to gOn
 * and taken to the nearest level.
 */
export function targetConductances(
  weights: ArrayLike<number>,
  siemens: number,
  device: ProgrammableDevice,
  target: ConductancePairs,
): void {
  const { gOn, gOff } = device;
  const nearest = nearestLevel(device);
  for (let p = 0; p < weights.length; p++) {
    const change = weights[p] * siemens;
    target.plus[p] = nearest(Math.min(gOn, gOff + Math.max(change, 0)));
    target.minus[p] = nearest(Math.min(gOn, gOff + Math.max(-change, 0)));
  }
}

/** The programmable conductance nearest to one: evenly spaced levels from gOff to gOn, or itself on a continuum. */
export function nearestLevel({ gOn, gOff, levels }: ProgrammableDevice): (conductance: number) => number {
  if (levels === undefined) return (conductance) => conductance;
  const step = (gOn - gOff) / (levels - 1);
  return (conductance) => gOff + Math.round((conductance - gOff) / step) * step;
}

/**
 * The conductance that programming leaves. Its one limit is zero: no passive device conducts less. gOff and gOn do
 * not limit it, because they are the nominal ends of the window about which real devices scatter.
 */
export function programmed(target: number, error: Distribution, stream: RandomStream): number {
  const shift = error.relative || error.shape === 'lognormal' ? 0 : error.mean;
  return Math.max(0, drawAround(target + shift, error, stream));
}

/** Programs every pair, the plus before the minus device. */
export function program(
  target: ConductancePairs,
  error: Distribution | undefined,
  stream: RandomStream,
  actual: ConductancePairs,
): void {
  if (!error) {
    actual.plus.set(target.plus);
    actual.minus.set(target.minus);
    return;
  }
  for (let p = 0; p < target.plus.length; p++) {
    actual.plus[p] = programmed(target.plus[p], error, stream);
    actual.minus[p] = programmed(target.minus[p], error, stream);
  }
}

/** Sets each device that the stream picks to gOn (probability stuckOn) or gOff (stuckOff). */
export function stick(actual: ConductancePairs, device: ProgrammableDevice, stream: RandomStream): void {
  if (device.stuckOn + device.stuckOff === 0) return;
  for (let p = 0; p < actual.plus.length; p++) {
    actual.plus[p] = stuck(actual.plus[p], device, stream.uniform());
    actual.minus[p] = stuck(actual.minus[p], device, stream.uniform());
  }
}

export function stuck(conductance: number, device: ProgrammableDevice, chance: number): number {
  if (chance < device.stuckOn) return device.gOn;
  return chance < device.stuckOn + device.stuckOff ? device.gOff : conductance;
}
