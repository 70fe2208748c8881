import type { Device } from '../devices/model.ts';
import { implicitStates } from './implicit-states.ts';
import type { Stage } from './instructions.ts';

/** The bit lines of one gate with devices whose states move, in one phase. */
export interface DeviceLine {
  readonly device: Device;
  /** The devices of each bit line, those of bit line k from `from[k]` to `from[k + 1]`. */
  readonly from: Int32Array;
  /** Of each device: address and sign of the voltage of its word line, and what its current is multiplied by. */
  readonly word: Int32Array;
  readonly sign: Float64Array;
  readonly scale: Float64Array;
  /** Address of the first device's states; one device's follow the other's. */
  readonly states: number;
  /** Voltage read-out: farads of each bit line, and siemens to ground; undefined: bit lines end in virtual grounds. */
  readonly foot: { readonly farads: number; readonly toGround: Float64Array } | undefined;
  /** Addresses of the bit lines' voltages, or currents where these are read, and of the currents that devices give. */
  readonly output: number;
  readonly current: number;
  /** Address of two numbers: watts that the word lines give, and that turn into heat. */
  readonly power: number;
}

/** How far a bit line's voltage may be from where its currents balance, in volts, and relative to it. */
const accuracy = 1e-13;
const iterations = 60;

/**
 * One stage of an implicit step for the devices and their bit lines: `x = base + reach·f(x, v - V)` for every device and
 * `C·dV/dt = Σ i(x, v - V) - V·G` for each bit line. V is found by Newton's method whose slope takes the states as they
 * are: within a step they hardly move. With `reach` 0 the states stay, and rates are found.
 */
export function deviceLine(line: DeviceLine): (stage: Stage) => void {
  const { device, from, word, sign, scale, states, foot, output, current, power } = line;
  const { rates: ratesOf, solve } = implicitStates(device);
  const n = device.states.length;
  const [x, base, rate] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  let [total, slope, given, heat] = [0, 0, 0, 0];

  /** Lets the devices of bit line k follow its voltage, and sums up their currents. */
  const follow = ({ memory, base: from0, reach }: Stage, k: number, bit: number): void => {
    [total, slope, given, heat] = [0, 0, 0, 0];
    for (let d = from[k]; d < from[k + 1]; d++) {
      const source = sign[d] * memory[word[d]];
      const v = source - bit;
      const at = states + d * n;
      for (let j = 0; j < n; j++) x[j] = memory[at + j];
      if (reach > 0) {
        for (let j = 0; j < n; j++) base[j] = from0[at + j];
        solve(base, reach, v, x);
        for (let j = 0; j < n; j++) memory[at + j] = x[j];
      }
      const i = scale[d] * device.current(x, v);
      total += i;
      given += i * source;
      heat += i * v;
      if (!foot) continue;
      const step = 1e-6 * Math.max(Math.abs(v), 1e-3);
      slope += (scale[d] * device.current(x, v + step) - i) / step;
    }
  };

  const footVoltage = (stage: Stage, k: number, { farads, toGround }: NonNullable<DeviceLine['foot']>) => {
    const { memory, base: from0, rates, reach } = stage;
    // After a step that was too long nothing stands there.
    let bit = Number.isFinite(memory[output + k]) ? memory[output + k] : 0;
    if (farads > 0 && reach === 0) {
      follow(stage, k, bit);
      rates[output + k] = (total - bit * toGround[k]) / farads;
      return bit;
    }
    const inertia = farads > 0 ? farads / reach : 0;
    const start = farads > 0 ? from0[output + k] : 0;
    for (let step = 0; step < iterations; step++) {
      follow(stage, k, bit);
      const excess = total - bit * toGround[k] - inertia * (bit - start);
      const change = excess / (slope + toGround[k] + inertia);
      bit += change;
      if (Math.abs(change) <= accuracy * Math.max(Math.abs(bit), 1)) return bit;
    }
    // The step is too long for it.
    return Number.NaN;
  };

  const findRates = ({ memory, rates }: Stage, k: number, bit: number): void => {
    for (let d = from[k]; d < from[k + 1]; d++) {
      const at = states + d * n;
      for (let j = 0; j < n; j++) x[j] = memory[at + j];
      ratesOf(x, sign[d] * memory[word[d]] - bit, rate);
      for (let j = 0; j < n; j++) rates[at + j] = rate[j];
    }
  };

  return (stage) => {
    const { memory, reach } = stage;
    memory[power] = 0;
    memory[power + 1] = 0;
    for (let k = 0; k + 1 < from.length; k++) {
      const bit = foot ? footVoltage(stage, k, foot) : 0;
      if (!foot) follow(stage, k, 0);
      if (reach === 0) findRates(stage, k, bit);
      memory[current + k] = total;
      memory[output + k] = foot ? bit : total;
      memory[power] += given;
      memory[power + 1] += heat + (foot ? bit * bit * foot.toGround[k] : 0);
    }
  };
}
