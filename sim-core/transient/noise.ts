import type { Dynamics, Values } from '../circuit/circuit.ts';
import { boltzmann } from '../devices/constants.ts';
import { exp } from '../math/elementary.ts';
import type { RandomStream } from '../math/random.ts';
import type { Stage } from './instructions.ts';

/** Kelvin at which resistors make noise. */
const temperature = 300;

/**
 * White noise that acts on states which relax with a rate: what it adds in a time h is Gaussian with the variance
 * `variance·(1 - exp(-2·rate·h))`, exactly (Gillespie, Physical Review E 54, 2084, 1996).
 */
export interface NoiseSource {
  readonly address: number;
  /** V² that the state has in the end, and 1/s at which it forgets; one value for each state. */
  readonly variance: Float64Array;
  readonly rate: Float64Array;
  /** Of capacitors: their farads and their element, to account for the energy. */
  readonly capacitor: { readonly farads: Float64Array; readonly element: number } | undefined;
}

/** `kT/C` of a capacitor, whatever resistors are around it. */
export const thermalVariance = (farads: number): number => (boltzmann * temperature) / farads;

/**
 * V² at the output of a circuit with a pole: its own `noise`, and behind bit lines that are read as currents the thermal
 * noise of the devices and of the feedback resistor, `4kT·(gColumn + 1/rF)·rF²` over the pole's bandwidth `π/2·pole`.
 */
export function outputVariance(
  parameters: Readonly<Record<string, Values>>,
  { pole }: Dynamics,
  k: number,
): number {
  const of = (values: Values | undefined) =>
    values === undefined ? 0 : typeof values === 'number' ? values : values[values.length === 1 ? 0 : k];
  const { noise, gColumn, rF } = parameters;
  const density = rF === undefined ? 0 : 4 * boltzmann * temperature * (of(gColumn) * of(rF) + 1) * of(rF);
  return of(noise) * of(noise) + (density * Math.PI * of(pole)) / 2;
}

/** Adds what the noise of a step of length h has brought about; `charged` hears of every capacitor. */
export function addNoise(
  sources: readonly NoiseSource[],
  { memory }: Stage,
  h: number,
  stream: RandomStream,
  charged: (element: number, address: number, charge: number, energy: number) => void,
): void {
  for (const { address, variance, rate, capacitor } of sources)
    for (let k = 0; k < variance.length; k++) {
      const before = memory[address + k];
      const volts = Math.sqrt(variance[k] * (1 - exp(-2 * rate[k] * h))) * stream.gaussian();
      memory[address + k] = before + volts;
      if (!capacitor) continue;
      const charge = capacitor.farads[k] * volts;
      charged(capacitor.element, address + k, charge, charge * (before + volts / 2));
    }
}
