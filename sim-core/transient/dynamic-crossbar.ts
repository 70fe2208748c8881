import type { CrossbarCircuit } from '../crossbar/circuit.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { stepFactor } from '../devices/advance.ts';
import { dormandPrince } from '../devices/dormand-prince.ts';
import type { Device } from '../devices/model.ts';
import type { Rates } from '../devices/stepper.ts';
import { duration, type Waveform, waveformProblem } from '../devices/waveform.ts';
import { cellBalance } from './cell-balance.ts';

/** An array of devices whose states move under the voltages that the wires leave them. */
export interface DynamicCrossbar {
  /** Driven at the left of the word lines, sensed at the bottom of the bit lines, the other ends floating. */
  readonly wires: Pick<
    CrossbarCircuit,
    'rows' | 'columns' | 'wordWire' | 'bitWire' | 'wordLeft' | 'bitBottom'
  >;
  /** `[rows][columns]`. */
  readonly devices: readonly Device[];
  /** Volts at the left of each word line. All waveforms have their corners at the same times. */
  readonly drives: readonly Waveform[];
  /** The first state of each device, `[rows][columns]`; left out, its own. */
  readonly initial?: ArrayLike<number>;
}

export interface DynamicOptions {
  /** Accepted local error of a state, relative to its range; default 1e-6. */
  readonly tolerance?: number;
  /** Evenly spaced samples; default 1001. */
  readonly samples?: number;
}

export interface DynamicWaveforms {
  /** Seconds. */
  readonly time: Float64Array;
  /** Amperes out of each bit line, `[samples][columns]`. */
  readonly currents: Float64Array;
  /** The first state of each device, `[samples][rows][columns]`. */
  readonly states: Float64Array;
  /** Steps of the integration, and solutions of the array that they took. */
  readonly steps: number;
  readonly solutions: number;
}

/**
 * Waveforms of an array with dynamic devices and all its wires. The states are integrated by Dormand–Prince 5(4); at
 * each evaluation the array is solved anew, from the voltages of the evaluation before. A state that its rate would
 * take beyond a bound rests there.
 *
 * Fails with `transient.crossbar` for arrays that do not fit and `transient.step` where a step does not converge.
 */
export function simulateCrossbar(
  crossbar: DynamicCrossbar,
  { tolerance = 1e-6, samples = 1001 }: DynamicOptions = {},
): Outcome<DynamicWaveforms> {
  const misfit = misfitOf(crossbar);
  if (misfit) return failure(misfit);
  const system = stateSystem(crossbar);
  const record = sampler(crossbar, system, samples);
  record.at(0, system.states);
  const stepper = dormandPrince(system.states.length);
  const rate = new Float64Array(system.states.length);
  let steps = 0;
  for (const [segment, { start, end }] of crossbar.drives[0].segments.entries()) {
    system.balance.drive(segment);
    let time = start;
    let h = (end - start) / 1000;
    system.rates(time, system.states, rate);
    while (time < end) {
      if (h > (end - time) * (1 - 1e-12)) h = end - time;
      stepper.attempt(system.rates, time, h, system.states, rate);
      const norm = system.errorNorm(system.states, stepper.error, tolerance);
      if (norm <= 1) {
        record.within(time, h, (theta, out) => stepper.interpolate(theta, h, system.states, rate, out));
        time = h === end - time ? end : time + h;
        system.accept(stepper.next);
        system.rates(time, system.states, rate);
        steps++;
      } else if (!(h > 1e-12 * (end - start))) return failure(stuck(time));
      h *= stepFactor(norm, stepper.errorOrder);
    }
  }
  record.at(duration(crossbar.drives[0]), system.states);
  return (
    system.balance.failed() ??
    success({ ...record.waveforms(), steps, solutions: system.balance.solutions() })
  );
}

/** All states in one vector, device by device. */
interface StateSystem {
  readonly states: Float64Array;
  /** Place of each device's first state. */
  readonly first: Int32Array;
  readonly balance: ReturnType<typeof cellBalance>;
  readonly rates: Rates;
  errorNorm(states: Float64Array, error: Float64Array, tolerance: number): number;
  accept(next: Float64Array): void;
}

