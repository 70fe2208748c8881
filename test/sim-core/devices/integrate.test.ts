import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dormandPrince } from '../../../sim-core/devices/dormand-prince.ts';
import type { Device } from '../../../sim-core/devices/model.ts';
import { rosenbrock } from '../../../sim-core/devices/rosenbrock.ts';
import type { Rates, Stepper } from '../../../sim-core/devices/stepper.ts';
import {
  deviceModels,
  hysteresis,
  integrate,
  piecewiseLinear,
  pulseTrain,
  simulateDevice,
  sine,
  triangle,
  type Values,
} from '../../../sim-core/index.ts';

const modelOf = (name: string) => {
  const model = deviceModels.get(name);
  if (!model) throw new Error(`no model ${name}`);
  return model;
};

/** A device of one state x in low .. high with a given rate. */
const deviceOf = (
  rate: (x: number, voltage: number) => number,
  low = -10,
  high = 10,
  initial = 0,
): Device => ({
  states: [{ name: 'x', unit: '1', low, high, initial }],
  on: [high],
  off: [low],
  thresholds: [],
  stiff: false,
  current: (states, voltage) => states[0] * voltage,
  derivative(states, voltage, out) {
    out[0] = rate(states[0], voltage);
  },
});

/** Largest error of a stepper over 0 .. 1 in `count` steps of y1' = y2, y2' = -y1 + t·y1², compared with very many. */
function steppedError(stepper: Stepper, count: number, theta: number): number {
  const rates: Rates = (time, y, out) => {
    out[0] = y[1];
    out[1] = -y[0] + time * y[0] * y[0];
  };
  const run = (method: Stepper, steps: number) => {
    const y = Float64Array.of(1, 0.5);
    const rate = new Float64Array(2);
    const between = new Float64Array(2);
    for (let k = 0; k < steps; k++) {
      rates(k / steps, y, rate);
      method.attempt(rates, k / steps, 1 / steps, y, rate);
      method.interpolate(theta, 1 / steps, y, rate, between);
      y.set(method.next);
    }
    return [y[0], between[0]];
  };
  const exact = (time: number) => {
    const reference = dormandPrince(2);
    const y = Float64Array.of(1, 0.5);
    const rate = new Float64Array(2);
    for (let k = 0; k < 2000; k++) {
      rates((k * time) / 2000, y, rate);
      reference.attempt(rates, (k * time) / 2000, time / 2000, y, rate);
      y.set(reference.next);
    }
    return y[0];
  };
  const [end, between] = run(stepper, count);
  return theta === 1 ? Math.abs(end - exact(1)) : Math.abs(between - exact((count - 1 + theta) / count));
}

const order = (make: () => Stepper, count: number, theta = 1) =>
  Math.log2(steppedError(make(), count, theta) / steppedError(make(), 2 * count, theta));

describe('the one-step methods', () => {
  const implicit = () => rosenbrock([-10, -10], [10, 10]);

  it('Dormand–Prince converges with order 5, its continuous extension with order 4 or more', () => {
    expect(order(() => dormandPrince(2), 16)).toBeGreaterThan(4.7);
    expect(order(() => dormandPrince(2), 16)).toBeLessThan(5.6);
    for (const theta of [0.3, 0.7]) expect(order(() => dormandPrince(2), 8, theta)).toBeGreaterThan(3.8);
  });

  it('RODAS converges with order 4, its continuous extension with order 3 or more', () => {
    expect(order(implicit, 8)).toBeGreaterThan(3.7);
    expect(order(implicit, 8)).toBeLessThan(4.6);
    for (const theta of [0.3, 0.7]) expect(order(implicit, 8, theta)).toBeGreaterThan(2.8);
  });

  it('RODAS damps a fast mode in one step a million time constants long', () => {
    const stepper = rosenbrock([-10], [10]);
    const rates: Rates = (_time, y, out) => {
      out[0] = -1e6 * (y[0] - 0.25);
    };
    stepper.attempt(rates, 0, 1, Float64Array.of(3), Float64Array.of(-2.75e6));
    expect(stepper.next[0]).toBeCloseTo(0.25, 4);
  });

  it('the error of a whole run falls with the tolerance', () => {
    const error = (tolerance: number) => {
      const device = deviceOf((x, v) => v - x, -10, 10, 0);
      const result = integrate('relaxation', device, sine({ amplitude: 1, frequency: 1, periods: 1 }), {
        tolerance,
        samples: 3,
      });
      if (!result.ok) return Number.NaN;
      // x' = sin(ωt) - x from 0, after one period: ω/(1 + ω²)·(e^-1 - 1).
      const omega = 2 * Math.PI;
      const exact = (omega / (1 + omega * omega)) * (Math.exp(-1) - 1);
      const { values } = result.value.states[0];
      return Math.abs(values[values.length - 1] - exact);
    };
    expect(error(1e-5)).toBeLessThan(1e-4);
    expect(error(1e-10)).toBeLessThan(1e-9);
  });

  it('a device that turns out to be stiff changes to the implicit method and takes few steps', () => {
    const device = deviceOf((x, v) => -1e8 * (x - v));
    const result = integrate('stiff', device, sine({ amplitude: 1, frequency: 1, periods: 1 }), {
      tolerance: 1e-6,
    });
    expect(result.ok && result.value.steps).toBeLessThan(2000);
    if (result.ok) expect(result.value.states[0].values[250]).toBeCloseTo(1, 5);
  });
});

