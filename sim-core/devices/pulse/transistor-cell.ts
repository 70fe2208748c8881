import { quantity } from '../define.ts';
import { clampTo, definePulseModel } from './pulse-model.ts';

const memNN = 'lican81/memNN, simulated 1T1R array';

/**
 * The 1T1R cell as Li et al. (Nature Machine Intelligence 1, 2019) simulate it: the transistor's gate voltage during SET
 * decides the conductance.
 *
 *     f(Vg) = slope·Vg + offset;  RESET: G ← 0;  SET: G ← max(f(Vg), G);  then  G ← G + noise·gScale·ξ
 *
 * The gate voltage is limited to its range. A conductance that noise would make negative counts as 0, our addition. A
 * positive amplitude is a SET, a negative one a RESET; their values do not matter.
 */
export const transistorCell = definePulseModel({
  name: 'transistorCell',
  doc: '1T1R cell of Li et al.: SET to a conductance linear in the gate voltage, RESET to nothing, noise after every pulse.',
  source: 'Li et al., Nature Machine Intelligence 1, 49 (2019), and their public code',
  parameters: {
    slope: quantity(98e-6, 'S/V', [1e-9, 1], 'conductance per volt at the gate', memNN),
    offset: quantity(120e-6, 'S', [-1, 1], 'conductance at gate voltage 0, extrapolated', memNN),
    gateMin: quantity(0.7, 'V', [0, 10], 'least gate voltage of a SET', memNN),
    gateMax: quantity(1.6, 'V', [0, 10], 'largest gate voltage of a SET', memNN),
    gateInitial: quantity(1, 'V', [0, 10], 'gate voltage of a SET pulse that names none', memNN),
    noise: quantity(0.01, '1', [0, 1], 'standard deviation after each pulse, of gScale', memNN),
    gScale: quantity(400e-6, 'S', [1e-9, 1], 'conductance to which the noise is related', memNN),
  },
  sets: { airline: { source: `${memNN}, airline example`, values: { noise: 0.01 } } },
  validate: ({ gateMin, gateMax, slope, offset }) => [
    ...(gateMax > gateMin ? [] : [`gateMax = ${gateMax} V must exceed gateMin = ${gateMin} V.`]),
    ...(slope * gateMin + offset >= 0 ? [] : ['The conductance at gateMin must not be negative.']),
  ],
  draw({ slope, offset, gateMin, gateMax, gateInitial, noise, gScale }) {
    const conductanceAt = (gate: number) => slope * clampTo(gate, gateMin, gateMax) + offset;
    return {
      low: 0,
      high: conductanceAt(gateMax) + 10 * noise * gScale,
      initial: 0,
      window: { gOff: conductanceAt(gateMin), gOn: conductanceAt(gateMax) },
      conductance: (state) => state,
      pulse(state, { amplitude, gate = gateInitial }, random) {
        let next = state;
        if (amplitude > 0) next = Math.max(conductanceAt(gate), state);
        else if (amplitude < 0) next = 0;
        return Math.max(next + noise * gScale * random.gaussian(), 0);
      },
    };
  },
});
