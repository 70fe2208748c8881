import { exp, sinh } from '../math/elementary.ts';
import { defineModel, quantity } from './define.ts';

const oblea = 'Xyce reference guide, Yakopcic example (Oblea chalcogenide device)';
const collection = 'thomastiotto/Memristor-Models, Yakopcic library';

/** Thresholds, rates and slow-down of the state: what both forms of the model share. */
export const yakopcicMotionParameters = {
  vP: quantity(0.16, 'V', [0, 100], 'positive threshold', oblea),
  vN: quantity(0.15, 'V', [0, 100], 'magnitude of the negative threshold', oblea),
  aP: quantity(4000, '1/s', [0, 1e15], 'rate beyond the positive threshold', oblea),
  aN: quantity(4000, '1/s', [0, 1e15], 'rate beyond the negative threshold', oblea),
  xP: quantity(0.3, '1', [0, 0.999999], 'state above which rising slows down', oblea),
  xN: quantity(0.5, '1', [0, 0.999999], '1 - state below which falling slows down', oblea),
  alphaP: quantity(1, '1', [0, 1000], 'decay of the rise beyond xP', oblea),
  alphaN: quantity(5, '1', [0, 1000], 'decay of the fall beyond 1 - xN', oblea),
  eta: quantity(1, '1', [-1, 1], 'direction: +1 the state rises at positive voltage, -1 it falls', oblea),
};

interface Motion {
  readonly vP: number;
  readonly vN: number;
  readonly aP: number;
  readonly aN: number;
  readonly xP: number;
  readonly xN: number;
  readonly alphaP: number;
  readonly alphaN: number;
  readonly eta: number;
}

/** Rate of the state: `eta·g(V)·f(x)`. */
export function yakopcicMotion({ vP, vN, aP, aN, xP, xN, alphaP, alphaN, eta }: Motion) {
  const expVp = exp(vP);
  const expVn = exp(vN);
  const drive = (voltage: number) => {
    if (voltage > vP) return aP * (exp(voltage) - expVp);
    if (voltage < -vN) return -aN * (exp(-voltage) - expVn);
    return 0;
  };
  const slowing = (rising: boolean, x: number) => {
    if (rising) return x < xP ? 1 : exp(-alphaP * (x - xP)) * ((xP - x) / (1 - xP) + 1);
    return x > 1 - xN ? 1 : (exp(alphaN * (x + xN - 1)) * x) / (1 - xN);
  };
  return (x: number, voltage: number): number => {
    const rate = drive(voltage);
    return rate === 0 ? 0 : eta * rate * slowing(eta * voltage >= 0, x);
  };
}

/**
 * The model of Yakopcic et al. (IEEE Electron Device Letters 32, 2011):
 *
 *     I = a1·x·sinh(b·V) for V >= 0;  a2·x·sinh(b·V) for V < 0
 *     g(V) = aP·(e^V - e^vP) for V > vP;  -aN·(e^-V - e^vN) for V < -vN;  0 between
 *     f(x) = exp(-alphaP·(x - xP))·((xP - x)/(1 - xP) + 1)    rising, x >= xP
 *          = exp(alphaN·(x + xN - 1))·x/(1 - xN)              falling, x <= 1 - xN;  1 elsewhere
 *     dx/dt = eta·g(V)·f(x)
 *
 * with V in volts inside the exponentials. At x = 0 the device conducts nothing at all.
 */
export const yakopcic = defineModel({
  name: 'yakopcic',
  doc: 'Yakopcic: hyperbolic-sine conduction proportional to the state, exponential motion beyond two thresholds.',
  source: 'Yakopcic et al., IEEE Electron Device Letters 32, 1436 (2011)',
  parameters: {
    a1: quantity(0.17, 'A', [1e-15, 1e3], 'conduction at positive voltage', oblea),
    a2: quantity(0.17, 'A', [1e-15, 1e3], 'conduction at negative voltage', oblea),
    b: quantity(0.05, '1/V', [1e-6, 100], 'curvature of the conduction', oblea),
    ...yakopcicMotionParameters,
    x0: quantity(0.11, '1', [0, 1], 'initial state', oblea),
  },
  sets: {
    obleaSine: {
      source: oblea,
      values: set([0.17, 0.17, 0.05], [0.16, 0.15, 4000, 4000], [0.3, 0.5, 1, 5], 0.11),
    },
    obleaPulsed: {
      source: collection,
      values: set([0.097, 0.097, 0.05], [0.16, 0.15, 4000, 4000], [0.3, 0.5, 1, 5], 0.001),
    },
    jo: {
      source: `${collection}, Ag/a-Si device of Jo et al.`,
      values: set([3.7e-7, 4.35e-7, 0.7], [1.5, 0.5, 0.005, 0.08], [0.2, 0.5, 1.2, 3], 0.1),
    },
    miao: {
      source: `${collection}, TaOx device of Miao et al.; its vP of 0.09 V is as printed there, and looks doubtful`,
      values: set([0.11, 0.11, 0.5], [0.09, 0.75, 7.5, 2], [0.3, 0.5, 1, 5], 0.11),
    },
  },
  device(parameters) {
    const { a1, a2, b, x0, vP, vN } = parameters;
    const motion = yakopcicMotion(parameters);
    return {
      states: [{ name: 'x', unit: '1', low: 0, high: 1, initial: x0 }],
      on: [1],
      off: [0],
      thresholds: [-vN, 0, vP],
      stiff: false,
      current: (states, voltage) => (voltage >= 0 ? a1 : a2) * states[0] * sinh(b * voltage),
      derivative(states, voltage, derivative) {
        derivative[0] = motion(states[0], voltage);
      },
    };
  },
});

type Four = readonly [number, number, number, number];

/** One line of the usual table: a1, a2, b; vP, vN, aP, aN; xP, xN, alphaP, alphaN; x0. */
function set([a1, a2, b]: readonly [number, number, number], [vP, vN, aP, aN]: Four, slow: Four, x0: number) {
  const [xP, xN, alphaP, alphaN] = slow;
  return { a1, a2, b, vP, vN, aP, aN, xP, xN, alphaP, alphaN, eta: 1, x0 };
}
