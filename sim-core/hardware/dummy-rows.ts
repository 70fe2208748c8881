import type { RandomStream } from '../math/random.ts';
import { nearestLevel, type ProgrammableDevice, programmed, stuck } from './conductance.ts';
import type { ReadStatistics } from './distribution.ts';

/**
 * Rows of devices to ground that bring every bit line of a voltage read-out to the same nominal conductance
 * (`normalise = dummyRow`). One device spans the window only, so that bit lines whose sums differ by more take
 * several devices, and with them the array as many rows.
 */
export interface DummyRows {
  readonly rows: number;
  /** Nominal conductance of every bit line with its dummies, without load, in siemens. */
  readonly total: number;
}

/** The fewest dummy rows, at least one, that equal out the nominal sums of the bit lines. */
export function dummyRows(sums: readonly Float64Array[], device: ProgrammableDevice): DummyRows {
  let least = Infinity;
  let most = 0;
  for (const line of sums)
    for (const sum of line) {
      least = Math.min(least, sum);
      most = Math.max(most, sum);
    }
  // Sums that differ by a whole number of windows do so up to rounding only.
  const windows = (most - least) / (device.gOn - device.gOff);
  const rows = Math.max(1, Math.ceil(windows * (1 - 1e-12)));
  return { rows, total: most + rows * device.gOff };
}

/** Adds one bit line's dummies, as programmed, to its conductance and to the variance of its read noise. */
export function addDummies(
  dummies: DummyRows,
  nominal: number,
  device: ProgrammableDevice,
  read: ReadStatistics,
  streams: { readonly programming: RandomStream; readonly stuck: RandomStream },
  into: { conductance: number; variance: number },
): void {
  const nearest = nearestLevel(device);
  let missing = dummies.total - nominal;
  for (let row = dummies.rows - 1; row >= 0; row--) {
    const wanted = Math.min(device.gOn, Math.max(device.gOff, missing - row * device.gOff));
    const target = nearest(wanted);
    missing -= target;
    const written = device.programming ? programmed(target, device.programming, streams.programming) : target;
    const hasStuck = device.stuckOn + device.stuckOff > 0;
    const standing = hasStuck ? stuck(written, device, streams.stuck.uniform()) : written;
    const deviation = read.deviationFactor * standing + read.deviationOffset;
    into.conductance += read.meanFactor * standing + read.meanOffset;
    into.variance += deviation * deviation;
  }
}
