import { combine, type Stepper } from './stepper.ts';

/** Nodes, stage weights, difference of the two solutions, continuous extension (Dormand & Prince, J. Comput. Appl. Math. 6, 1980; Hairer, Nørsett & Wanner, Solving ODEs I, II.5-6). */
const nodes = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const weights = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const difference = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
const extension = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];
const last = 6;

/** The explicit Runge–Kutta pair of orders 5 and 4, with its continuous extension of order 4. */
export function dormandPrince(size: number): Stepper {
  const slopes = nodes.map(() => new Float64Array(size));
  const stage = new Float64Array(size);
  const next = new Float64Array(size);
  const error = new Float64Array(size);
  return {
    next,
    error,
    implicit: false,
    errorOrder: 5,
    attempt(rates, time, h, states, rate) {
      slopes[0].set(rate);
      for (let k = 1; k <= last; k++) {
        const target = k === last ? next : stage;
        for (let i = 0; i < size; i++) target[i] = states[i] + h * combine(weights[k], slopes, i);
        rates(time + nodes[k] * h, target, slopes[k]);
      }
      for (let i = 0; i < size; i++) error[i] = h * combine(difference, slopes, i);
    },
    interpolate(theta, h, states, rate, out) {
      const rest = 1 - theta;
      for (let i = 0; i < size; i++) {
        const rise = next[i] - states[i];
        const start = h * rate[i] - rise;
        const end = rise - h * slopes[last][i] - start;
        out[i] =
          states[i] +
          theta * (rise + rest * (start + theta * (end + rest * h * combine(extension, slopes, i))));
      }
    },
    stiffness(h) {
      // The last two stages are both taken at the end of the step; `stage` still holds the former's states.
      return h * ratioOfDistances(slopes[last], slopes[last - 1], next, stage);
    },
  };
}

/** `|a - b| / |c - d|`; 0 where c and d agree. */
function ratioOfDistances(a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array): number {
  let above = 0;
  let below = 0;
  for (let i = 0; i < a.length; i++) {
    above += (a[i] - b[i]) * (a[i] - b[i]);
    below += (c[i] - d[i]) * (c[i] - d[i]);
  }
  return below > 0 ? Math.sqrt(above / below) : 0;
}
