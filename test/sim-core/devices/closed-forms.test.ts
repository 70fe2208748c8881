import { describe, expect, it } from 'vitest';
import {
  type DeviceTrace,
  deviceModels,
  piecewiseLinear,
  pulseTrain,
  simulateDevice,
  sine,
  triangle,
  type Values,
  type Waveform,
} from '../../../sim-core/index.ts';

function trace(name: string, values: Values, waveform: Waveform, options = {}): DeviceTrace {
  const model = deviceModels.get(name);
  if (!model) throw new Error(`no model ${name}`);
  const result = simulateDevice(model, values, waveform, options);
  if (!result.ok) throw new Error(result.problems[0].message);
  return result.value;
}

const state = (result: DeviceTrace) => result.states[0].values;
const end = (result: DeviceTrace) => state(result)[state(result).length - 1];
const hold = (voltage: number, seconds: number) => pulseTrain([{ amplitude: voltage, width: seconds }]);

/** Flux `∫ v dt` of `amplitude·sin(2πft)`. */
const sineFlux = (amplitude: number, frequency: number, time: number) =>
  (amplitude / (2 * Math.PI * frequency)) * (1 - Math.cos(2 * Math.PI * frequency * time));

describe('linear ion drift against its closed forms', () => {
  const [rOn, rOff, x0, mobility, thickness] = [100, 16e3, 0.1, 1e-14, 10e-9];
  const drift = (mobility * rOn) / (thickness * thickness);

  it('without a window, flux determines the state: rOff·x - (rOff - rOn)·x²/2 grows by drift·flux', () => {
    const result = trace(
      'linearIonDrift',
      { rOn, rOff, x0, window: 'none' },
      sine({ amplitude: 1, frequency: 1, periods: 10 }),
    );
    const difference = rOff - rOn;
    for (const [k, time] of result.time.entries()) {
      const level = rOff * x0 - (difference * x0 * x0) / 2 + drift * sineFlux(1, 1, time);
      const x = (rOff - Math.sqrt(rOff * rOff - 2 * difference * level)) / difference;
      expect(Math.abs(state(result)[k] - x)).toBeLessThan(1e-7);
      expect(result.current[k]).toBeCloseTo(result.voltage[k] / (rOn * x + rOff * (1 - x)), 9);
    }
  });

  it('without a window, the charge that flowed determines the state', () => {
    const result = trace(
      'linearIonDrift',
      { window: 'none' },
      triangle({ amplitude: 1, frequency: 1, periods: 1 }),
      { samples: 20001 },
    );
    let charge = 0;
    for (let k = 1; k < result.time.length; k++) {
      charge += ((result.current[k] + result.current[k - 1]) / 2) * (result.time[k] - result.time[k - 1]);
      if (k % 500 === 0) expect(state(result)[k]).toBeCloseTo(x0 + drift * charge, 6);
    }
  });

  it('with the Joglekar window p = 1, rOff·ln x - rOn·ln(1 - x) grows by 4·drift·flux', () => {
    const level = (x: number) => rOff * Math.log(x) - rOn * Math.log(1 - x);
    for (const amplitude of [0.5, 2, 2.8]) {
      const result = trace(
        'linearIonDrift',
        { rOn, rOff, x0, window: 'joglekar', p: 1 },
        sine({ amplitude, frequency: 1, periods: 3 }),
        { tolerance: 1e-9 },
      );
      for (const [k, time] of result.time.entries()) {
        const x = state(result)[k];
        if (x > 0.999999) continue;
        const expected = level(x0) + 4 * drift * sineFlux(amplitude, 1, time);
        // An error of the level is one of the state, divided by the level's slope.
        const slope = rOff / x + rOn / (1 - x);
        expect(Math.abs(level(x) - expected) / slope).toBeLessThan(1e-6);
      }
    }
  });

  it('turned on and hit by the bound, it rests there until the voltage reverses, then follows the closed form from 1', () => {
    const result = trace(
      'linearIonDrift',
      { window: 'none', rOn, rOff, x0: 0.9 },
      sine({ amplitude: 5, frequency: 1, periods: 1 }),
    );
    const difference = rOff - rOn;
    for (const [k, time] of result.time.entries()) {
      const x = state(result)[k];
      const left = sineFlux(5, 1, 0.5) - sineFlux(5, 1, time);
      if (time > 0.25 && time <= 0.5) expect(x).toBe(1);
      if (time <= 0.5) continue;
      const level = rOff - difference / 2 - drift * left;
      const root = rOff * rOff - 2 * difference * level;
      const expected = level > 0 ? (rOff - Math.sqrt(root)) / difference : 0;
      expect(Math.abs(x - expected)).toBeLessThan(1e-6);
    }
  });
});

