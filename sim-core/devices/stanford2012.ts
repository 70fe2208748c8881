import { exp, sinh } from '../math/elementary.ts';
import { boltzmannOverCharge } from './constants.ts';
import { defineModel, quantity } from './define.ts';

const memtorch = 'MemTorch, Stanford_PKU';

/** Conduction through the gap, `I = i0·exp(-gap/g0)·sinh(V/v0)`: the same in both versions of the model. */
export const tunnelParameters = {
  i0: quantity(1e-3, 'A', [1e-12, 1e3], 'current scale', memtorch),
  g0: quantity(0.25e-9, 'm', [1e-12, 1e-7], 'gap that divides the current by e', memtorch),
  v0: quantity(0.25, 'V', [1e-3, 100], 'voltage scale of the current', memtorch),
};

export const tunnelCurrent =
  ({ i0, g0, v0 }: { readonly i0: number; readonly g0: number; readonly v0: number }) =>
  (gap: number, voltage: number) =>
    i0 * exp(-gap / g0) * sinh(voltage / v0);

/**
 * The Stanford/PKU RRAM model of 2012 (Guan, Yu & Wong, IEEE Electron Device Letters 33, 2012; later Stanford/ASU):
 * one conductive filament whose tip is a tunnelling gap away from the electrode.
 *
 *     I = i0·exp(-gap/g0)·sinh(V/v0),   T = t0 + |V·I|·rTh
 *     gamma = gamma0 - beta·(gap/1 nm)³; 0 where gamma·|V|/tOx < fMin
 *     dgap/dt = -velocity·exp(-q·eA/kT)·sinh(gamma·a0/tOx·qV/kT)
 *
 * A positive voltage closes the gap and turns the device on. The model's random fluctuation of the gap is defined per
 * step of its simulator, hence not part of the equations here.
 */
export const stanford2012 = defineModel({
  name: 'stanford2012',
  doc: 'Stanford RRAM (2012): tunnelling gap moved by field-assisted, Joule-heated ion hopping; temperature at once.',
  source: 'Guan, Yu & Wong, IEEE Electron Device Letters 33, 1405 (2012)',
  parameters: {
    ...tunnelParameters,
    t0: quantity(298, 'K', [1, 1000], 'ambient temperature', memtorch),
    rTh: quantity(2.1e3, 'K/W', [0, 1e9], 'thermal resistance', memtorch),
    gamma0: quantity(16, '1', [0, 1000], 'field enhancement at no gap', memtorch),
    beta: quantity(0.8, '1', [0, 1000], 'decrease of the enhancement per cubic nanometre of gap', memtorch),
    tOx: quantity(12e-9, 'm', [1e-10, 1e-6], 'thickness of the oxide', memtorch),
    fMin: quantity(1.4e9, 'V/m', [0, 1e12], 'least enhanced field that moves the gap', memtorch),
    velocity: quantity(10, 'm/s', [0, 1e9], 'attempt velocity', memtorch),
    eA: quantity(0.6, 'eV', [0, 10], 'activation energy', memtorch),
    a0: quantity(0.25e-9, 'm', [1e-12, 1e-7], 'hopping distance', memtorch),
    gapMin: quantity(0, 'm', [0, 1e-7], 'least gap: fully on', 'range swept in the Stanford script'),
    gapMax: quantity(
      1.7e-9,
      'm',
      [1e-12, 1e-7],
      'largest gap: fully off',
      'range swept in the Stanford script',
    ),
    gapInitial: quantity(0.2e-9, 'm', [0, 1e-7], 'initial gap', memtorch),
  },
  sets: { memtorch: { source: memtorch, values: { gapInitial: 0.2e-9 } } },
  validate: gapConflicts,
  device(parameters) {
    const { t0, rTh, gamma0, beta, tOx, fMin, velocity, eA, a0, gapMin, gapMax, gapInitial } = parameters;
    const current = tunnelCurrent(parameters);
    return {
      states: [{ name: 'gap', unit: 'm', low: gapMin, high: gapMax, initial: gapInitial }],
      on: [gapMin],
      off: [gapMax],
      thresholds: [0],
      stiff: true,
      current: (states, voltage) => current(states[0], voltage),
      derivative(states, voltage, derivative) {
        const gap = states[0];
        const gamma = fieldEnhancement(gamma0, beta, gap);
        const share = movingShare((gamma * Math.abs(voltage)) / tOx, fMin);
        if (share === 0) {
          derivative[0] = 0;
          return;
        }
        const thermal = boltzmannOverCharge * (t0 + Math.abs(voltage * current(gap, voltage)) * rTh);
        derivative[0] =
          -share * velocity * exp(-eA / thermal) * sinh((((gamma * a0) / tOx) * voltage) / thermal);
      },
    };
  },
});

/** Width of the onset of motion above fMin, relative to it. */
export const movingOnset = 1e-3;

/**
 * 0 up to fMin, 1 from 0.1 % above it, straight between. The cited model switches at once; a gap whose motion lowers
 * its own field then chatters about the edge, where the mean motion is what the ramp gives.
 */
function movingShare(field: number, fMin: number): number {
  if (field <= fMin) return 0;
  return fMin === 0 ? 1 : Math.min((field / fMin - 1) / movingOnset, 1);
}

/** `gamma0 - beta·(gap/1 nm)³`. */
export function fieldEnhancement(gamma0: number, beta: number, gap: number): number {
  const nanometres = gap * 1e9;
  return gamma0 - beta * nanometres * nanometres * nanometres;
}

interface Gap {
  readonly gapMin: number;
  readonly gapMax: number;
  readonly gapInitial: number;
}

/** What can be wrong with a gap whose three lengths are each within bounds. */
export function gapConflicts({ gapMin, gapMax, gapInitial }: Gap): readonly string[] {
  if (!(gapMax > gapMin)) return [`gapMax = ${gapMax} m must exceed gapMin = ${gapMin} m.`];
  if (gapInitial >= gapMin && gapInitial <= gapMax) return [];
  return [`gapInitial = ${gapInitial} m must lie between gapMin = ${gapMin} m and gapMax = ${gapMax} m.`];
}
