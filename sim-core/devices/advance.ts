import { pow } from '../math/elementary.ts';
import type { BoundedSystem } from './bounded-system.ts';
import { findRoot } from './find-root.ts';
import type { Stepper } from './stepper.ts';

const epsilon = Number.EPSILON;

/**
 * Largest estimated error relative to what is allowed: `tolerance` times the distance to the nearer bound, plus 1e-3 of
 * the range. An explicit step near a bound where the rate vanishes gets no such allowance: how near the state has come
 * decides how long it takes to return.
 */
export function errorNorm(
  system: BoundedSystem,
  stepper: Stepper,
  time: number,
  h: number,
  tolerance: number,
): number {
  let norm = 0;
  for (let i = 0; i < system.size; i++) {
    const { low, high, states } = system;
    const range = high[i] - low[i];
    const distance = Math.max(Math.min(states[i] - low[i], high[i] - states[i]), 0);
    const bound = states[i] - low[i] < range / 2 ? low[i] : high[i];
    const allowance =
      stepper.implicit || distance > 1e-3 * range || !vanishes(system, time, h, i, bound)
        ? tolerance * (distance + 1e-3 * range)
        : tolerance * distance + 4 * epsilon * Math.abs(states[i]);
    const error = Math.abs(stepper.error[i]);
    const ratio = error === 0 ? 0 : error / allowance;
    // A comparison that also lets NaN through.
    if (!(ratio <= norm)) norm = ratio;
  }
  return norm;
}

/** Whether the rate of state `i` at a bound is zero both where a step begins, which may be on a threshold, and where it ends. */
const vanishes = (system: BoundedSystem, time: number, h: number, i: number, bound: number): boolean =>
  rateAt(system, time, i, system.states, bound) === 0 &&
  rateAt(system, time + h, i, system.states, bound) === 0;

/** By how much to change the step after an attempt with this error. */
export function stepFactor(norm: number, order: number): number {
  if (norm === 0) return 5;
  return Number.isFinite(norm) ? Math.min(Math.max(0.9 * pow(norm, -1 / order), 0.2), 5) : 0.2;
}

/**
 * Brings an accepted attempt in line with the bounds: shortens it to the first moment at which a state meets a bound
 * or leaves one, and repeats it. Returns the step's final length, or 0 where an explicit attempt overshot a bound that
 * the exact solution cannot reach, and must be retried with a shorter step; an implicit one, which may span many time
 * constants of the approach, is put just inside.
 */
export function respectBounds(system: BoundedSystem, stepper: Stepper, time: number, h: number): number {
  let length = h;
  const landed: { state: number; bound: number }[] = [];
  for (let i = 0; i < system.size; i++) {
    if (system.pinned[i]) {
      length = releaseTime(system, stepper, time, length, i);
      if (length === 0) return 0;
      continue;
    }
    const bound = system.bound(i, stepper.next[i]);
    if (bound === undefined) continue;
    const overshoot = Math.abs(stepper.next[i] - bound);
    const range = system.high[i] - system.low[i];
    if (!reachable(system, time + length, i, stepper.next, bound)) {
      // The nearest number inside, or where the approach is not followed, a resolution of the range.
      const margin = epsilon * (stepper.implicit ? range : Math.abs(bound));
      if (overshoot > margin && !stepper.implicit) return 0;
      stepper.next[i] = bound + (bound === system.high[i] ? -margin : margin);
      continue;
    }
    if (overshoot > 0 && system.states[i] !== bound) {
      const hit = landingTime(system, stepper, time, length, i, bound);
      // States that were brought to a bound later than this have not met it yet.
      landed.length = 0;
      length = hit;
    }
    landed.push({ state: i, bound });
  }
  for (const { state, bound } of landed) stepper.next[state] = bound;
  return length;
}

/** Whether the rate at the bound leads onto it: otherwise the solution only nears it. */
function reachable(
  system: BoundedSystem,
  time: number,
  i: number,
  next: Float64Array,
  bound: number,
): boolean {
  const rate = rateAt(system, time, i, next, bound);
  return bound === system.high[i] ? rate > 0 : rate < 0;
}

/** Rate of state `i` were it at `value` and the others as they are. */
function rateAt(system: BoundedSystem, time: number, i: number, states: Float64Array, value: number): number {
  const moved = Float64Array.from(states);
  moved[i] = value;
  const rate = new Float64Array(system.size);
  system.rates(time, moved, rate);
  return rate[i];
}

/** Length of the step after which state `i` stands on its bound; the stepper holds that step. */
function landingTime(
  system: BoundedSystem,
  stepper: Stepper,
  time: number,
  h: number,
  i: number,
  bound: number,
): number {
  const miss = (length: number) => {
    if (length === 0) return system.states[i] - bound;
    stepper.attempt(system.rates, time, length, system.states, system.rate);
    return stepper.next[i] - bound;
  };
  const length = findRoot(miss, 0, h, 1e-14 * h);
  miss(length);
  return length;
}

/**
 * Length of the step after which the pinned state `i` may leave its bound: `h` where it stays. A state that is free to go
 * from the beginning, where its rate was still zero, is no longer pinned, and the step is to be taken again.
 */
function releaseTime(system: BoundedSystem, stepper: Stepper, time: number, h: number, i: number): number {
  const between = new Float64Array(system.size);
  const rate = new Float64Array(system.size);
  const outward = system.states[i] >= system.high[i] ? 1 : -1;
  const push = (length: number) => {
    stepper.interpolate(length / h, h, system.states, system.rate, between);
    system.free(time + length, between, rate);
    return outward * rate[i];
  };
  if (push(h) >= 0) return h;
  const first = push(0) > 0 ? 0 : 1e-9 * h;
  if (push(first) <= 0) {
    system.pinned[i] = false;
    return 0;
  }
  const length = findRoot(push, first, h, 1e-12 * h);
  stepper.attempt(system.rates, time, length, system.states, system.rate);
  return length;
}
