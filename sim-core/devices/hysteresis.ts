import type { DeviceTrace } from './trace.ts';

/** Figures of an I-V loop. */
export interface Hysteresis {
  /** Area enclosed in the I-V plane at positive and at negative voltage, in watts (volt-amperes), without sign. */
  readonly positiveLobe: number;
  readonly negativeLobe: number;
  /** Energy taken up, `∫ v·i dt`, in joules. */
  readonly energy: number;
  /** Largest and least chord conductance, in siemens, where the voltage exceeds 1 % of its peak. */
  readonly gMax: number;
  readonly gMin: number;
  /** Largest current where the voltage passes zero, relative to the largest of all: 0 is a pinched loop. */
  readonly currentAtZero: number;
}

/** Measures the I-V loop of a trace, by trapezoids between its samples. */
export function hysteresis({ time, voltage, current }: DeviceTrace): Hysteresis {
  const peakVoltage = voltage.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
  const peakCurrent = current.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
  const lobes = { positive: 0, negative: 0 };
  let energy = 0;
  let gMax = 0;
  let gMin = Number.POSITIVE_INFINITY;
  let atZero = 0;
  for (let k = 0; k < time.length; k++) {
    if (Math.abs(voltage[k]) > 0.01 * peakVoltage) {
      gMax = Math.max(gMax, current[k] / voltage[k]);
      gMin = Math.min(gMin, current[k] / voltage[k]);
    }
    if (k === 0) continue;
    const midVoltage = (voltage[k] + voltage[k - 1]) / 2;
    lobes[midVoltage >= 0 ? 'positive' : 'negative'] +=
      ((current[k] + current[k - 1]) / 2) * (voltage[k] - voltage[k - 1]);
    energy += ((voltage[k] * current[k] + voltage[k - 1] * current[k - 1]) / 2) * (time[k] - time[k - 1]);
    atZero = Math.max(atZero, currentAtPassage(voltage, current, k));
  }
  return {
    positiveLobe: Math.abs(lobes.positive),
    negativeLobe: Math.abs(lobes.negative),
    energy,
    gMax,
    gMin,
    currentAtZero: peakCurrent > 0 ? atZero / peakCurrent : 0,
  };
}

/** Magnitude of the current where the voltage passes zero between samples k - 1 and k, on the chord between them. */
function currentAtPassage(voltage: Float64Array, current: Float64Array, k: number): number {
  if (voltage[k] === 0) return Math.abs(current[k]);
  if (voltage[k] > 0 === voltage[k - 1] > 0 || voltage[k - 1] === 0) return 0;
  const share = voltage[k - 1] / (voltage[k - 1] - voltage[k]);
  return Math.abs(current[k - 1] + share * (current[k] - current[k - 1]));
}
