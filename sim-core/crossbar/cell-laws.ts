import { cosh, log, sinh } from '../math/elementary.ts';
import type { CellLaw } from './nonlinear.ts';

/** Conductances of memristors in series with a transistor that is on: linear cells still (1T1R). */
export const withAccessTransistor = (conductance: Float64Array, onResistance: number): Float64Array =>
  conductance.map((g) => g / (1 + g * onResistance));

/** Memristors that conduct as I = G·V₀·sinh(V/V₀): ohmic for small voltages, exponential above V₀. */
export const sinhLaw = (conductance: Float64Array, scale: number): CellLaw => ({
  evaluate: (voltage, current, slope) => {
    for (let cell = 0; cell < voltage.length; cell++) {
      current[cell] = conductance[cell] * scale * sinh(voltage[cell] / scale);
      slope[cell] = conductance[cell] * cosh(voltage[cell] / scale);
    }
  },
});

/** A threshold selector that conducts as I = I₀·sinh(V/V₀). */
export interface Selector {
  /** I₀ in ampere. */
  readonly current: number;
  /** V₀ in volt. */
  readonly scale: number;
}

/** Memristors, ohmic each, in series with a selector (1S1R). */
export const selectorLaw = (conductance: Float64Array, selector: Selector): CellLaw => ({
  evaluate: (voltage, current, slope) => {
    for (let cell = 0; cell < voltage.length; cell++) {
      const g = conductance[cell];
      const size = g > 0 ? selectorVoltage(g, selector, Math.abs(voltage[cell])) / selector.scale : 0;
      const ownSlope = (selector.current / selector.scale) * cosh(size);
      current[cell] = g > 0 ? Math.sign(voltage[cell]) * selector.current * sinh(size) : 0;
      slope[cell] = g > 0 ? (g * ownSlope) / (g + ownSlope) : 0;
    }
  },
});

/**
 * The part x of a voltage V that drops across the selector, from x + (I₀/G)·sinh(x/V₀) = V. The left side is convex and
 * rises, and the start lies above the root, so Newton's method comes down to it step by step.
 */
const selectorVoltage = (g: number, { current, scale }: Selector, voltage: number): number => {
  const most = (voltage * g) / current;
  let x = Math.min(voltage, scale * log(most + Math.sqrt(most * most + 1)));
  for (let step = 0; step < mostSteps; step++) {
    const excess = x + (current / g) * sinh(x / scale) - voltage;
    const next = x - excess / (1 + (current / (g * scale)) * cosh(x / scale));
    if (!(next < x)) break;
    x = next;
  }
  return x;
};

const mostSteps = 100;