describe('bounds as events', () => {
  it('a state meets its bound at the exact moment, rests there, and leaves when its rate turns inward', () => {
    // x' = cos(2πt)·2π without thresholds: x = sin, cut off at 0.5, released at t = 1/4.
    const device = deviceOf((_x, v) => 2 * Math.PI * v, -10, 0.5, 0);
    const result = integrate('cut', device, sine({ amplitude: 1, frequency: 1, periods: 1, phase: 0.25 }), {
      tolerance: 1e-10,
    });
    if (!result.ok) throw new Error(result.problems[0].message);
    for (const [k, time] of result.value.time.entries()) {
      const x = result.value.states[0].values[k];
      const sin = Math.sin(2 * Math.PI * time);
      const expected = time < 1 / 12 ? sin : time < 0.25 ? 0.5 : 0.5 - 1 + sin;
      expect(Math.abs(x - expected)).toBeLessThan(1e-8);
    }
  });

  it('starting on a bound with an inward rate leaves it at once', () => {
    const result = integrate(
      'inward',
      deviceOf((_x, v) => -v, 0, 1, 1),
      pulseTrain([{ amplitude: 0.5, width: 1 }]),
    );
    expect(result.ok && result.value.states[0].values.at(-1)).toBeCloseTo(0.5, 12);
  });

  it('two states that meet their bounds at different times are both stopped exactly', () => {
    const device: Device = {
      ...deviceOf(() => 0),
      states: ['a', 'b'].map((name) => ({ name, unit: '1', low: 0, high: 1, initial: 0 })),
      derivative(_states, voltage, out) {
        out[0] = 2 * voltage;
        out[1] = 3 * voltage;
      },
    };
    const result = integrate(
      'pair',
      device,
      pulseTrain([
        { amplitude: 1, width: 0.4 },
        { amplitude: -1, width: 0.1 },
      ]),
    );
    if (!result.ok) throw new Error(result.problems[0].message);
    const [a, b] = result.value.states.map(({ values }) => values);
    expect(a.at(-1)).toBeCloseTo(0.6, 12);
    expect(b.at(-1)).toBeCloseTo(0.7, 12);
    expect(Math.max(...b)).toBe(1);
  });

  const drives = fc.array(
    fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: -40, max: 40, noNaN: true })),
    { minLength: 1, maxLength: 6 },
  );
  const families: readonly (readonly [string, Values, number, number])[] = [
    ['linearIonDrift', { window: 'joglekar', p: 1 }, 1, 1],
    ['linearIonDrift', { window: 'joglekar', p: 7 }, 1, 1],
    ['linearIonDrift', { window: 'none' }, 1, 1],
    ['linearIonDrift', { window: 'biolek', p: 2 }, 1, 1],
    ['linearIonDrift', { window: 'prodromakis', p: 5, j: 2 }, 1, 1],
    ['linearIonDrift', { window: 'kvatinsky' }, 1, 1],
    ['vteam', {}, 0.1, 1e-6],
    ['vteam', { window: 'kvatinsky', form: 'exponential' }, 0.1, 1e-6],
    ['team', { kOn: -1e-9, kOff: 1e-9 }, 0.1, 1],
    ['yakopcic', {}, 0.05, 0.01],
    ['yakopcicGeneral', {}, 0.1, 1],
    ['pem', {}, 0.3, 1e-3],
    ['stanford2012', {}, 0.05, 1e-3],
  ];

  it.each(families)(
    '%s %o never leaves its bounds nor yields NaN, however it is driven',
    (name, values, volts, seconds) => {
      const model = modelOf(name);
      const [{ low, high }] = model.device(values).states;
      fc.assert(
        fc.property(drives, (corners) => {
          let time = 0;
          const points = corners.map(([step, voltage]) => {
            time += step * seconds;
            return [time, voltage * volts] as const;
          });
          const result = simulateDevice(model, values, piecewiseLinear([[0, 0], ...points]), {
            samples: 101,
          });
          expect(result).toMatchObject({ ok: true });
          if (!result.ok) return;
          expect(result.value.current.every(Number.isFinite)).toBe(true);
          for (const x of result.value.states[0].values) {
            expect(x).toBeGreaterThanOrEqual(low);
            expect(x).toBeLessThanOrEqual(high);
          }
        }),
        { seed: 3, numRuns: 25 },
      );
    },
  );

  it('a Joglekar device under strong drive is never caught on the bound that it only nears', () => {
    const result = simulateDevice(
      modelOf('linearIonDrift'),
      { window: 'joglekar', p: 1 },
      sine({ amplitude: 60, frequency: 1, periods: 4 }),
    );
    if (!result.ok) throw new Error(result.problems[0].message);
    const x = result.value.states[0].values;
    const { time } = result.value;
    for (const [k, at] of time.entries()) {
      if (Math.abs((at % 1) - 0.5) < 1e-9) expect(x[k]).toBeGreaterThan(0.99);
      if (at > 0.5 && Math.abs((at % 1) - 0.95) < 1e-3) expect(x[k]).toBeLessThan(0.01);
    }
  });
});

