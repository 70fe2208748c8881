import { failure, type Outcome, success } from '../design/problem.ts';
import type { RandomStream } from '../math/random.ts';
import { readConductance } from './define.ts';
import { integrate } from './integrate.ts';
import type { Device } from './model.ts';
import type { ProgrammingPulse, PulsedDevice } from './pulse/pulse-model.ts';
import type { SimulationOptions } from './simulation-options.ts';
import type { DeviceTrace } from './trace.ts';
import { pulseTrain } from './waveform.ts';

/** A device as a programming circuit sees it: pulses change its state, a read gives its conductance. */
export interface Programmable<S> {
  /** Siemens, in 0 .. infinity. */
  conductance(state: S): number;
  pulse(state: S, pulse: ProgrammingPulse): Outcome<S>;
}

export interface ProgrammingOptions extends SimulationOptions {
  /** Seconds at 0 V after each pulse. Default 0. */
  readonly gap?: number;
  /** Sees the trace of each pulse. */
  readonly observe?: (trace: DeviceTrace) => void;
}

/** A compact model under voltage pulses, read at `vRead` without disturbing it. */
export function programmableDevice(
  name: string,
  device: Device,
  vRead: number,
  { gap = 0, observe, ...options }: ProgrammingOptions = {},
): Programmable<ArrayLike<number>> {
  return {
    conductance: (states) => readConductance(device, states, vRead),
    pulse(states, { amplitude, width }) {
      const waveform = pulseTrain([{ amplitude, width, gap }]);
      const trace = integrate(name, device, waveform, { samples: 2, ...options, initial: states });
      if (!trace.ok) return trace;
      observe?.(trace.value);
      return success(trace.value.states.map(({ values }) => values[values.length - 1]));
    },
  };
}

/** A pulse-update device with its cycle-to-cycle variation drawn from `random`. */
export const programmablePulsed = (device: PulsedDevice, random: RandomStream): Programmable<number> => ({
  conductance: device.conductance,
  pulse: (state, pulse) => success(device.pulse(state, pulse, random)),
});

/** Conductances after each pulse of a train, the initial one first: potentiation and depression curves. */
export function pulseResponse<S>(
  device: Programmable<S>,
  initial: S,
  pulses: readonly ProgrammingPulse[],
): Outcome<{ readonly conductance: Float64Array; readonly state: S }> {
  const conductance = new Float64Array(pulses.length + 1);
  conductance[0] = device.conductance(initial);
  let state = initial;
  for (const [k, pulse] of pulses.entries()) {
    const next = device.pulse(state, pulse);
    if (!next.ok) return next;
    state = next.value;
    conductance[k + 1] = device.conductance(state);
  }
  return success({ conductance, state });
}

export interface WriteVerifyOptions {
  /** Pulse that raises the conductance, and one that lowers it. */
  readonly potentiate: ProgrammingPulse;
  readonly depress: ProgrammingPulse;
  /** Accepted deviation of the conductance, relative to the target. */
  readonly tolerance: number;
  readonly maxPulses: number;
  /**
   * Factor on the width of the pulses each time that their direction reverses; each time that it does not, the root of its
   * inverse, up to the full width: a pulse more behind an overshoot must not undo the refinement. Default 0.5; 1 keeps
   * the width.
   */
  readonly refine?: number;
  /**
   * Volts at the gate of the first raising pulse, and how much is added for each further one. After an overshoot the gate
   * goes back to what was not too much, and on by a step that is refined in the place of the width.
   */
  readonly gate?: { readonly start: number; readonly step: number };
}

export interface WriteVerifyResult<S> {
  readonly state: S;
  /** Whether the last read was within the tolerance. */
  readonly reached: boolean;
  /** Every verifying read in siemens, the first before any pulse. */
  readonly reads: readonly number[];
  readonly pulses: readonly ProgrammingPulse[];
}

/**
 * Write–verify: reads, and pulses towards the target until a read is within the tolerance or the pulses are used up.
 * Not to reach the target is a result, since a device may be stuck or its window too narrow; a drive that the model
 * does not bear is a problem.
 */
export function writeVerify<S>(
  device: Programmable<S>,
  initial: S,
  target: number,
  options: WriteVerifyOptions,
): Outcome<WriteVerifyResult<S>> {
  const { potentiate, depress, tolerance, maxPulses, refine = 0.5, gate } = options;
  if (!(target > 0 && tolerance > 0 && maxPulses >= 0 && refine > 0 && refine <= 1))
    return failure(badOptions);
  let state = initial;
  let scale = 1;
  let lastRising: boolean | undefined;
  let volts = gate?.start ?? 0;
  let step = gate?.step ?? 0;
  const reads = [device.conductance(state)];
  const pulses: ProgrammingPulse[] = [];
  const deviation = () => reads[reads.length - 1] - target;
  const reached = () => Math.abs(deviation()) <= tolerance * target;
  while (!reached() && pulses.length < maxPulses) {
    const rising = deviation() < 0;
    if (lastRising !== undefined)
      scale = rising === lastRising ? Math.min(scale / Math.sqrt(refine), 1) : scale * refine;
    if (lastRising && !rising) {
      // From the gate that was too much back to the one before it, and on by the refined step.
      volts -= (2 - refine) * step;
      step *= refine;
    }
    lastRising = rising;
    const full = rising ? potentiate : depress;
    const pulse = gate
      ? { ...full, ...(rising ? { gate: volts } : {}) }
      : { ...full, width: full.width * scale };
    if (rising) volts += step;
    const next = device.pulse(state, pulse);
    if (!next.ok) return next;
    state = next.value;
    pulses.push(pulse);
    reads.push(device.conductance(state));
  }
  return success({ state, reached: reached(), reads, pulses });
}

const badOptions = {
  code: 'device.write-verify-options',
  message:
    'Write–verify needs a positive target and tolerance, a number of pulses, and a refinement in 0 .. 1.',
};
