import { exp } from '../../math/elementary.ts';
import type { RandomStream } from '../../math/random.ts';
import { choice, quantity } from '../define.ts';
import { clampTo, type PulsedDevice } from './pulse-model.ts';

const aihwkit = 'IBM aihwkit, pulsed device defaults';

/** Parameters of every step model of the kind that IBM's aihwkit simulates. The state is a dimensionless weight. */
export const stepParameters = {
  dwMin: quantity(0.001, '1', [1e-9, 1], 'mean change per pulse at weight 0', aihwkit),
  dwMinDtod: quantity(0.3, '1', [0, 10], 'device-to-device variation of the change, relative to it', aihwkit),
  dwMinShape: choice(
    ['gaussian', 'lognormal'],
    'distribution of the change from device to device; log-normal, dwMin is its median',
    'aihwkit, dw_min_dtod_log_normal',
  ),
  corrupt: quantity(0, '1', [0, 1], 'share of devices that no pulse moves', 'aihwkit, corrupt devices'),
  dwMinStd: quantity(0.3, '1', [0, 10], 'cycle-to-cycle variation of the change, relative to it', aihwkit),
  wMax: quantity(0.6, '1', [1e-6, 100], 'upper bound of the weight', aihwkit),
  wMin: quantity(-0.6, '1', [-100, 0], 'lower bound of the weight', aihwkit),
  wMaxDtod: quantity(0.3, '1', [0, 1], 'device-to-device variation of the upper bound, relative', aihwkit),
  wMinDtod: quantity(0.3, '1', [0, 1], 'device-to-device variation of the lower bound, relative', aihwkit),
  upDown: quantity(0, '1', [-1, 1], 'asymmetry of upward and downward steps', aihwkit),
  upDownDtod: quantity(0.01, '1', [0, 1], 'device-to-device variation of the asymmetry', aihwkit),
  gOn: quantity(100e-6, 'S', [1e-12, 1], 'conductance at the nominal upper bound', 'our choice'),
  gOff: quantity(1e-6, 'S', [0, 1], 'conductance at the nominal lower bound', 'our choice'),
};

/** Parameters without variation: the change of weight alone counts. */
export const idealStep = { dwMinDtod: 0, dwMinStd: 0, wMaxDtod: 0, wMinDtod: 0, upDownDtod: 0 };

interface StepValues {
  readonly dwMinShape: 'gaussian' | 'lognormal';
  readonly corrupt: number;
  readonly dwMin: number;
  readonly dwMinDtod: number;
  readonly dwMinStd: number;
  readonly wMax: number;
  readonly wMin: number;
  readonly wMaxDtod: number;
  readonly wMinDtod: number;
  readonly upDown: number;
  readonly upDownDtod: number;
  readonly gOn: number;
  readonly gOff: number;
}

/** One device's constants. */
export interface DrawnStep {
  /** Changes per pulse at weight 0, both positive. */
  readonly up: number;
  readonly down: number;
  readonly low: number;
  readonly high: number;
}

/** What a pulse changes: `step(weight, rising, drawn)` times the change at weight 0, cycle-to-cycle noise included. */
export type StepShape = (weight: number, rising: boolean, drawn: DrawnStep, noise: number) => number;

/**
 * Draws a device (aihwkit, pulsed devices), d = +1 up, -1 down, each ξ standard normal:
 *
 *     dw_d = d·dwMin·(gain + d·beta),  gain = 1 + dwMinDtod·ξ,  beta = upDown + upDownDtod·ξ
 *     high = wMax·(1 + wMaxDtod·ξ),  low = wMin·(1 + wMinDtod·ξ)
 *
 * Both directions have the same gain, so that beta alone makes a device asymmetric. With `dwMinShape = lognormal` it is
 * `exp(dwMinDtod·ξ)`; a `corrupt` device does not move. A draw that would turn a step or a bound to the other side counts
 * as 0. A pulse then gives `w + dw_d·shape(w)`, limited to low .. high.
 */
export function drawStepDevice(values: StepValues, random: RandomStream, shape: StepShape): PulsedDevice {
  const { dwMin, dwMinDtod, dwMinStd, wMax, wMin, wMaxDtod, wMinDtod, upDown, upDownDtod, gOn, gOff } =
    values;
  const beta = upDown + upDownDtod * random.gaussian();
  const moves = values.corrupt > 0 && random.uniform() < values.corrupt ? 0 : dwMin;
  const varied = dwMinDtod * random.gaussian();
  const gain = values.dwMinShape === 'lognormal' ? exp(varied) : 1 + varied;
  const up = moves * Math.max(gain + beta, 0);
  const down = moves * Math.max(gain - beta, 0);
  const high = wMax * Math.max(1 + wMaxDtod * random.gaussian(), 0);
  const low = wMin * Math.max(1 + wMinDtod * random.gaussian(), 0);
  const drawn = { up, down, low, high };
  return {
    low,
    high,
    initial: clampTo(0, low, high),
    conductance: (weight) => Math.max(gOff + ((gOn - gOff) * (weight - wMin)) / (wMax - wMin), 0),
    pulse(weight, { amplitude }, stream) {
      if (amplitude === 0) return weight;
      const rising = amplitude > 0;
      const size = rising ? up : -down;
      const times = shape(weight, rising, drawn, dwMinStd * stream.gaussian());
      // A device that does not move is not moved by a shape that has grown beyond all numbers either.
      return size === 0 ? weight : clampTo(weight + size * times, low, high);
    },
  };
}

export const stepConflicts = ({ gOn, gOff }: StepValues): readonly string[] =>
  gOn > gOff ? [] : [`gOn = ${gOn} S must exceed gOff = ${gOff} S.`];