describe('pinched hysteresis', () => {
  const drives: readonly (readonly [string, Values, number, number])[] = [
    ['linearIonDrift', {}, 1, 1],
    ['linearIonDrift', { window: 'biolek', p: 2 }, 1, 1],
    ['vteam', { kOff: 3e-10, kOn: -5e-11, vOff: 0.3 }, 1, 1],
    ['team', { kOff: 2e-11, kOn: -2e-12, alphaOff: 1, alphaOn: 1 }, 0.2, 1],
    ['yakopcic', {}, 0.45, 100],
    ['yakopcicGeneral', {}, 1.5, 1],
    ['pem', {}, 1.2, 1e3],
    ['stanford2012', { gapInitial: 1.7e-9 }, 2, 1e3],
    ['jartVcm', {}, 1.3, 1e6],
  ];

  it.each(drives)(
    '%s %o: no current where the voltage passes zero, and a loop that takes up energy',
    (name, values, amplitude, frequency) => {
      const result = simulateDevice(modelOf(name), values, sine({ amplitude, frequency, periods: 2 }), {
        samples: 4001,
      });
      if (!result.ok) throw new Error(result.problems[0].message);
      const loop = hysteresis(result.value);
      expect(loop.currentAtZero).toBeLessThan(1e-3);
      expect(loop.positiveLobe + loop.negativeLobe).toBeGreaterThan(0);
      expect(loop.energy).toBeGreaterThan(0);
      expect(loop.gMax).toBeGreaterThan(1.01 * loop.gMin);
      expect(loop.gMin).toBeGreaterThanOrEqual(0);
    },
  );

  it('the loop of the drift device shrinks with frequency, as a memristor’s must', () => {
    const area = (frequency: number) => {
      const result = simulateDevice(
        modelOf('linearIonDrift'),
        { window: 'none' },
        sine({ amplitude: 1, frequency, periods: 1 }),
      );
      return result.ok ? hysteresis(result.value).positiveLobe : Number.NaN;
    };
    expect(area(1)).toBeGreaterThan(5 * area(10));
    expect(area(10)).toBeGreaterThan(5 * area(100));
  });
});