function stateSystem(crossbar: DynamicCrossbar): StateSystem {
  const { devices, initial } = crossbar;
  const first = new Int32Array(devices.length);
  const bounds = devices.flatMap((device, cell) => {
    first[cell] = cell === 0 ? 0 : first[cell - 1] + devices[cell - 1].states.length;
    return device.states.map((state, k) => ({
      ...state,
      initial: k === 0 ? (initial?.[cell] ?? state.initial) : state.initial,
    }));
  });
  const low = Float64Array.from(bounds, (state) => state.low);
  const high = Float64Array.from(bounds, (state) => state.high);
  const inside = new Float64Array(bounds.length);
  const clamp = (from: Float64Array, into: Float64Array) => {
    for (let j = 0; j < into.length; j++) into[j] = Math.min(high[j], Math.max(low[j], from[j]));
  };
  const views = devices.map((device, cell) =>
    inside.subarray(first[cell], first[cell] + device.states.length),
  );
  const scratch = devices.map((device) => new Float64Array(device.states.length));
  const balance = cellBalance(crossbar, views);
  return {
    states: Float64Array.from(bounds, (state) => state.initial),
    first,
    balance,
    rates(time, states, out) {
      clamp(states, inside);
      const voltage = balance.solve(time);
      for (let cell = 0; cell < devices.length; cell++) {
        const rates = scratch[cell];
        devices[cell].derivative(views[cell], voltage[cell], rates);
        for (let k = 0; k < rates.length; k++) {
          const j = first[cell] + k;
          const outward = (states[j] >= high[j] && rates[k] > 0) || (states[j] <= low[j] && rates[k] < 0);
          out[j] = outward ? 0 : rates[k];
        }
      }
    },
    errorNorm(states, error, tolerance) {
      let norm = 0;
      for (let j = 0; j < error.length; j++) {
        // A window holds a state off its bound: how near it has come decides how long it takes to return.
        const distance = Math.min(states[j] - low[j], high[j] - states[j]);
        const ratio = Math.abs(error[j]) / (tolerance * Math.max(distance, 1e-3 * (high[j] - low[j])));
        if (!Number.isFinite(ratio)) return Number.NaN;
        if (ratio > norm) norm = ratio;
      }
      return norm;
    },
    accept(next) {
      clamp(next, this.states);
    },
  };
}

function sampler(crossbar: DynamicCrossbar, { states, first, rates, balance }: StateSystem, samples: number) {
  const { rows, columns } = crossbar.wires;
  const end = duration(crossbar.drives[0]);
  const time = Float64Array.from({ length: samples }, (_, k) => (end * k) / (samples - 1));
  const currents = new Float64Array(samples * columns);
  const recorded = new Float64Array(samples * rows * columns);
  const between = new Float64Array(states.length);
  const unused = new Float64Array(states.length);
  let next = 0;
  const at = (seconds: number, of: Float64Array) => {
    rates(seconds, of, unused);
    const current = balance.currents();
    for (let cell = 0; cell < rows * columns; cell++) {
      currents[next * columns + (cell % columns)] += current[cell];
      recorded[next * rows * columns + cell] = of[first[cell]];
    }
    next++;
  };
  return {
    at(seconds: number, of: Float64Array) {
      if (next < samples && time[next] <= seconds) at(seconds, of);
    },
    within(start: number, h: number, interpolate: (theta: number, out: Float64Array) => void) {
      // The last sample is taken from the end of the run itself.
      for (; next < samples - 1 && time[next] <= start + h; ) {
        interpolate((time[next] - start) / h, between);
        at(time[next], between);
      }
    },
    waveforms: () => ({ time, currents, states: recorded }),
  };
}

function misfitOf({ wires, devices, drives, initial }: DynamicCrossbar): Problem | undefined {
  const { rows, columns } = wires;
  const cells = rows * columns;
  const problem = (message: string) => ({ code: 'transient.crossbar', message });
  if (devices.length !== cells || (initial && initial.length !== cells))
    return problem(`An array of ${rows} x ${columns} needs as many devices and initial states.`);
  if (drives.length !== rows)
    return problem(`${rows} word lines need as many waveforms, not ${drives.length}.`);
  const wrong = drives.map((drive, row) => waveformProblem(`word line ${row}`, drive)).find((found) => found);
  if (wrong) return wrong;
  const corners = (drive: Waveform) => drive.segments.map(({ end }) => end).join();
  return drives.every((drive) => corners(drive) === corners(drives[0]))
    ? undefined
    : problem('The waveforms of the word lines must have their corners at the same times.');
}

const stuck = (time: number): Problem => ({
  code: 'transient.step',
  message: `The transient of the array does not converge at ${time.toPrecision(6)} s: the states change however short the step.`,
  hint: 'Look at the rates of the devices, and at values that are many decades apart.',
});
