import type { Device } from './model.ts';

/** What a device did: samples in the order of time; at a jump of the drive two samples share their time. */
export interface DeviceTrace {
  /** Seconds. */
  readonly time: Float64Array;
  /** Volts. */
  readonly voltage: Float64Array;
  /** Amperes. */
  readonly current: Float64Array;
  /** One array per state, in the state's unit. */
  readonly states: readonly { readonly name: string; readonly unit: string; readonly values: Float64Array }[];
  /** Steps that the integrator took. */
  readonly steps: number;
}

/** Collects samples at evenly spaced times and at corners of the drive. */
export class TraceRecorder {
  private readonly time: number[] = [];
  private readonly voltage: number[] = [];
  private readonly current: number[] = [];
  private readonly values: number[][];
  private sample = 0;

  constructor(
    private readonly device: Device,
    private readonly end: number,
    private readonly samples: number,
  ) {
    this.values = device.states.map(() => []);
  }

  /** The next evenly spaced time not yet recorded; infinite when none is left. */
  nextTime(): number {
    // The first and the last sample are the corners at the waveform's ends.
    const next = this.sample + 1;
    return next < this.samples - 1 ? (next * this.end) / (this.samples - 1) : Number.POSITIVE_INFINITY;
  }

  /** Records the sample at {@link nextTime}. */
  even(voltage: number, states: Float64Array): void {
    this.push(this.nextTime(), voltage, states);
    this.sample++;
  }

  /** Records a corner, once where both of its sides agree; an even sample that falls on it is left out. */
  corner(time: number, voltage: number, states: Float64Array): void {
    if (this.time.at(-1) === time && this.voltage.at(-1) === voltage) return;
    this.push(time, voltage, states);
    while (this.nextTime() <= time) this.sample++;
  }

  trace(steps: number): DeviceTrace {
    return {
      time: Float64Array.from(this.time),
      voltage: Float64Array.from(this.voltage),
      current: Float64Array.from(this.current),
      states: this.device.states.map(({ name, unit }, i) => ({
        name,
        unit,
        values: Float64Array.from(this.values[i]),
      })),
      steps,
    };
  }

  private push(time: number, voltage: number, states: Float64Array): void {
    this.time.push(time);
    this.voltage.push(voltage);
    this.current.push(this.device.current(states, voltage));
    for (let i = 0; i < states.length; i++) this.values[i].push(states[i]);
  }
}
