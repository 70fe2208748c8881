import type { CrossbarDesign } from '../design/design.ts';
import { nearestLevel, type ProgrammableDevice } from './conductance.ts';

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

/** Rows that the dummies of voltage read-out take at least. */
export const leastDummyRows = ({ readout, normalise }: CrossbarDesign): number =>
  readout === 'voltage' && normalise === 'dummyRow' ? 1 : 0;

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

/** Target conductances of one bit line's dummies, from its nominal sum without them. */
export function dummyTargets(dummies: DummyRows, nominal: number, device: ProgrammableDevice): number[] {
  const nearest = nearestLevel(device);
  let missing = dummies.total - nominal;
  return Array.from({ length: dummies.rows }, (_, index) => {
    const below = dummies.rows - 1 - index;
    const target = nearest(Math.min(device.gOn, Math.max(device.gOff, missing - below * device.gOff)));
    missing -= target;
    return target;
  });
}
