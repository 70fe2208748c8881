import type { DeviceDesign, PulseWriting } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import { compactDevice } from '../devices/compact-device.ts';
import { programmed } from '../devices/conduction.ts';
import { modelValues, readConductance } from '../devices/define.ts';
import { integrate } from '../devices/integrate.ts';
import type { Device } from '../devices/model.ts';
import {
  type Programmable,
  programmableDevice,
  programmablePulsed,
  writeVerify,
} from '../devices/programming.ts';
import { pulseModels } from '../devices/pulse/catalogue.ts';
import { clampTo } from '../devices/pulse/pulse-model.ts';
import { pulseTrain } from '../devices/waveform.ts';
import { randomStream } from '../math/random.ts';
import type { DeviceStreams } from './made-device.ts';

/** Seconds of the pulses that a device was written with. */
export interface PulseTime {
  up: number;
  down: number;
}

/** Writes devices by pulses of their own model. */
export interface PulseWriter {
  readonly pulses: PulseWriting;
  /**
   * Brings a fresh device towards a conductance, read after each pulse, until it is within the tolerance or the pulses
   * are used up; gives what the last read found.
   */
  write(target: number, streams: DeviceStreams, time: PulseTime): number;
}

/** What a conductance becomes under a voltage for a time, in pulses of a width; siemens, volt, seconds. */
export type Stress = (conductance: number, voltage: number, time: number, width: number) => number;

/** Problems: `device.*` where the model does not bear the pulses, found on one device on its way to the middle of its window. */
export function pulseWriter(design: DeviceDesign, vRead: number): Outcome<PulseWriter | undefined> {
  const { pulses, verify = { tolerance: 0.02, tries: 20 }, gOn, gOff } = design.array;
  if (!pulses) return success(undefined);
  const { up, down, width, gate } = pulses;
  const specimen = specimenOf(design, vRead);
  if (!specimen.ok) return specimen;
  const attempt = (target: number, streams: DeviceStreams) => {
    const { device, initial } = specimen.value(streams);
    return writeVerify(device, initial, target, {
      potentiate: { amplitude: up, width },
      depress: { amplitude: down, width },
      tolerance: verify.tolerance,
      maxPulses: verify.tries,
      ...(gate ? { gate } : {}),
    });
  };
  const stream = randomStream(0, 'specimen');
  const tried = attempt((gOn + gOff) / 2, {
    device: stream,
    stuck: stream,
    programming: stream,
    drift: stream,
  });
  if (!tried.ok) return failure(...tried.problems.map((problem) => ({ origin: design.origin, ...problem })));
  return success({
    pulses,
    write(target, streams, time) {
      const written = attempt(target, streams);
      if (!written.ok) return Number.NaN;
      const { reads, pulses: given } = written.value;
      for (const { amplitude, width: seconds } of given) time[amplitude === up ? 'up' : 'down'] += seconds;
      return reads[reads.length - 1];
    },
  });
}

interface Fresh {
  readonly device: Programmable<ArrayLike<number>>;
  readonly initial: ArrayLike<number>;
}

/** A device of an array as it is before its first pulse. */
function specimenOf(design: DeviceDesign, vRead: number): Outcome<(streams: DeviceStreams) => Fresh> {
  const model = design.equations ? undefined : pulseModels.get(design.model);
  if (model) {
    const values = modelValues(design.parameters);
    return success(({ device, programming }) => {
      const drawn = model.draw(values, device);
      const inner = programmablePulsed(drawn, programming);
      return {
        initial: [drawn.initial],
        device: {
          conductance: ({ 0: state }) => inner.conductance(state),
          pulse({ 0: state }, pulse) {
            const next = inner.pulse(state, pulse);
            return next.ok ? success([next.value]) : next;
          },
        },
      };
    });
  }
  const device = compactDevice(design);
  if (!device.ok) return device;
  const fresh = {
    initial: device.value.states.map(({ initial }) => initial),
    device: programmableDevice(design.name, device.value, vRead),
  };
  return success(() => fresh);
}

/**
 * What voltages below those of a write do to a device: to its states by its own equations, and of the pulse-update models
 * to that of `passiveArray`, which knows amplitudes. Undefined where the model says nothing of it.
 */
export function stressOf(design: DeviceDesign, vRead: number): Stress | undefined {
  if (!design.equations && pulseModels.has(design.model)) return stressOfPulses(design);
  const device = compactDevice(design);
  return device.ok && device.value.states.length > 0
    ? compactStress(design.name, device.value, vRead)
    : undefined;
}

function compactStress(name: string, device: Device, vRead: number): Stress {
  const rate = new Float64Array(device.states.length);
  return (conductance, voltage, time) => {
    if (!(time > 0) || !(conductance > 0)) return conductance;
    const { states: of, scale: times } = programmed(device, Float64Array.of(conductance), vRead);
    const [[states], [scale]] = [of, times];
    device.derivative(states, voltage, rate);
    if (rate.every((one) => one === 0)) return conductance;
    const waveform = pulseTrain([{ amplitude: voltage, width: time }]);
    const trace = integrate(name, device, waveform, { samples: 2, initial: states });
    if (!trace.ok) return Number.NaN;
    const after = trace.value.states.map(({ values }) => values[values.length - 1]);
    return scale * readConductance(device, after, vRead);
  };
}

function stressOfPulses(design: DeviceDesign): Stress | undefined {
  if (design.model !== 'passiveArray') return undefined;
  const model = pulseModels.get(design.model);
  if (!model) return undefined;
  // Without the variation from cycle to cycle, whose mean over many small changes is nothing.
  const device = model.draw({ ...modelValues(design.parameters), c2c: 0 }, randomStream(0));
  const stream = randomStream(0);
  return (conductance, amplitude, time, width) => {
    let state = conductance;
    for (let left = time / width; left > 0; ) {
      const pulse = { amplitude, width: Math.min(left, 1) * width };
      const change = device.pulse(state, pulse, stream) - state;
      if (change === 0) return state;
      const count = Math.max(1, Math.min(left, (finest * state) / Math.abs(change)));
      state = clampTo(state + count * change, device.low, device.high);
      left -= count;
    }
    return state;
  };
}

/** So many pulses are taken at once as change the conductance by this share, and so hardly what the next one does. */
const finest = 1e-3;
