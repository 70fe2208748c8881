import { describe, expect, it } from 'vitest';
import type { Device } from '../../../sim-core/devices/model.ts';
import { implicitStates } from '../../../sim-core/transient/implicit-states.ts';

const state = (name: string) => ({ name, unit: '1', low: 0, high: 1, initial: 0 });

/** A state that the voltage drives, at `drive` times it, and one that follows the first within `lag` seconds. */
const follower = (drive: number, lag: number): Device => ({
  states: [state('lead'), state('follow')],
  on: [1, 1],
  off: [0, 0],
  current: (states, voltage) => states[0] * voltage,
  derivative(states, voltage, derivative) {
    derivative[0] = drive * voltage;
    derivative[1] = (states[0] - states[1]) / lag;
  },
  thresholds: [],
  stiff: true,
});

describe('one implicit stage of the states of a device', () => {
  // x = base + reach·(lead - x)/lag, with the lead where it ends up.
  it.each([
    { base: [0.2, 0.1], volts: 1, lead: 0.5 },
    { base: [0.9, 0.1], volts: 1, lead: 1 },
    { base: [1, 0], volts: 5, lead: 1 },
    { base: [0.1, 0.9], volts: -4, lead: 0 },
  ])('is solved for the others where one rests at its bound: %j', ({ base, volts, lead }) => {
    const [drive, lag, reach] = [0.3, 0.2, 1];
    const x = Float64Array.from(base);
    implicitStates(follower(drive, lag)).solve(Float64Array.from(base), reach, volts, x);
    expect(x[0]).toBeCloseTo(lead, 12);
    expect(x[1]).toBeCloseTo((base[1] + (reach / lag) * lead) / (1 + reach / lag), 9);
  });
});
