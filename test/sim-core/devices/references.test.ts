import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  deviceModels,
  piecewiseLinear,
  simulateDevice,
  sine,
  type Values,
  type Waveform,
} from '../../../sim-core/index.ts';

interface Reference {
  readonly file: string;
  readonly model: string;
  readonly values: Values;
  readonly waveform: Waveform;
  /** Largest difference of each state, relative to its swing, and of the current, relative to its peak. */
  readonly bound: number;
}

const swing = (amplitude: number, frequency = 1) => sine({ amplitude, frequency, periods: 2 });
/** Four ramps through these voltages, 0 at both ends, each of a quarter of the time. */
const ramps = (quarter: number, first: number, second: number) =>
  piecewiseLinear([
    [0, 0],
    [quarter, first],
    [2 * quarter, 0],
    [3 * quarter, second],
    [4 * quarter, 0],
  ]);

const slowVteam = {
  kOff: 0.3e-9,
  kOn: -0.05e-9,
  vOff: 0.3,
  vOn: -0.2,
  alphaOff: 1,
  alphaOn: 3,
  window: 'joglekar',
};
const slowTeam = { kOff: 0.02e-9, kOn: -0.002e-9, alphaOff: 1, alphaOn: 1, form: 'exponential' };
const hpSine = { thickness: 27e-9, rOn: 10e3, rOff: 100e3, p: 7, window: 'joglekar' };
const references: readonly Reference[] = [
  { file: 'linear-ion-drift', model: 'linearIonDrift', values: hpSine, waveform: swing(1), bound: 2e-6 },
  {
    file: 'biolek',
    model: 'linearIonDrift',
    values: { p: 2, window: 'biolek' },
    waveform: swing(1),
    bound: 1e-6,
  },
  { file: 'vteam', model: 'vteam', values: slowVteam, waveform: swing(1), bound: 3e-6 },
  { file: 'team', model: 'team', values: slowTeam, waveform: swing(0.2), bound: 3e-6 },
  { file: 'yakopcic', model: 'yakopcic', values: {}, waveform: swing(0.45, 100), bound: 3e-6 },
  { file: 'yakopcic-general', model: 'yakopcicGeneral', values: {}, waveform: swing(1.5), bound: 1e-6 },
  {
    file: 'stanford2012',
    model: 'stanford2012',
    values: { fMin: 0, gapInitial: 0.8e-9, gapMax: 2.5e-9 },
    waveform: ramps(1e-3, -0.9, 0.9),
    bound: 5e-6,
  },
  {
    file: 'stanford2016',
    model: 'stanford2016',
    values: { i0: 1e-7, gapInitial: 0.5e-9 },
    waveform: ramps(1e-4, -2.4, 1.55),
    bound: 5e-4,
  },
  { file: 'jart-vcm', model: 'jartVcm', values: {}, waveform: ramps(1e-4, -0.95, 1.3), bound: 1e-5 },
];

/** Rows of time, voltage, current, states. */
function readReference(file: string): readonly (readonly number[])[] {
  const text = readFileSync(new URL(`../../oracles/devices/${file}.csv`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
}

describe('device models against independently written reference solutions', () => {
  it.each(references.map((reference) => [reference.file, reference] as const))(
    '%s agrees over two swings of the drive',
    (file, { model: name, values, waveform, bound }) => {
      const model = deviceModels.get(name);
      if (!model) throw new Error(`no model ${name}`);
      const result = simulateDevice(model, values, waveform, {
        samples: 401,
        tolerance: name === 'team' ? 1e-9 : 1e-8,
      });
      if (!result.ok) throw new Error(result.problems[0].message);
      const { time, current, states } = result.value;
      const rows = readReference(file);
      const peak = Math.max(...current.map(Math.abs));
      let compared = 0;
      for (const [at, , amperes, ...values] of rows) {
        const k = time.findIndex((t) => Math.abs(t - at) < 1e-7 * time[time.length - 1]);
        if (k < 0) continue;
        compared++;
        expect(Math.abs(current[k] - amperes) / peak).toBeLessThan(bound);
        for (const [s, value] of values.entries()) {
          const range = Math.max(...states[s].values) - Math.min(...states[s].values);
          expect(Math.abs(states[s].values[k] - value) / range).toBeLessThan(bound);
        }
      }
      expect(compared).toBeGreaterThan(190);
    },
  );
});
