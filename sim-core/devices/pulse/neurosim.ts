import { expm1 } from '../../math/elementary.ts';
import { quantity } from '../define.ts';
import { curvatureOf } from './nonlinearity.ts';
import { clampTo, definePulseModel } from './pulse-model.ts';

const manual = 'MLP+NeuroSim V3.0 manual, Table II';

/**
 * Nonlinear programming of MLP+NeuroSim (Chen, Peng & Yu, IEEE TCAD 37, 2018). Conductance after P pulses:
 *
 *     G(P) = B·(1 - e^(-P/A)) + gMin,  B = (gMax - gMin)/(1 - e^(-Pmax/A)),  A = curvature·Pmax
 *
 * on one curve for potentiation and one for depression, each with a label (see `nonlinearityLabel`). On a curve, one
 * pulse more or less is `G ∓→ gMin + B - (gMin + B - G)·e^(∓1/A)`. Depression with a negative label falls fastest at
 * gMax; it is the manual's `-B(1 - e^((P - Pmax)/A)) + gMax`. Cycle-to-cycle variation adds
 * `sigma·(gMax - gMin)·ξ` per pulse; device-to-device variation is normal in the labels.
 */
export const neurosim = definePulseModel({
  name: 'neurosim',
  doc: 'NeuroSim: exponential potentiation and depression curves with a nonlinearity label each.',
  source: 'Chen, Peng & Yu, IEEE TCAD 37, 3067 (2018)',
  parameters: {
    gMax: quantity(1 / 81e3, 'S', [1e-12, 1], 'largest conductance', `${manual}, EpiRAM`),
    onOff: quantity(
      50.2,
      '1',
      [1.000001, 1e9],
      'ratio of the largest to the least conductance',
      `${manual}, EpiRAM`,
    ),
    pulses: quantity(
      64,
      '1',
      [1, 1e6],
      'pulses from the least to the largest conductance',
      `${manual}, EpiRAM`,
    ),
    labelUp: quantity(0.5, '1', [-9.9, 9.9], 'nonlinearity label of potentiation', `${manual}, EpiRAM`),
    labelDown: quantity(-0.5, '1', [-9.9, 9.9], 'nonlinearity label of depression', `${manual}, EpiRAM`),
    labelDtod: quantity(0, '1', [0, 5], 'device-to-device standard deviation of the labels', 'our choice'),
    c2c: quantity(
      0.02,
      '1',
      [0, 1],
      'cycle-to-cycle standard deviation per pulse, of the range',
      `${manual}, EpiRAM`,
    ),
  },
  sets: {
    agSi: device('Ag:a-Si', 97, [2.4, -4.88], [26e6, 12.5], 0.035),
    taOxHfOx: device('TaOx/HfOx', 128, [0.04, -0.63], [100e3, 10], 0.037),
    pcmo: device('PCMO; variation given as below 1 %', 50, [3.68, -6.76], [23e6, 6.84], 0.01),
    alOxHfO2: device('AlOx/HfO2', 40, [1.94, -0.61], [16.9e3, 4.43], 0.05),
    gstPcm: device('GST PCM; 100 of its 100 to 120 states', 100, [0.105, 2.4], [4.71e3, 19.8], 0.015),
    epiRam: device('EpiRAM Ag:SiGe', 64, [0.5, -0.5], [81e3, 50.2], 0.02),
    hzoFeFet: device('HZO FeFET; variation given as below 0.5 %', 32, [1.75, 1.46], [559.28e3, 45], 0.005),
  },
  draw({ gMax, onOff, pulses, labelUp, labelDown, labelDtod, c2c }, random) {
    const gMin = gMax / onOff;
    const drawLabel = (label: number) => clampTo(label + labelDtod * random.gaussian(), -9.9, 9.9);
    const up = curve(gMin, gMax, pulses, drawLabel(labelUp));
    const down = curve(gMin, gMax, pulses, drawLabel(labelDown));
    return {
      low: gMin,
      high: gMax,
      initial: gMin,
      conductance: (state) => state,
      pulse(state, { amplitude }, stream) {
        if (amplitude === 0) return state;
        const moved = amplitude > 0 ? up(state, 1) : down(state, -1);
        return clampTo(moved + c2c * (gMax - gMin) * stream.gaussian(), gMin, gMax);
      },
    };
  },
});

/** Moves a conductance along the curve of this label by a number of pulses, at most to its ends. */
function curve(gMin: number, gMax: number, pulses: number, label: number) {
  const decay = 1 / (curvatureOf(label) * pulses);
  const full = -expm1(-decay * pulses);
  return (conductance: number, count: number): number => {
    if (full === 0) return clampTo(conductance + (count * (gMax - gMin)) / pulses, gMin, gMax);
    const asymptote = gMin + (gMax - gMin) / full;
    return clampTo(conductance - (asymptote - conductance) * expm1(-decay * count), gMin, gMax);
  };
}

/** A line of the manual's table: states, labels up and down, on resistance and on/off ratio, variation. */
function device(
  name: string,
  pulses: number,
  [labelUp, labelDown]: readonly [number, number],
  [rOn, onOff]: readonly [number, number],
  c2c: number,
) {
  return { source: `${manual}, ${name}`, values: { pulses, labelUp, labelDown, gMax: 1 / rOn, onOff, c2c } };
}
