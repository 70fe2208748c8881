import type { Problem } from '../design/problem.ts';
import type { Device } from './model.ts';

export interface SimulationOptions {
  /** Local error per step, relative to a state's range; near a bound down to 1e-3 of that. Default 1e-7. */
  readonly tolerance?: number;
  /** Evenly spaced samples of the trace over the waveform; corners and jumps come on top. Default 1001. */
  readonly samples?: number;
  /** States to start from; default the device's own. */
  readonly initial?: ArrayLike<number>;
  /** Steps after which to give up. Default 1e6. */
  readonly maxSteps?: number;
}

/** What is wrong with options for the device of this name. */
export function optionsProblem(
  name: string,
  { tolerance = 1e-7, samples = 2, maxSteps = 1 }: SimulationOptions,
): Problem | undefined {
  const code = 'device.simulation-options';
  if (!(tolerance >= 1e-13 && tolerance <= 0.1))
    return { code, message: `The tolerance for ${name} must lie in 1e-13 .. 0.1.` };
  if (!(samples >= 2 && samples <= 1e7))
    return { code, message: `The number of samples of ${name} must lie in 2 .. 1e7.` };
  return maxSteps >= 1 ? undefined : { code, message: `The number of steps of ${name} must be at least 1.` };
}

/** What is wrong with states to start from. */
export function initialProblem(name: string, { states }: Device, initial: Float64Array): Problem | undefined {
  const code = 'device.initial-state';
  if (initial.length !== states.length) {
    return {
      code,
      message: `${name} has ${states.length} states, but ${initial.length} initial values were given.`,
    };
  }
  const i = states.findIndex(({ low, high }, k) => !(initial[k] >= low && initial[k] <= high));
  if (i < 0) return undefined;
  const { name: state, low, high, unit } = states[i];
  return {
    code,
    message: `The initial ${state} = ${initial[i]} of ${name} lies outside ${low} .. ${high} ${unit}.`,
  };
}
