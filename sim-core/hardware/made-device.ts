import type { DeviceArrayProperties } from '../design/design.ts';
import type { RandomStream } from '../math/random.ts';
import type { Conductances } from './conductance.ts';
import type { DeviceLaw } from './device-law.ts';
import { drawAround } from './distribution.ts';

/** A stream for each kind of error. */
export interface DeviceStreams {
  /** What a device is: its window, and whether it is stuck. */
  readonly device: RandomStream;
  readonly stuck: RandomStream;
  /** What writing makes of it, and time. */
  readonly programming: RandomStream;
  readonly drift: RandomStream;
}

/** The conductance of one device when it is used, siemens: made, written towards a target, aged. */
export type MakeDevice = (target: number, streams: DeviceStreams) => number;

/**
 * Each device has a window of its own. A write without verifying lands where the target lies in the nominal window,
 * stretched to the device's own; with verifying the target is the aim, as far as the device reaches. Devices that are
 * stuck stay at the nominal gOn or gOff.
 */
export function deviceMaker(device: DeviceArrayProperties, law: DeviceLaw): MakeDevice {
  const { stuckOn, stuckOff, gOn, gOff } = device;
  const aim = aimOf(device);
  const write = writerOf(device, law);
  return (target, streams) => {
    const written = write(aim(target, streams.device), streams.programming);
    const aged = law.age(written, target, streams.drift);
    if (stuckOn + stuckOff === 0) return aged;
    const chance = streams.stuck.uniform();
    if (chance < stuckOn) return gOn;
    return chance < stuckOn + stuckOff ? gOff : aged;
  };
}

/** The conductance that a write aims at, in the device's own window. */
function aimOf({
  gOn,
  gOff,
  gOnVariation,
  gOffVariation,
  verify,
}: DeviceArrayProperties): (target: number, stream: RandomStream) => number {
  if (!gOnVariation && !gOffVariation) return (target) => target;
  return (target, stream) => {
    const on = gOnVariation ? Math.max(0, drawAround(gOn, gOnVariation, stream)) : gOn;
    const off = gOffVariation ? Math.max(0, drawAround(gOff, gOffVariation, stream)) : gOff;
    if (verify) return Math.min(Math.max(on, off), Math.max(Math.min(on, off), target));
    return off + ((target - gOff) / (gOn - gOff)) * (on - off);
  };
}

/** One write, or writes until one is near enough; the last one stands. */
function writerOf({ verify }: DeviceArrayProperties, law: DeviceLaw): DeviceLaw['write'] {
  if (!verify) return law.write;
  const { tolerance, tries } = verify;
  return (target, stream) => {
    let written = law.write(target, stream);
    for (let tried = 1; tried < tries && Math.abs(written - target) > tolerance * target; tried++)
      written = law.write(target, stream);
    return written;
  };
}

/** Makes every device of an array: of a pair the plus before the minus device, those of a reference line last. */
export function makeDevices(
  target: Conductances,
  make: MakeDevice,
  streams: DeviceStreams,
  actual: Conductances,
): void {
  const paired = target.plus.length === target.minus.length;
  for (let p = 0; p < target.plus.length; p++) {
    actual.plus[p] = make(target.plus[p], streams);
    if (paired) actual.minus[p] = make(target.minus[p], streams);
  }
  if (!paired) for (let p = 0; p < target.minus.length; p++) actual.minus[p] = make(target.minus[p], streams);
}
