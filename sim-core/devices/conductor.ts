import type { Device } from './model.ts';

/** A linear conductor between two conductances, whose state no voltage moves: what an array sees of a model without one. */
export const conductor = (gOff: number, gOn: number): Device => ({
  states: [{ name: 'x', unit: '1', low: 0, high: 1, initial: 0 }],
  on: [1],
  off: [0],
  thresholds: [],
  stiff: false,
  current: (states, voltage) => voltage * (gOff + states[0] * (gOn - gOff)),
  derivative(_states, _voltage, derivative) {
    derivative[0] = 0;
  },
});
