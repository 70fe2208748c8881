import { exp, expm1 } from '../math/elementary.ts';
import { defineModel, quantity } from './define.ts';

const xyce = 'Xyce, memristor level 4, example of its tests; after Niroula 2017';

/**
 * The piecewise empirical model (PEM) of Niroula and Agarwal (J. Comput. Electron., 2017), as Xyce has it at level 4:
 *
 *     I = x·h(V),  h(V) = i1·e^(V/v1) - i2·e^(-V/v2) + g0·V - (i1 - i2)
 *     G(V) = e^(d1·(V - vP)) - 1 for V >= vP;  e^(d2·(-vN - V)) - 1 for V <= -vN;  0 between
 *     dx/dt = c1·G(V)·(1 - x) above vP;  -c2·G(V)·x below -vN
 *
 * The paper tabulates how the motion depends on the state; its tables are not known to us. That it is linear, and that
 * c1 and c2 are rates, is our choice.
 */
export const pem = defineModel({
  name: 'pem',
  doc: 'PEM: exponential and ohmic conduction proportional to the state, exponential motion beyond two thresholds.',
  source: 'Niroula and Agarwal, J. Comput. Electron. (2017); Xyce memristor level 4',
  parameters: {
    i1: quantity(85.37e-6, 'A', [0, 1e3], 'exponential conduction at positive voltage', xyce),
    i2: quantity(90.16e-6, 'A', [0, 1e3], 'exponential conduction at negative voltage', xyce),
    v1: quantity(0.265, 'V', [0.01, 100], 'scale of the exponential at positive voltage', xyce),
    v2: quantity(0.265, 'V', [0.01, 100], 'scale of the exponential at negative voltage', xyce),
    g0: quantity(130.72e-6, 'S', [0, 1e3], 'ohmic conduction', xyce),
    vP: quantity(0.7, 'V', [0, 100], 'positive threshold', xyce),
    vN: quantity(1, 'V', [0, 100], 'magnitude of the negative threshold', xyce),
    d1: quantity(9.87, '1/V', [1e-6, 1e3], 'growth of the motion beyond the positive threshold', xyce),
    d2: quantity(4.82, '1/V', [1e-6, 1e3], 'growth of the motion beyond the negative threshold', xyce),
    c1: quantity(
      1000,
      '1/s',
      [0, 1e15],
      'rate of the rise',
      `${xyce}; its place in the equation is our choice`,
    ),
    c2: quantity(
      1000,
      '1/s',
      [0, 1e15],
      'rate of the fall',
      `${xyce}; its place in the equation is our choice`,
    ),
    x0: quantity(0.1, '1', [0, 1], 'initial state', 'our choice'),
  },
  sets: {},
  validate: ({ i1, i2, g0 }) =>
    i1 + i2 + g0 > 0 ? [] : ['At least one of i1, i2 and g0 must be above zero: it would never conduct.'],
  device({ i1, i2, v1, v2, g0, vP, vN, d1, d2, c1, c2, x0 }) {
    const exponential = (current: number, x: number) => (current > 0 ? current * expm1(x) : 0);
    const conduction = (v: number) => exponential(i1, v / v1) - exponential(i2, -v / v2) + g0 * v;
    return {
      states: [{ name: 'x', unit: '1', low: 0, high: 1, initial: x0 }],
      on: [1],
      off: [0],
      thresholds: [-vN, vP],
      // Far beyond a threshold the state settles at its bound within a tiny part of a pulse.
      stiff: true,
      current: (states, voltage) => (states[0] > 0 ? states[0] * conduction(voltage) : 0),
      derivative(states, voltage, derivative) {
        const x = states[0];
        derivative[0] =
          voltage >= vP
            ? c1 * (exp(d1 * (voltage - vP)) - 1) * (1 - x)
            : voltage <= -vN
              ? -c2 * (exp(d2 * (-vN - voltage)) - 1) * x
              : 0;
      },
    };
  },
});
