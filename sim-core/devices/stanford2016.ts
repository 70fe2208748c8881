import { exp } from '../math/elementary.ts';
import { boltzmannOverCharge } from './constants.ts';
import { defineModel, quantity } from './define.ts';
import { fieldEnhancement, gapConflicts, tunnelCurrent, tunnelParameters } from './stanford2012.ts';

const jiang = 'Jiang et al. 2016, HfO2';

/**
 * The Stanford RRAM model of 2016 (Jiang, Wu, Yu et al., IEEE TED 63, 2016): separate barriers for generating and
 * recombining vacancies, and a temperature with its own heat capacity.
 *
 *     I = i0·exp(-gap/g0)·sinh(V/v0)
 *     dgap/dt = -velocity·[exp(-q·eG/kT + u) - exp(-q·eR/kT - u)],   u = gamma·a0/tOx·qV/kT
 *     dT/dt = |V·I|/cTh - (T - t0)/tauTh
 *     gamma = gamma0 - beta·(gap/1 nm)³, gamma0 by polarity
 *
 * A positive voltage turns the device on. Ambient temperature, hopping distance and the shape of the current are those
 * of the 2012 set, as no others are known to us.
 */
export const stanford2016 = defineModel({
  name: 'stanford2016',
  doc: 'Stanford RRAM (2016): gap and temperature as states; heat lags the power by a fraction of a nanosecond.',
  source: 'Jiang et al., IEEE Trans. Electron Devices 63, 1884 (2016)',
  parameters: {
    ...tunnelParameters,
    i0: quantity(
      1e-6,
      'A',
      [1e-12, 1e3],
      'current scale',
      'our choice: tauTh/cTh = 7.5e7 K/W bears no milliamperes',
    ),
    t0: quantity(298, 'K', [1, 1000], 'ambient temperature', 'the 2012 set'),
    tMax: quantity(
      3000,
      'K',
      [300, 1e5],
      'temperature beyond which the model is not to be trusted',
      'our choice',
    ),
    cTh: quantity(3.05e-18, 'J/K', [1e-24, 1e-3], 'heat capacity of the filament', jiang),
    tauTh: quantity(0.23e-9, 's', [1e-15, 1], 'thermal time constant', jiang),
    gammaP: quantity(15, '1', [0, 1000], 'field enhancement at no gap, positive voltage', jiang),
    gammaN: quantity(8.5, '1', [0, 1000], 'field enhancement at no gap, negative voltage', jiang),
    beta: quantity(1.25, '1', [0, 1000], 'decrease of the enhancement per cubic nanometre of gap', jiang),
    tOx: quantity(5e-9, 'm', [1e-10, 1e-6], 'thickness of the oxide', jiang),
    velocity: quantity(150, 'm/s', [0, 1e9], 'attempt velocity', `${jiang}; 120 m/s is in use as well`),
    eG: quantity(1.241, 'eV', [0, 10], 'barrier of vacancy generation', jiang),
    eR: quantity(1.24, 'eV', [0, 10], 'barrier of vacancy recombination', jiang),
    a0: quantity(0.25e-9, 'm', [1e-12, 1e-7], 'hopping distance', 'the 2012 set'),
    gapMin: quantity(0.1e-9, 'm', [0, 1e-7], 'least gap: fully on', jiang),
    gapMax: quantity(1.7e-9, 'm', [1e-12, 1e-7], 'largest gap: fully off', jiang),
    gapInitial: quantity(1.7e-9, 'm', [0, 1e-7], 'initial gap', 'our choice'),
  },
  sets: {
    hafniumOxide: { source: jiang, values: { eG: 1.241, eR: 1.24 } },
    aluminiumOxide: { source: 'Jiang et al. 2016, Al2O3', values: { eG: 1.001, eR: 1.0 } },
    titaniumOxide: { source: 'Jiang et al. 2016, TiO2', values: { eG: 1.501, eR: 1.5 } },
  },
  validate: (parameters) => [
    ...gapConflicts(parameters),
    ...(parameters.tMax > parameters.t0
      ? []
      : [`tMax = ${parameters.tMax} K must exceed t0 = ${parameters.t0} K.`]),
  ],
  device(parameters) {
    const { t0, tMax, cTh, tauTh, gammaP, gammaN, beta, tOx, velocity, eG, eR, a0 } = parameters;
    const { gapMin, gapMax, gapInitial } = parameters;
    const current = tunnelCurrent(parameters);
    return {
      states: [
        { name: 'gap', unit: 'm', low: gapMin, high: gapMax, initial: gapInitial },
        { name: 'T', unit: 'K', low: t0, high: tMax, initial: t0 },
      ],
      on: [gapMin, t0],
      off: [gapMax, t0],
      thresholds: [0],
      stiff: true,
      current: (states, voltage) => current(states[0], voltage),
      derivative(states, voltage, derivative) {
        const [gap, temperature] = [states[0], states[1]];
        const gamma = fieldEnhancement(voltage >= 0 ? gammaP : gammaN, beta, gap);
        const thermal = boltzmannOverCharge * temperature;
        const field = (((gamma * a0) / tOx) * voltage) / thermal;
        derivative[0] = -velocity * (exp(-eG / thermal + field) - exp(-eR / thermal - field));
        derivative[1] = Math.abs(voltage * current(gap, voltage)) / cTh - (temperature - t0) / tauTh;
      },
      invalid: (states) => (states[1] < tMax ? undefined : `the filament would heat beyond tMax = ${tMax} K`),
    };
  },
});
