import type { CrossbarDesign } from '../design/design.ts';
import { pow } from '../math/elementary.ts';
import { nearestLevel, type ProgrammableDevice } from './conductance.ts';

/**
 * How a weight becomes the conductances of its devices: `w = (G+ - G-)/k_w`, the largest weight taking the whole
 * window. `G-` is the partner of a pair, or the device of the reference line in the same row.
 *
 * - `differential`: `G± = gOff + max(±w, 0)·k_w`, as IBM's aihwkit maps a single pair.
 * - `complementary`: `G± = gMid ± w·k_w/2`.
 * - `offset`: `G+ = gMid + w·k_w`, `G- = gMid`; k_w is half of that of the pairs.
 */
export type Coding = CrossbarDesign['coding'];

/** `k_w` in siemens per unit of weight. An array whose weights are all zero maps the weight 1 to its window. */
export function siemensPerWeight(device: ProgrammableDevice, weightMax: number, coding: Coding): number {
  const window = device.gOn - device.gOff;
  return (coding === 'offset' ? window / 2 : window) / (weightMax > 0 ? weightMax : 1);
}

/** Target conductance of a weight's plus device (`sign` 1) or minus device (-1), limited to the window, on a level. */
export function targetConductance(
  device: ProgrammableDevice,
  coding: Coding,
  siemens: number,
): (weight: number, sign: 1 | -1) => number {
  const { gOn, gOff } = device;
  const middle = (gOn + gOff) / 2;
  const nearest = nearestLevel(device);
  const limited = (conductance: number) => nearest(Math.min(gOn, Math.max(gOff, conductance)));
  switch (coding) {
    case 'differential':
      return (weight, sign) => limited(gOff + Math.max(sign * weight * siemens, 0));
    case 'complementary':
      return (weight, sign) => limited(middle + (sign * weight * siemens) / 2);
    case 'offset':
      return (weight, sign) => limited(sign > 0 ? middle + weight * siemens : middle);
  }
}

/**
 * Bit slices of weights: of `|w|/weightMax`, rounded to `slices·bits` bits, slice 0 holds the most significant `bits`,
 * with the weight's sign. The slices' outputs are shifted and added digitally.
 */
export interface BitSlices {
  /** Share of each slice in the sum; together 1. */
  readonly shares: readonly number[];
  /** The weight that a slice holds, so that `Σ share·part` is the rounded weight. */
  part(weight: number, weightMax: number, slice: number): number;
}

export function bitSlices(slices: number, bits: number): BitSlices {
  const radix = pow(2, bits);
  const largest = pow(2, slices * bits) - 1;
  const shift = (slice: number) => pow(radix, slices - 1 - slice);
  return {
    shares: Array.from({ length: slices }, (_, slice) => (shift(slice) * (radix - 1)) / largest),
    part(weight, weightMax, slice) {
      const whole = Math.round(Math.min(1, Math.abs(weight) / weightMax) * largest);
      const digit = Math.floor(whole / shift(slice)) % radix;
      return (Math.sign(weight) * weightMax * digit) / (radix - 1);
    },
  };
}

/** The slices of a crossbar's weights; undefined where each weight is one analog value. */
export const slicesOf = ({ slices, sliceBits }: CrossbarDesign): BitSlices | undefined =>
  slices === undefined ? undefined : bitSlices(slices, sliceBits);
