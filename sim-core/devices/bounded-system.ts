import type { Device } from './model.ts';
import type { Rates } from './stepper.ts';
import { type Segment, voltageAt } from './waveform.ts';

/**
 * A device's rates under one segment of the drive, with its states' bounds: the device only ever sees states within
 * them, and a state that rests on a bound (its rate points outward or vanishes) is pinned, its rate zero.
 */
export class BoundedSystem {
  readonly size: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly states: Float64Array;
  /** Rates at the beginning of the step. */
  readonly rate: Float64Array;
  readonly pinned: boolean[];
  segment: Segment | undefined;
  private readonly inside: Float64Array;

  constructor(
    readonly device: Device,
    initial: Float64Array,
  ) {
    this.size = initial.length;
    this.low = device.states.map((state) => state.low);
    this.high = device.states.map((state) => state.high);
    this.states = Float64Array.from(initial);
    this.rate = new Float64Array(this.size);
    this.inside = new Float64Array(this.size);
    this.pinned = device.states.map(() => false);
  }

  /** Finds the rates at the beginning of a step, and which states are pinned during it. */
  begin(time: number): void {
    this.free(time, this.states, this.rate);
    for (let i = 0; i < this.size; i++) {
      this.pinned[i] =
        this.bound(i, this.states[i]) !== undefined && !this.inward(i, this.states[i], this.rate[i]);
      if (this.pinned[i]) this.rate[i] = 0;
    }
  }

  readonly rates: Rates = (time, states, out) => {
    this.free(time, states, out);
    for (let i = 0; i < this.size; i++) if (this.pinned[i]) out[i] = 0;
  };

  /** Rates as if no state were pinned. */
  readonly free: Rates = (time, states, out) => {
    for (let i = 0; i < this.size; i++) this.inside[i] = this.clamp(i, states[i]);
    this.device.derivative(this.inside, this.voltage(time), out);
  };

  voltage(time: number): number {
    return this.segment === undefined ? 0 : voltageAt(this.segment, time);
  }

  clamp(i: number, value: number): number {
    return Math.min(Math.max(value, this.low[i]), this.high[i]);
  }

  /** The bound that a value is at or beyond. */
  bound(i: number, value: number): number | undefined {
    if (value >= this.high[i]) return this.high[i];
    return value <= this.low[i] ? this.low[i] : undefined;
  }

  /** Whether a rate leads from the bound that the value is at or beyond back inside. */
  inward(i: number, value: number, rate: number): boolean {
    return value >= this.high[i] ? rate < 0 : rate > 0;
  }
}