describe('the trace', () => {
  it('has even samples, every corner, and both sides of every jump', () => {
    const waveform = pulseTrain([
      { amplitude: 0.1, width: 1, gap: 0.5 },
      { amplitude: -0.1, width: 1 },
    ]);
    const result = simulateDevice(modelOf('resistive'), {}, waveform, { samples: 11 });
    if (!result.ok) throw new Error(result.problems[0].message);
    const { time, voltage, current } = result.value;
    expect([...time]).toEqual([0, 0.25, 0.5, 0.75, 1, 1, 1.25, 1.5, 1.5, 1.75, 2, 2.25, 2.5]);
    expect(voltage[4]).toBe(0.1);
    expect(voltage[5]).toBe(0);
    expect(voltage[8]).toBe(-0.1);
    for (const [k, volts] of voltage.entries()) expect(current[k]).toBeCloseTo(volts * 1e-6, 20);
  });

  it('the same drive gives the same bits', () => {
    const run = () =>
      simulateDevice(modelOf('yakopcic'), {}, triangle({ amplitude: 0.5, frequency: 100, periods: 3 }));
    expect(run()).toEqual(run());
  });
});

describe('what cannot be integrated is a problem with name, time and cause', () => {
  const vteam = modelOf('vteam');
  const wave = sine({ amplitude: 1, frequency: 1, periods: 1 });

  it('a filament that overheats', () => {
    const result = simulateDevice(
      modelOf('stanford2016'),
      { i0: 1e-3 },
      triangle({ amplitude: 2, frequency: 1e6, periods: 1 }),
    );
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.problems[0].code).toBe('device.invalid-drive');
    expect(result.problems[0].message).toMatch(
      /stanford2016 .* at .* s and .* V, with gap = .* m and T = .* K: the filament would heat beyond tMax = 3000 K/,
    );
  });

  it('a field that takes away the hopping barrier of JART', () => {
    const result = simulateDevice(
      modelOf('jartVcm'),
      {},
      triangle({ amplitude: 60, frequency: 1e6, periods: 1 }),
    );
    expect(!result.ok && result.problems[0].message).toMatch(/jartVcm .* hopping barrier/);
  });

  it('a rate that is not finite', () => {
    const result = integrate(
      'mine',
      deviceOf((x) => 1 / (0.5 - x) ** 3 / 0, 0, 1),
      wave,
    );
    expect(!result.ok && result.problems[0]).toMatchObject({ code: 'device.invalid-drive' });
  });

  it('too many steps', () => {
    const result = simulateDevice(vteam, {}, wave, { maxSteps: 5 });
    expect(!result.ok && result.problems[0].code).toBe('device.too-many-steps');
  });

  it.each([
    [sine({ amplitude: 1, frequency: 0, periods: 1 })],
    [sine({ amplitude: Number.NaN, frequency: 1, periods: 1 })],
    [sine({ amplitude: 1, frequency: -2, periods: 1 })],
    [piecewiseLinear([])],
    [
      piecewiseLinear([
        [1, 0],
        [2, 1],
      ]),
    ],
    [pulseTrain([{ amplitude: 1, width: Number.POSITIVE_INFINITY }])],
  ])('a waveform that is none: %o', (waveform) => {
    const result = simulateDevice(vteam, {}, waveform);
    expect(!result.ok && result.problems[0].code).toBe('device.waveform');
  });

  it('options and initial states out of range', () => {
    const code = (options: object) => {
      const result = simulateDevice(vteam, {}, wave, options);
      return result.ok ? 'ok' : result.problems[0].code;
    };
    expect(code({ tolerance: 0 })).toBe('device.simulation-options');
    expect(code({ samples: 1 })).toBe('device.simulation-options');
    expect(code({ initial: [5e-9] })).toBe('device.initial-state');
    expect(code({ initial: [Number.NaN] })).toBe('device.initial-state');
    expect(code({ initial: [1e-9, 0] })).toBe('device.initial-state');
    expect(code({ initial: [1e-9] })).toBe('ok');
  });
});
