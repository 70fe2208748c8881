import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { errorNorm, respectBounds, stepFactor } from './advance.ts';
import { BoundedSystem } from './bounded-system.ts';
import { resolveValues } from './define.ts';
import { dormandPrince } from './dormand-prince.ts';
import type { Device, DeviceModel, Values } from './model.ts';
import { rosenbrock } from './rosenbrock.ts';
import { initialProblem, optionsProblem, type SimulationOptions } from './simulation-options.ts';
import type { Stepper } from './stepper.ts';
import { type DeviceTrace, TraceRecorder } from './trace.ts';
import { crossings, duration, type Segment, voltageAt, type Waveform, waveformProblem } from './waveform.ts';

/** Drives a model with a voltage waveform from its initial states; see {@link integrate}. */
export function simulateDevice(
  model: DeviceModel,
  values: Values,
  waveform: Waveform,
  options: SimulationOptions = {},
): Outcome<DeviceTrace> {
  const resolved = resolveValues(model, values);
  return resolved.ok ? integrate(model.name, model.device(resolved.value), waveform, options) : resolved;
}

/**
 * Integrates a device's states under a voltage waveform.
 *
 * Adaptive: Dormand–Prince 5(4), or RODAS for devices that are stiff or turn out to be. Steps end exactly at the
 * waveform's corners and jumps, where the voltage passes one of the device's thresholds, and where a state meets a
 * bound: there it rests until its rate points inward. A state that its own law keeps off a bound (a window that
 * vanishes there) is never put onto it. Fails, with a problem that names the device, the time and the cause, where
 * the model does not hold or its rates are not finite.
 */
export function integrate(
  name: string,
  device: Device,
  waveform: Waveform,
  options: SimulationOptions = {},
): Outcome<DeviceTrace> {
  const outcome = integrateAsFar(name, device, waveform, options);
  if (!outcome.ok) return outcome;
  const { trace, obstacle } = outcome.value;
  return obstacle ? failure(obstacle) : success(trace);
}

/** As {@link integrate}, but where the model ceases to hold, the trace up to there, and why. */
export function integrateAsFar(
  name: string,
  device: Device,
  waveform: Waveform,
  options: SimulationOptions = {},
): Outcome<{ readonly trace: DeviceTrace; readonly obstacle?: Problem }> {
  const initial = Float64Array.from(options.initial ?? device.states.map((state) => state.initial));
  const problem =
    waveformProblem(name, waveform) ?? optionsProblem(name, options) ?? initialProblem(name, device, initial);
  if (problem) return failure(problem);
  const recorder = new TraceRecorder(device, duration(waveform), options.samples ?? 1001);
  const system = new BoundedSystem(device, initial);
  const run: Run = {
    name,
    system,
    recorder,
    tolerance: options.tolerance ?? 1e-7,
    maxSteps: options.maxSteps ?? 1e6,
    stepper: device.stiff ? rosenbrock(system.low, system.high) : dormandPrince(system.size),
    stiffSteps: 0,
    proposed: Number.POSITIVE_INFINITY,
    steps: 0,
  };
  for (const segment of waveform.segments) {
    system.segment = segment;
    recorder.corner(segment.start, voltageAt(segment, segment.start), system.states);
    for (const [from, to] of pieces(segment, device.thresholds)) {
      const obstacle = integratePiece(run, from, to, longestStep(segment));
      if (obstacle) return success({ trace: recorder.trace(run.steps), obstacle });
    }
    recorder.corner(segment.end, voltageAt(segment, segment.end), system.states);
  }
  return success({ trace: recorder.trace(run.steps) });
}

/** Steps in a row at the limit of stability after which a problem counts as stiff. */
const stiffLimit = 15;

/** An integration under way. */
interface Run {
  readonly name: string;
  readonly system: BoundedSystem;
  readonly recorder: TraceRecorder;
  readonly tolerance: number;
  readonly maxSteps: number;
  stepper: Stepper;
  /** Accepted steps in a row at the explicit method's limit of stability. */
  stiffSteps: number;
  /** Length that the last step's error suggests for the next one. */
  proposed: number;
  steps: number;
}

