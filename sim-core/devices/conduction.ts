import type { Curves } from '../crossbar/cell-laws.ts';
import { readConductance } from './define.ts';
import { findRoot } from './find-root.ts';
import type { Device } from './model.ts';

/** Whether a device is ohmic in all of its states: its current is proportional to the voltage. */
export function isOhmic(device: Device): boolean {
  return shares.every((share) => {
    const states = between(device, share);
    const g = device.current(states, probes[0]) / probes[0];
    return probes.every((v) => Math.abs(device.current(states, v) / v - g) <= 1e-9 * Math.abs(g));
  });
}

const shares = [0, 0.3, 1];
/** Voltages in volt, below most thresholds and beyond them, of both signs. */
const probes = [0.01, 0.3, 1, -0.01, -0.3, -1];

/** Devices as they were programmed. */
export interface Programmed {
  readonly states: readonly Float64Array[];
  /** What the law of each device is multiplied by; zero where there is none. */
  readonly scale: Float64Array;
}

/**
 * The states in which devices of one kind have given conductances. A device was brought to its conductance along the
 * straight way from its off to its on state; one beyond them conducts as the nearer of the two, in proportion.
 *
 * @param conductance siemens at `vRead`, zero where there is no device.
 */
export function programmed(device: Device, conductance: Float64Array, vRead: number): Programmed {
  const window = [0, 1].map((share) => readConductance(device, between(device, share), vRead));
  const states = Array.from(conductance, (g) => between(device, shareOf(device, window, g, vRead)));
  const scale = Float64Array.from(conductance, (g, cell) =>
    g > 0 ? g / readConductance(device, states[cell], vRead) : 0,
  );
  return { states, scale };
}

/** How {@link programmed} devices conduct at other voltages. States do not move: a current here is that of a read. */
export function deviceCurves(device: Device, conductance: Float64Array, vRead: number): Curves {
  const { states, scale } = programmed(device, conductance, vRead);
  const current = (cell: number, voltage: number) =>
    scale[cell] > 0 ? scale[cell] * device.current(states[cell], voltage) : 0;
  return {
    current,
    slope(cell, voltage) {
      const step = 1e-5 * Math.max(Math.abs(voltage), 1e-2);
      return (current(cell, voltage + step) - current(cell, voltage - step)) / (2 * step);
    },
  };
}

const between = ({ on, off }: Device, share: number): Float64Array =>
  Float64Array.from(on, (value, k) => off[k] + share * (value - off[k]));

function shareOf(device: Device, [gOff, gOn]: readonly number[], conductance: number, vRead: number): number {
  if (!(conductance > gOff)) return 0;
  if (!(conductance < gOn)) return 1;
  const excess = (share: number) => readConductance(device, between(device, share), vRead) - conductance;
  return findRoot(excess, 0, 1, 1e-15);
}
