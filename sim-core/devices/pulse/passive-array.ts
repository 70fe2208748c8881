import { log, tanh } from '../../math/elementary.ts';
import { quantity } from '../define.ts';
import { clampTo, definePulseModel } from './pulse-model.ts';

/** One bin of conductance, up to `below` siemens, with the fit's constants. */
interface Bin {
  readonly below: number;
  readonly set: readonly [c3: number, c4: number, c5: number];
  readonly reset: readonly [c2: number, c3: number, c5: number];
}

/** Constants of the dynamic fit, from the public code that goes with the paper (its own table is an image). */
const bins: readonly Bin[] = [
  { below: 5.62e-6, set: [-3.851, 9.369, 10.4], reset: [0.89, 8.96, -10.9] },
  { below: 10e-6, set: [-3.769, 7.512, 8.419], reset: [0.51, 6.88, -8.61] },
  { below: 17.8e-6, set: [-3.729, 6.801, 7.582], reset: [0.34, 4.93, -8.14] },
  { below: 31.6e-6, set: [-3.517, 6.18, 6.851], reset: [0.25, 3.63, -7.77] },
  { below: 56.2e-6, set: [-3.426, 5.946, 6.558], reset: [0.23, 2.91, -7.42] },
  { below: 100e-6, set: [-3.373, 5.005, 5.792], reset: [0.21, 2.33, -7.3] },
  { below: 178e-6, set: [-3.422, 4.936, 5.84], reset: [0.22, 1.93, -7.1] },
  { below: 315e-6, set: [-3.572, 4.864, 5.785], reset: [0.28, 1.68, -7.0] },
];

/**
 * The passive Al2O3/TiO2-x crossbar of Nili et al. (IEEE Trans. Nanotechnology 19, 2020): change of conductance by
 * amplitude V and width t of a pulse, in eight bins of the present conductance.
 *
 *     SET   dG = c1·(1 - tanh(c2·(ln t - c3)))·(tanh(c4·V - c5) + 1),   c1 = 1.55e-4 S, c2 = -0.47
 *     RESET dG = c1·(-1 - tanh(c2·(ln t - c3)))·(tanh(c4·V - c5) - 1),  c1 = -0.89e-4 S, c4 = 6.2
 *
 * The width counts in the fit's own unit, milliseconds as the code uses it. The signs of the voltages are the code's:
 * SET positive, RESET negative; the paper prints the opposite polarity. Outside the bins the nearest one holds.
 */
export const passiveArray = definePulseModel({
  name: 'passiveArray',
  doc: 'Passive metal-oxide crossbar of Nili et al.: change of conductance by amplitude, width and present conductance.',
  source: 'Nili et al., IEEE Trans. Nanotechnology 19, 344 (2020)',
  parameters: {
    gMin: quantity(3.16e-6, 'S', [0, 1], 'least conductance', 'first bin of the fit'),
    gMax: quantity(315e-6, 'S', [1e-9, 1], 'largest conductance', 'last bin of the fit'),
    c2c: quantity(
      0,
      '1',
      [0, 10],
      'cycle-to-cycle standard deviation of a change, relative to it',
      'our choice',
    ),
  },
  sets: {
    lstm: {
      source: 'siddharth130500/memRNN, range of its LSTM arrays',
      values: { gMin: 100e-6, gMax: 300e-6 },
    },
  },
  validate: ({ gMin, gMax }) => (gMax > gMin ? [] : [`gMax = ${gMax} S must exceed gMin = ${gMin} S.`]),
  draw: ({ gMin, gMax, c2c }) => ({
    low: gMin,
    high: gMax,
    initial: gMin,
    conductance: (state) => state,
    pulse(state, { amplitude, width }, random) {
      if (amplitude === 0 || width <= 0) return state;
      const change = conductanceChange(state, amplitude, width * 1e3);
      return clampTo(state + change * (1 + c2c * random.gaussian()), gMin, gMax);
    },
  }),
});

/** dG in siemens for a pulse of `amplitude` volts and `width` milliseconds. */
function conductanceChange(conductance: number, amplitude: number, width: number): number {
  const { set, reset } = bins.find(({ below }) => conductance < below) ?? bins[bins.length - 1];
  const logWidth = log(width);
  if (amplitude > 0) {
    const [c3, c4, c5] = set;
    return 1.55e-4 * (1 - tanh(-0.47 * (logWidth - c3))) * (tanh(c4 * amplitude - c5) + 1);
  }
  const [c2, c3, c5] = reset;
  return -0.89e-4 * (-1 - tanh(c2 * (logWidth - c3))) * (tanh(6.2 * amplitude - c5) - 1);
}