describe('VTEAM and TEAM under constant drive', () => {
  it('VTEAM moves at k·(v/vOff - 1)^alpha until its bound, and exactly to it', () => {
    const values = { kOff: 1e-9, alphaOff: 2.5, vOff: 0.3, x0: 1e-9 };
    const rate = 1e-9 * (0.8 / 0.3 - 1) ** 2.5;
    const result = trace('vteam', values, hold(0.8, 1));
    for (const [k, time] of result.time.entries()) {
      expect(state(result)[k] / 3e-9).toBeCloseTo(Math.min(1e-9 + rate * time, 3e-9) / 3e-9, 10);
    }
    expect(end(result)).toBe(3e-9);
    const back = trace('vteam', { kOn: -2e-9, alphaOn: 3, vOn: -0.2, x0: 2e-9 }, hold(-0.5, 0.1));
    expect(end(back)).toBeCloseTo(2e-9 - 2e-9 * 1.5 ** 3 * 0.1, 18);
  });

  it('VTEAM, Yakopcic and TEAM do not move at all below their thresholds', () => {
    const still = (name: string, values: Values, amplitude: number) => {
      const result = trace(name, values, sine({ amplitude, frequency: 10, periods: 5 }));
      expect(new Set(state(result)).size).toBe(1);
    };
    still('vteam', { vOn: -1.1, vOff: 0.9 }, 0.9);
    still('vteam', { vOn: -0.2, vOff: 0.5, window: 'joglekar' }, 0.2);
    still('yakopcic', { vP: 0.16, vN: 0.15 }, 0.15);
    still('yakopcicGeneral', {}, 0.5);
    still('pem', {}, 0.7);
    // iOn = -8.9 uA is the nearer threshold; at 1.5 nm the device has 525 Ohm.
    still('team', {}, 0.999 * 8.9e-6 * 525);
    still('stanford2012', {}, (1.4e9 * 12e-9) / 16);
    still('resistive', {}, 5);
  });

  it('TEAM of order 1 and linear resistance: rOff side by ∫ R dR/(V/iOff - R)', () => {
    const [rOn, rOff, span, k, iOff, volts] = [50, 1000, 3e-9, 2e-11, 115e-6, 0.2];
    const result = trace('team', { kOff: k, alphaOff: 1, iOff, x0: 0.5e-9 }, hold(volts, 2), {
      tolerance: 1e-9,
    });
    const slope = (rOff - rOn) / span;
    const limit = volts / iOff;
    const resistance = (x: number) => rOn + slope * x;
    const level = (r: number) => -r - limit * Math.log(limit - r);
    for (const [n, time] of result.time.entries()) {
      const x = state(result)[n];
      if (x >= span) continue;
      expect((level(resistance(x)) - level(resistance(0.5e-9))) / (slope * k)).toBeCloseTo(time, 6);
    }
  });

  it('TEAM with the current of the state above its threshold settles where the current meets it', () => {
    // 0.1 V and iOff = 115 uA: motion stops at R = 869.6 Ohm.
    const result = trace('team', { kOff: 1e-9, alphaOff: 1, x0: 0.5e-9 }, hold(0.1, 1e3));
    expect(50 + (950 * end(result)) / 3e-9).toBeCloseTo(0.1 / 115e-6, 3);
  });
});

