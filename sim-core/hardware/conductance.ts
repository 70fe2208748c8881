import type { DeviceArrayProperties, Distribution } from '../design/design.ts';
import type { RandomStream } from '../math/random.ts';
import { drawAround } from './distribution.ts';

/** Conductances of an array's devices, in siemens: those at plus and those at minus lines, as its layout numbers them. */
export interface Conductances {
  readonly plus: Float64Array;
  readonly minus: Float64Array;
}

export const conductances = ({
  plusCount,
  minusCount,
}: {
  readonly plusCount: number;
  readonly minusCount: number;
}): Conductances => ({
  plus: new Float64Array(plusCount),
  minus: new Float64Array(minusCount),
});

/** The devices that hold weights: window, levels and errors. */
export type ProgrammableDevice = DeviceArrayProperties;

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
