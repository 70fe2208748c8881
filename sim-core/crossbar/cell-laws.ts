import { cosh, log, sinh } from '../math/elementary.ts';
import type { CellLaw } from './nonlinear.ts';

/** The devices of an array, each by its static curve: odd or not, it must not fall and must vanish at 0 V. */
export interface Curves {
  /** Current in ampere and slope in siemens of the device in a cell at a voltage. */
  current(cell: number, voltage: number): number;
  slope(cell: number, voltage: number): number;
}

/** Ohmic devices, of zero conductance where there is none. */
export const ohmicCurves = (conductance: Float64Array): Curves => ({
  current: (cell, voltage) => conductance[cell] * voltage,
  slope: (cell) => conductance[cell],
});

/**
 * What stands between the device and the bit line. `x` is the voltage across it in volt, `foot` that of the bit line
 * against ground.
 */
export interface Access {
  /** Current in ampere; it rises with x and vanishes at x = 0. */
  current(x: number, foot: number): number;
  /** Siemens: how the current rises with the upper end's voltage, and falls with the foot's. */
  slope(x: number, foot: number): number;
  footSlope(x: number, foot: number): number;
  /** The voltage across it at a current; infinite where it never carries as much. */
  voltage(current: number, foot: number): number;
}

/** A transistor that is fully on: a resistor in ohm. */
export const resistorAccess = (resistance: number): Access => ({
  current: (x) => x / resistance,
  slope: () => 1 / resistance,
  footSlope: () => 1 / resistance,
  voltage: (current) => current * resistance,
});

/**
 * An n-channel transistor by the square law, source and drain alike: `I = K/2·((a - v₁)₊² - (a - v₂)₊²)` between ends at
 * v₁ and v₂ against ground, a being what the gate is above its threshold (Shichman and Hodges, IEEE J. Solid-State
 * Circuits 3, 1968, without modulation of the channel's length).
 */
export const gatedAccess = ({ gate, threshold, transconductance }: Gate): Access => {
  const a = gate - threshold;
  const half = transconductance / 2;
  const charge = (v: number) => Math.max(0, a - v);
  return {
    current(x, foot) {
      const [below, above] = [charge(foot), charge(foot + x)];
      // As long as both ends conduct, their difference is x, without the rounding of the potentials.
      return half * (below > 0 && above > 0 ? x : below - above) * (below + above);
    },
    slope: (x, foot) => transconductance * charge(foot + x),
    footSlope: (_x, foot) => transconductance * charge(foot),
    voltage(current, foot) {
      const left = charge(foot) * charge(foot) - current / half;
      return left < 0 ? Infinity : a - Math.sqrt(left) - foot;
    },
  };
};

export interface Gate {
  /** Volt, against ground. */
  readonly gate: number;
  readonly threshold: number;
  /** K in A/V². */
  readonly transconductance: number;
}

/** A selector that conducts as I = I₀·sinh(V/V₀): current I₀ in ampere, scale V₀ in volt. */
export const selectorAccess = ({ current: i0, scale }: Selector): Access => {
  const slope = (x: number) => (i0 / scale) * cosh(x / scale);
  const rising = (current: number) => {
    const ratio = current / i0;
    return scale * log(ratio + Math.sqrt(ratio * ratio + 1));
  };
  return {
    current: (x) => i0 * sinh(x / scale),
    slope,
    footSlope: slope,
    voltage: (current) => (current < 0 ? -rising(-current) : rising(current)),
  };
};

export interface Selector {
  readonly current: number;
  readonly scale: number;
}

/** The law of cells in which each device stands in series with an access device of its own, or with nothing. */
export const cellLaw = (curves: Curves, access?: Access): CellLaw => ({
  evaluate(voltage, current, slope, foot) {
    for (let cell = 0; cell < voltage.length; cell++) {
      const v = voltage[cell];
      if (!access) {
        current[cell] = curves.current(cell, v);
        slope[cell] = curves.slope(cell, v);
        continue;
      }
      const x = accessVoltage(curves, access, cell, v, foot[cell]);
      const [own, above] = [curves.slope(cell, v - x), access.slope(x, foot[cell])];
      current[cell] = access.current(x, foot[cell]);
      // Of a transistor the two ends count differently, which the crossbar's equations cannot say: the mean of both.
      slope[cell] = own > 0 ? (own * (above + access.footSlope(x, foot[cell]))) / (2 * (own + above)) : 0;
    }
  },
});

/**
 * The part x of a cell's voltage that drops across its access device, where both carry the same current. The difference
 * of the two currents rises with x, so that Newton's method within a bracket finds it; it starts at the voltage that the
 * access device takes at the most current there can be.
 */
export const accessVoltage = (
  curves: Curves,
  access: Access,
  cell: number,
  voltage: number,
  foot: number,
): number => {
  const sign = voltage < 0 ? -1 : 1;
  let [low, high] = [0, Math.abs(voltage)];
  let x = Math.min(high, Math.abs(access.voltage(curves.current(cell, voltage), foot)));
  for (let step = 0; step < mostSteps; step++) {
    const excess = sign * (access.current(sign * x, foot) - curves.current(cell, voltage - sign * x));
    if (excess === 0) break;
    if (excess > 0) high = x;
    else low = x;
    const rise = access.slope(sign * x, foot) + curves.slope(cell, voltage - sign * x);
    const newton = x - excess / rise;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= Number.EPSILON * x || !(high - low > Number.EPSILON * high)) break;
    x = next;
  }
  return sign * x;
};

const mostSteps = 200;
