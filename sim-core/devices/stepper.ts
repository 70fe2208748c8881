/** Rates of all states at a time: `rates(time, states, out)`. */
export type Rates = (time: number, states: Float64Array, out: Float64Array) => void;

/** One step of a one-step method, with an estimate of its error and values in between. */
export interface Stepper {
  /** Tries a step of length `h` from `states`, where the rates are `rate`; fills `next` and `error`. */
  attempt(rates: Rates, time: number, h: number, states: Float64Array, rate: Float64Array): void;
  readonly next: Float64Array;
  /** Estimated local error of each state. */
  readonly error: Float64Array;
  /** States at the fraction `theta` of the last attempt, which started from `states` with `rate`. */
  interpolate(theta: number, h: number, states: Float64Array, rate: Float64Array, out: Float64Array): void;
  /** Steps may be far longer than the fastest time scale. */
  readonly implicit: boolean;
  /** The error falls as this power of the step. */
  readonly errorOrder: number;
  /** `h` times the estimated largest eigenvalue, where the method knows it: beyond about 3.3 the problem is stiff. */
  stiffness(h: number): number;
}

/** `Σ coefficient·slope` of one state. */
export function combine(
  coefficients: readonly number[],
  slopes: readonly Float64Array[],
  state: number,
): number {
  let sum = 0;
  for (let k = 0; k < coefficients.length; k++) sum += coefficients[k] * slopes[k][state];
  return sum;
}
