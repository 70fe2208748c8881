import { combine, type Rates, type Stepper } from './stepper.ts';

/** Coefficients of RODAS (Hairer & Wanner, Solving ODEs II, IV.7): order 4, embedded order 3, L-stable, stiffly accurate. */
const gamma = 0.25;
const nodes = [0, 0.386, 0.21, 0.63, 1, 1];
const timeWeights = [0.25, -0.1043, 0.1035, -0.0362, 0, 0];
const stageWeights = [
  [],
  [1.544],
  [0.9466785280815826, 0.2557011698983284],
  [3.314825187068521, 2.896124015972201, 0.9986419139977817],
  [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895],
  [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1],
];
const slopeWeights = [
  [],
  [-5.6688],
  [-2.430093356833875, -0.2063599157091915],
  [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
  [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
  [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
];
/** The continuous extension of order 3, which unlike one through the end rates stays bounded however stiff the problem. */
const extension = [
  [10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662],
  [-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872],
];

/** The Rosenbrock method RODAS for stiff states, its Jacobian taken by finite differences inside the bounds. */
export function rosenbrock(low: readonly number[], high: readonly number[]): Stepper {
  const size = low.length;
  const slopes = nodes.map(() => new Float64Array(size));
  const [stage, right, next] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const timeSlope = new Float64Array(size);
  const matrix = new Float64Array(size * size);
  const factors = new Float64Array(size * size);
  return {
    next,
    error: slopes[5],
    implicit: true,
    errorOrder: 4,
    attempt(rates, time, h, states, rate) {
      jacobian(rates, time, states, rate, { low, high, column: right, stage, matrix });
      timeDerivative(rates, time, h, states, rate, { first: stage, second: right, out: timeSlope });
      shift(matrix, 1 / (h * gamma), size, factors);
      for (let k = 0; k < nodes.length; k++) {
        for (let i = 0; i < size; i++) {
          stage[i] = states[i] + combine(stageWeights[k], slopes, i);
        }
        if (k === 0) right.set(rate);
        else rates(time + nodes[k] * h, stage, right);
        for (let i = 0; i < size; i++) {
          slopes[k][i] =
            right[i] + timeWeights[k] * h * timeSlope[i] + combine(slopeWeights[k], slopes, i) / h;
        }
        solve(factors, size, slopes[k], matrix);
      }
      for (let i = 0; i < size; i++) next[i] = stage[i] + slopes[5][i];
    },
    interpolate(theta, _h, states, _rate, out) {
      const rest = 1 - theta;
      for (let i = 0; i < size; i++) {
        const bend = combine(extension[0], slopes, i) + theta * combine(extension[1], slopes, i);
        out[i] = states[i] + theta * (next[i] - states[i] + rest * bend);
      }
    },
    stiffness: () => 0,
  };
}

/** `shift·1 - matrix`. */
function shift(matrix: Float64Array, amount: number, size: number, out: Float64Array) {
  for (let k = 0; k < size * size; k++) out[k] = -matrix[k];
  for (let i = 0; i < size; i++) out[i * size + i] += amount;
}

interface JacobianScratch {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly column: Float64Array;
  readonly stage: Float64Array;
  readonly matrix: Float64Array;
}

function jacobian(
  rates: Rates,
  time: number,
  states: Float64Array,
  rate: Float64Array,
  scratch: JacobianScratch,
) {
  const { low, high, column, stage, matrix } = scratch;
  const size = states.length;
  for (let j = 0; j < size; j++) {
    const range = high[j] - low[j];
    const increment = 1.5e-8 * Math.max(Math.abs(states[j]), 1e-3 * range);
    stage.set(states);
    // Towards the farther bound, so that the difference is taken where the model holds.
    stage[j] += states[j] - low[j] > range / 2 ? -increment : increment;
    rates(time, stage, column);
    const step = stage[j] - states[j];
    for (let i = 0; i < size; i++) matrix[i * size + j] = (column[i] - rate[i]) / step;
  }
}

interface TimeScratch {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly out: Float64Array;
}

/** Partial derivative by time at the start of the step, from points within the step: the drive may bend at its start. */
function timeDerivative(
  rates: Rates,
  time: number,
  h: number,
  states: Float64Array,
  rate: Float64Array,
  { first, second, out }: TimeScratch,
) {
  const step = 1e-3 * h;
  rates(time + step, states, first);
  rates(time + 2 * step, states, second);
  for (let i = 0; i < states.length; i++) out[i] = (4 * first[i] - 3 * rate[i] - second[i]) / (2 * step);
}

/** Solves `factors·x = vector` in place of `vector` by elimination with partial pivoting; `work` is overwritten. */
function solve(factors: Float64Array, size: number, vector: Float64Array, work: Float64Array) {
  work.set(factors);
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < size; row++) {
      if (Math.abs(work[row * size + pivot]) > Math.abs(work[best * size + pivot])) best = row;
    }
    if (best !== pivot) swapRows(work, size, vector, pivot, best);
    for (let row = pivot + 1; row < size; row++) {
      const ratio = work[row * size + pivot] / work[pivot * size + pivot];
      for (let column = pivot; column < size; column++)
        work[row * size + column] -= ratio * work[pivot * size + column];
      vector[row] -= ratio * vector[pivot];
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = vector[row];
    for (let column = row + 1; column < size; column++) sum -= work[row * size + column] * vector[column];
    vector[row] = sum / work[row * size + row];
  }
}

function swapRows(work: Float64Array, size: number, vector: Float64Array, a: number, b: number) {
  for (let column = 0; column < size; column++) {
    const held = work[a * size + column];
    work[a * size + column] = work[b * size + column];
    work[b * size + column] = held;
  }
  const held = vector[a];
  vector[a] = vector[b];
  vector[b] = held;
}
