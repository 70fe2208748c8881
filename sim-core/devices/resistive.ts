import { defineModel, quantity } from './define.ts';

/**
 * A resistive device whose state never moves: `I = V·(x/rOn + (1 - x)/rOff)`, dx/dt = 0.
 * The plainest element for inference, where nothing is programmed: its conductance window is all that counts.
 */
export const resistive = defineModel({
  name: 'resistive',
  doc: 'A linear resistor between rOn and rOff whose state does not move under voltage.',
  source: "Ohm's law",
  parameters: {
    rOn: quantity(10e3, 'Ohm', [1e-3, 1e15], 'resistance of the fully on device', 'our choice'),
    rOff: quantity(1e6, 'Ohm', [1e-3, 1e15], 'resistance of the fully off device', 'our choice'),
    x0: quantity(0, '1', [0, 1], 'state: 1 on, 0 off; conductance is linear in it', 'our choice'),
  },
  sets: {},
  validate: ({ rOn, rOff }) => (rOff > rOn ? [] : [`rOff = ${rOff} Ohm must exceed rOn = ${rOn} Ohm.`]),
  device({ rOn, rOff, x0 }) {
    return {
      states: [{ name: 'x', unit: '1', low: 0, high: 1, initial: x0 }],
      on: [1],
      off: [0],
      thresholds: [],
      stiff: false,
      current: (states, voltage) => voltage * (states[0] / rOn + (1 - states[0]) / rOff),
      derivative(_states, _voltage, derivative) {
        derivative[0] = 0;
      },
    };
  },
});
