import { exp, log, pow } from '../math/elementary.ts';
import { choice } from './define.ts';
import type { Device } from './model.ts';
import { type Window, type WindowName, windowFunction } from './windows.ts';

/** How the resistance of TEAM and VTEAM follows the state. */
export const barrierForm = choice(
  ['linear', 'exponential'],
  'I-V form: resistance linear in the state, or exponential in it',
  'Kvatinsky et al. 2013',
);

interface Barrier {
  readonly rOn: number;
  readonly rOff: number;
  readonly xOn: number;
  readonly xOff: number;
  readonly form: 'linear' | 'exponential';
}

/**
 * Resistance by state of TEAM and VTEAM, with u = (x - xOn)/(xOff - xOn):
 * linear `rOn + (rOff - rOn)·u`; exponential `rOn·exp(lambda·u)`, lambda = ln(rOff/rOn).
 */
function barrierResistance({ rOn, rOff, xOn, xOff, form }: Barrier): (x: number) => number {
  const span = xOff - xOn;
  if (form === 'linear') return (x) => rOn + ((rOff - rOn) * (x - xOn)) / span;
  const lambda = log(rOff / rOn);
  return (x) => rOn * exp((lambda * (x - xOn)) / span);
}

interface Motion {
  readonly kOff: number;
  readonly kOn: number;
  readonly alphaOff: number;
  readonly alphaOn: number;
}

/** `kOff·(q/off - 1)^alphaOff` beyond `off`, `kOn·(q/on - 1)^alphaOn` beyond `on`, zero between; times the window. */
export function thresholdRate(
  { kOff, kOn, alphaOff, alphaOn }: Motion,
  off: number,
  on: number,
  window: Window,
): (drive: number, u: number) => number {
  return (drive, u) => {
    if (drive > off) return kOff * power(drive / off - 1, alphaOff) * window(u, true);
    if (drive < on) return kOn * power(drive / on - 1, alphaOn) * window(u, false);
    return 0;
  };
}

const power = (base: number, exponent: number) => (exponent === 1 ? base : pow(base, exponent));

type BarrierWindow = Barrier & {
  readonly window: WindowName;
  readonly p: number;
  readonly j: number;
  readonly aOff: number;
  readonly aOn: number;
  readonly wC: number;
};

/** The window over the normalised state; the Kvatinsky lengths are given in metres. */
export function barrierWindow({ xOn, xOff, aOff, aOn, wC, ...rest }: BarrierWindow): Window {
  const span = xOff - xOn;
  return windowFunction({ ...rest, aOff: (aOff - xOn) / span, aOn: (aOn - xOn) / span, wC: wC / span });
}

/** What TEAM and VTEAM have in common: one state between xOn and xOff, ohmic conduction. */
export function barrierDevice(
  { xOn, xOff, ...barrier }: Barrier,
  x0: number,
  thresholds: readonly number[],
  rate: (voltage: number, resistance: number, u: number) => number,
): Device {
  const resistance = barrierResistance({ xOn, xOff, ...barrier });
  const span = xOff - xOn;
  return {
    states: [{ name: 'x', unit: 'm', low: xOn, high: xOff, initial: x0 }],
    on: [xOn],
    off: [xOff],
    thresholds,
    stiff: false,
    current: (states, voltage) => voltage / resistance(states[0]),
    derivative(states, voltage, derivative) {
      derivative[0] = rate(voltage, resistance(states[0]), (states[0] - xOn) / span);
    },
  };
}

/** What can be wrong with a barrier whose parameters are each within bounds. */
export function barrierConflicts({
  rOn,
  rOff,
  xOn,
  xOff,
  x0,
}: Barrier & { readonly x0: number }): readonly string[] {
  const conflicts: string[] = [];
  if (!(rOff > rOn)) conflicts.push(`rOff = ${rOff} Ohm must exceed rOn = ${rOn} Ohm.`);
  if (!(xOff > xOn)) conflicts.push(`xOff = ${xOff} m must exceed xOn = ${xOn} m.`);
  if (x0 < xOn || x0 > xOff)
    conflicts.push(`x0 = ${x0} m must lie between xOn = ${xOn} m and xOff = ${xOff} m.`);
  return conflicts;
}
