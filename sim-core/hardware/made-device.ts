import type { DeviceArrayProperties } from '../design/design.ts';
import type { RandomStream } from '../math/random.ts';
import type { Conductances } from './conductance.ts';
import type { DeviceLaw } from './device-law.ts';
import { drawAround } from './distribution.ts';
import type { PulseTime, PulseWriter } from './pulse-writing.ts';

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

/** What writing and reading an array does to devices that it is not meant for. */
export interface Disturbance {
  /** A device was written by pulses of so much time. */
  note(side: 'plus' | 'minus', device: number, time: PulseTime): void;
  act(actual: Conductances): void;
}

/** The two halves of it, between which other devices are written. */
export interface DeviceSteps {
  write(target: number, streams: DeviceStreams, time: PulseTime): number;
  finish(written: number, target: number, streams: DeviceStreams): number;
}

/**
 * Each device has a window of its own. A write without verifying lands where the target lies in the nominal window,
 * stretched to the device's own; with verifying the target is the aim, as far as the device reaches. Devices that are
 * stuck stay at the nominal gOn or gOff. With a writer they are written by pulses of their model, whose own variation
 * then takes the place of that of the window.
 */
export function deviceSteps(
  device: DeviceArrayProperties,
  law: DeviceLaw,
  writer?: PulseWriter,
): DeviceSteps {
  const { stuckOn, stuckOff, gOn, gOff } = device;
  const aim = aimOf(device);
  const write = writerOf(device, law);
  return {
    write: writer
      ? (target, streams, time) => writer.write(target, streams, time)
      : (target, streams) => write(aim(target, streams.device), streams.programming),
    finish(written, target, streams) {
      const aged = law.age(written, target, streams.drift);
      if (stuckOn + stuckOff === 0) return aged;
      const chance = streams.stuck.uniform();
      if (chance < stuckOn) return gOn;
      return chance < stuckOn + stuckOff ? gOff : aged;
    },
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

/** Makes every device of an array; `disturb` sees what all writes together leave, and changes it. */
export function makeDevices(
  target: Conductances,
  { write, finish }: DeviceSteps,
  streams: DeviceStreams,
  actual: Conductances,
  disturb?: Disturbance,
): void {
  const time = { up: 0, down: 0 };
  forEachDevice(target, (side, p) => {
    time.up = 0;
    time.down = 0;
    actual[side][p] = write(target[side][p], streams, time);
    disturb?.note(side, p, time);
  });
  disturb?.act(actual);
  forEachDevice(target, (side, p) => {
    actual[side][p] = finish(actual[side][p], target[side][p], streams);
  });
}

/** In the order of drawing: of a pair the plus before the minus device, those of a reference line last. */
function forEachDevice(
  { plus, minus }: Conductances,
  visit: (side: 'plus' | 'minus', device: number) => void,
): void {
  const paired = plus.length === minus.length;
  for (let p = 0; p < plus.length; p++) {
    visit('plus', p);
    if (paired) visit('minus', p);
  }
  if (!paired) for (let p = 0; p < minus.length; p++) visit('minus', p);
}