/** Integrates over a smooth piece of the drive; returns what prevents it. */
function integratePiece(run: Run, from: number, to: number, longest: number): Problem | undefined {
  const { system, recorder } = run;
  let time = from;
  while (time < to) {
    system.begin(time);
    if (run.stiffSteps >= stiffLimit) {
      run.stepper = rosenbrock(system.low, system.high);
      run.stiffSteps = 0;
    }
    const h = step(run, time, to, longest);
    if (h === 0) return invalidDrive(run, time);
    record(run, time, h);
    system.states.set(run.stepper.next);
    time = to - time <= h ? to : time + h;
    const reason = system.device.invalid?.(system.states, system.voltage(time));
    if (reason !== undefined) return invalidDrive(run, time);
    if (++run.steps > run.maxSteps) return tooManySteps(run, time);
  }
  while (recorder.nextTime() < to) recorder.even(system.voltage(recorder.nextTime()), system.states);
  return undefined;
}

/** Takes one step from `time`, its length chosen for the tolerance; returns its length, 0 where none will do. */
function step(run: Run, time: number, to: number, longest: number): number {
  const { system } = run;
  const remaining = to - time;
  let h = Math.min(run.proposed, longest, remaining);
  // No sliver is left for the last step.
  if (remaining < 1.01 * h) h = remaining;
  while (time + h > time) {
    run.stepper.attempt(system.rates, time, h, system.states, system.rate);
    const norm = errorNorm(system, run.stepper, time, h, run.tolerance);
    const factor = stepFactor(norm, run.stepper.errorOrder);
    if (!(norm <= 1)) {
      h *= Math.min(factor, 0.9);
      continue;
    }
    const taken = respectBounds(system, run.stepper, time, h);
    if (taken === 0) {
      h /= 2;
      continue;
    }
    run.stiffSteps = run.stepper.stiffness(taken) < 3 ? 0 : run.stiffSteps + 1;
    // A step cut short by the drive or a bound says nothing against a longer one.
    run.proposed = h === remaining && factor >= 1 ? Math.max(run.proposed, h * factor) : h * factor;
    return taken;
  }
  return 0;
}

/** Even samples within the step just taken. */
function record({ system, recorder, stepper }: Run, time: number, h: number): void {
  const states = new Float64Array(system.size);
  for (let at = recorder.nextTime(); at <= time + h; at = recorder.nextTime()) {
    stepper.interpolate((at - time) / h, h, system.states, system.rate, states);
    for (let i = 0; i < system.size; i++) states[i] = system.clamp(i, states[i]);
    recorder.even(system.voltage(at), states);
  }
}

function invalidDrive({ name, system }: Run, time: number): Problem {
  const voltage = system.voltage(time);
  const reason =
    system.device.invalid?.(system.states, voltage) ?? 'no step is small enough for its rate of change';
  const states = system.device.states.map(({ name: state, unit }, i) =>
    `${state} = ${system.states[i]}${unit === '1' ? '' : ` ${unit}`}`.trim(),
  );
  return {
    code: 'device.invalid-drive',
    message: `${name} is driven outside its validity at ${time} s and ${voltage} V, with ${states.join(' and ')}: ${reason}.`,
    hint: 'Lower the amplitude or the duration of the drive, or change the parameters concerned.',
  };
}

const tooManySteps = ({ name, maxSteps }: Run, time: number): Problem => ({
  code: 'device.too-many-steps',
  message: `${name} took ${maxSteps} steps and has only come to ${time} s.`,
  hint: 'Allow a larger tolerance or more steps.',
});

/** The parts of a segment between passages of the thresholds. */
function pieces(segment: Segment, thresholds: readonly number[]): readonly (readonly [number, number])[] {
  const cuts = thresholds.flatMap((level) => crossings(segment, level)).sort((a, b) => a - b);
  const times = [segment.start, ...cuts, segment.end];
  return times.slice(1).map((to, k) => [times[k], to] as const);
}

/** Longest step on a segment: short enough that no swing of the drive falls between two evaluations. */
function longestStep(segment: Segment): number {
  if (segment.kind === 'sine') return 1 / (40 * segment.frequency);
  const length = segment.end - segment.start;
  return segment.from === segment.to ? length : length / 16;
}