describe('Yakopcic under constant drive', () => {
  it('moves at eta·g(V) before xP, then 1 - x decays exponentially where alphaP is 0', () => {
    const values = { x0: 0.1, alphaP: 0, xP: 0.3, aP: 10, vP: 0.2 };
    const rate = 10 * (Math.exp(0.4) - Math.exp(0.2));
    const knee = 0.2 / rate;
    const result = trace('yakopcic', values, hold(0.4, 1), { tolerance: 1e-9 });
    for (const [k, time] of result.time.entries()) {
      const expected = time < knee ? 0.1 + rate * time : 1 - 0.7 * Math.exp((-rate * (time - knee)) / 0.7);
      expect(Math.abs(state(result)[k] - expected)).toBeLessThan(2e-7);
    }
  });

  it('eta = -1 mirrors the motion', () => {
    const up = trace('yakopcic', { x0: 0.11 }, hold(0.2, 1e-4));
    const down = trace('yakopcic', { x0: 0.8, eta: -1 }, hold(0.2, 1e-4));
    expect(end(up) - 0.11).toBeCloseTo(0.8 - end(down), 12);
    expect(end(up)).toBeGreaterThan(0.11);
  });
});

describe('PEM under constant drive', () => {
  it('approaches its bounds exponentially, at the rates of its two thresholds', () => {
    const up = trace('pem', { x0: 0.2 }, hold(0.9, 1e-3), { tolerance: 1e-9 });
    const rise = 1000 * (Math.exp(9.87 * 0.2) - 1);
    for (const [k, time] of up.time.entries())
      expect(Math.abs(state(up)[k] - (1 - 0.8 * Math.exp(-rise * time)))).toBeLessThan(1e-7);
    const down = trace('pem', { x0: 0.7 }, hold(-1.3, 1e-3), { tolerance: 1e-9 });
    const fall = 1000 * (Math.exp(4.82 * 0.3) - 1);
    for (const [k, time] of down.time.entries())
      expect(Math.abs(state(down)[k] - 0.7 * Math.exp(-fall * time))).toBeLessThan(1e-7);
  });

  it('conducts in proportion to its state, and nothing at 0 V', () => {
    const { current, time } = trace('pem', { x0: 0.5 }, hold(0.3, 1e-6));
    const h = 85.37e-6 * Math.exp(0.3 / 0.265) - 90.16e-6 * Math.exp(-0.3 / 0.265) + 130.72e-6 * 0.3;
    expect(current[time.length - 1] / (0.5 * (h - (85.37e-6 - 90.16e-6)))).toBeCloseTo(1, 12);
  });
});

describe('invariances of rate-independent form', () => {
  it('stretching time of the drive and slowing the rates by the same factor gives the same loop', () => {
    const drive = (frequency: number) => sine({ amplitude: 1, frequency, periods: 3 });
    const fast = trace('vteam', { kOff: 3e-7, kOn: -5e-8, vOff: 0.3 }, drive(1000));
    const slow = trace('vteam', { kOff: 3e-10, kOn: -5e-11, vOff: 0.3 }, drive(1));
    for (const k of [0, 100, 333, 500, 900]) {
      expect(fast.time[k] * 1000).toBeCloseTo(slow.time[k], 12);
      expect(state(fast)[k] / 3e-9).toBeCloseTo(state(slow)[k] / 3e-9, 6);
      expect(fast.current[k]).toBeCloseTo(slow.current[k], 8);
    }
  });

  it('a flux-controlled device returns along its path when the voltage is played backwards with opposite sign', () => {
    const forth = [
      [0, 0],
      [0.3, 0.4],
      [0.7, -0.05],
      [1, 0.2],
    ] as const;
    const back = forth.map(([time, voltage]) => [2 - time, -voltage] as const).reverse();
    for (const window of ['none', 'joglekar']) {
      const result = trace('linearIonDrift', { x0: 0.4, window }, piecewiseLinear([...forth, ...back]), {
        tolerance: 1e-9,
      });
      expect(end(result)).toBeCloseTo(0.4, 7);
      expect(Math.max(...state(result))).toBeGreaterThan(0.41);
    }
  });

  it('scaling all resistances and the thickness so that drift·flux keeps its value keeps the state', () => {
    const base = trace('linearIonDrift', {}, sine({ amplitude: 1, frequency: 1, periods: 1 }));
    const scaled = trace(
      'linearIonDrift',
      { rOn: 1e3, rOff: 160e3 },
      sine({ amplitude: 1, frequency: 1, periods: 1 }),
    );
    for (const k of [100, 500, 800]) {
      expect(state(scaled)[k]).toBeCloseTo(state(base)[k], 9);
      expect(scaled.current[k] * 10).toBeCloseTo(base.current[k], 9);
    }
  });
});
