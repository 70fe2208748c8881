import { expect } from 'vitest';
import { deviceModels } from '../../../sim-core/devices/catalogue.ts';
import type { Device, Values } from '../../../sim-core/devices/model.ts';
import { randomStream } from '../../../sim-core/math/random.ts';

const windows = ['none', 'joglekar', 'biolek', 'prodromakis', 'kvatinsky'];

/** Each published set, and every choice of words. */
export const variants = [...deviceModels.values()].flatMap((model) => {
  const words = model.parameters.flatMap((parameter) =>
    parameter.kind === 'word' ? parameter.words.map((word) => ({ [parameter.name]: word })) : [],
  );
  const sets = Object.values(model.sets).map(({ values }) => values);
  // The Kvatinsky window's width in metres follows the state's; exponents other than 1 take the general form.
  const shaped = model.parameters.some(({ name }) => name === 'p')
    ? windows.map((window) => ({ window, p: 2.5 }))
    : [];
  return [{}, ...sets, ...words, ...shaped].map((values) => [model.name, values as Values] as const);
});

const close = (ours: number, theirs: number, least: number) =>
  Math.abs(ours - theirs) <= 1e-9 * Math.max(Math.abs(theirs), least);

/** What another form of a device's equations gives at one point: amperes, and the rates of the states in their units. */
export type Evaluate = (
  states: readonly number[],
  volts: number,
  current: number,
) => { readonly current: number; readonly rates: readonly number[] };

/** Compares another form of a device's equations with the device, to 1e-9, at random states and voltages within bounds. */
export function expectSameLaw(name: string, device: Device, evaluate: Evaluate, label: string): void {
  const random = randomStream(5, label);
  const derivative = new Float64Array(device.states.length);
  const reach = Math.max(1, ...device.thresholds.map((threshold) => 2 * Math.abs(threshold)));
  for (let trial = 0; trial < 200; trial++) {
    const share = () => 0.01 + 0.98 * random.uniform();
    const states = device.states.map(({ low, high }) =>
      low > 0 && high / low > 100 ? low * (high / low) ** share() : low + (high - low) * share(),
    );
    const volts = (2 * random.uniform() - 1) * reach;
    if (device.invalid?.(states, volts)) continue;
    const current = device.current(states, volts);
    device.derivative(states, volts, derivative);
    const told = evaluate(states, volts, current);
    const point = `${name} at ${volts} V, states ${states}`;
    expect([point, close(told.current, current, 1e-30)]).toEqual([point, true]);
    for (const [k, rate] of told.rates.entries()) {
      const span = device.states[k].high - device.states[k].low;
      expect([point, k, close(rate, derivative[k], 1e-12 * span)]).toEqual([point, k, true]);
    }
  }
}
