import { defineModel, quantity } from './define.ts';
import { windowChoice, windowFunction, windowParameters } from './windows.ts';

const memtorch = 'MemTorch, LinearIonDrift';

/**
 * Linear ion drift, the "HP memristor" (Strukov, Snider, Stewart & Williams, Nature 453, 2008):
 *
 *     v = [rOn·x + rOff·(1 - x)]·i,   dx/dt = mobility·rOn/thickness²·i·F(x),   x = w/D in 0 .. 1
 *
 * with a window F. A positive voltage turns the device on.
 */
export const linearIonDrift = defineModel({
  name: 'linearIonDrift',
  doc: 'HP linear ion drift: a doped and an undoped region in series, the boundary between them moved by the current.',
  source: 'Strukov et al., Nature 453, 80 (2008)',
  parameters: {
    rOn: quantity(100, 'Ohm', [1e-3, 1e12], 'resistance of the fully doped film', memtorch),
    rOff: quantity(16e3, 'Ohm', [1e-3, 1e15], 'resistance of the undoped film', memtorch),
    mobility: quantity(1e-14, 'm^2/(V s)', [1e-20, 1e-6], 'average mobility of the dopants', memtorch),
    thickness: quantity(10e-9, 'm', [1e-10, 1e-5], 'thickness D of the film', memtorch),
    x0: quantity(0.1, '1', [0, 1], 'initial state; 1 is on', 'our choice'),
    window: windowChoice('joglekar', memtorch),
    ...windowParameters,
    aOff: quantity(
      0,
      '1',
      [-10, 10],
      'falling-side foot of the Kvatinsky window, as a fraction of D',
      'our choice',
    ),
    aOn: quantity(
      1,
      '1',
      [-10, 10],
      'rising-side foot of the Kvatinsky window, as a fraction of D',
      'our choice',
    ),
    wC: quantity(0.036, '1', [1e-6, 10], 'width of the Kvatinsky window, as a fraction of D', 'our choice'),
  },
  sets: {
    memtorch: {
      source: `${memtorch}; its additional write threshold of 0.55 V is not part of the model`,
      values: { mobility: 1e-14, thickness: 10e-9, rOn: 100, rOff: 16e3, p: 1, window: 'joglekar' },
    },
    hpSine: {
      source: 'thomastiotto/Memristor-Models, HP labs fit to a 1 V, 1 Hz sine',
      values: { thickness: 27e-9, rOn: 10e3, rOff: 100e3, mobility: 1e-14, p: 7, window: 'joglekar' },
    },
    hpPulsed: {
      source: 'thomastiotto/Memristor-Models, HP labs fit to pulses',
      values: { thickness: 85e-9, rOn: 1e3, rOff: 10e3, mobility: 2e-14, p: 2, window: 'joglekar' },
    },
    spice: {
      source: 'the widespread SPICE subcircuit, Rinit = 11 kOhm',
      values: {
        rOn: 100,
        rOff: 16e3,
        x0: (16e3 - 11e3) / (16e3 - 100),
        thickness: 10e-9,
        mobility: 1e-14,
        p: 1,
        window: 'joglekar',
      },
    },
    biolek: {
      source: 'Biolek subcircuit in the collection of Yakopcic',
      values: { rOn: 100, rOff: 1e3, x0: 0.076, thickness: 16e-9, mobility: 4e-14, p: 7, window: 'biolek' },
    },
  },
  validate: ({ rOn, rOff }) => (rOff > rOn ? [] : [`rOff = ${rOff} Ohm must exceed rOn = ${rOn} Ohm.`]),
  device({ rOn, rOff, mobility, thickness, x0, aOff, aOn, ...rest }) {
    // The Kvatinsky window's names follow TEAM, where a rising state turns the device off; here it turns it on.
    const window = windowFunction({ ...rest, aOff: aOn, aOn: aOff });
    const drift = (mobility * rOn) / (thickness * thickness);
    const current = (states: ArrayLike<number>, voltage: number) =>
      voltage / (rOn * states[0] + rOff * (1 - states[0]));
    return {
      states: [{ name: 'x', unit: '1', low: 0, high: 1, initial: x0 }],
      on: [1],
      off: [0],
      thresholds: [0],
      stiff: false,
      current,
      derivative(states, voltage, derivative) {
        derivative[0] = drift * current(states, voltage) * window(states[0], voltage >= 0);
      },
    };
  },
});
