import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curvatureOf, nonlinearityLabel } from '../../../sim-core/devices/pulse/nonlinearity.ts';
import { idealStep } from '../../../sim-core/devices/pulse/step-device.ts';
import {
  type ProgrammingPulse,
  type PulsedDevice,
  pulseModels,
  randomStream,
  type Values,
} from '../../../sim-core/index.ts';
import { critical, kolmogorovSmirnov, phi } from '../hardware/statistics.ts';

const random = () => randomStream(7, 'pulse test');
const up: ProgrammingPulse = { amplitude: 1, width: 1e-6 };
const down: ProgrammingPulse = { amplitude: -1, width: 1e-6 };

function draw(name: string, values: Values): PulsedDevice {
  const model = pulseModels.get(name);
  if (!model) throw new Error(`no model ${name}`);
  return model.draw(values, random());
}

const stream = random();
const repeat = (device: PulsedDevice, state: number, pulse: ProgrammingPulse, count: number) => {
  let last = state;
  for (let k = 0; k < count; k++) last = device.pulse(last, pulse, stream);
  return last;
};

describe('step models without variation, against their recurrences solved', () => {
  it('constant step: n pulses make n steps, up to the bound', () => {
    const device = draw('constantStep', { ...idealStep, dwMin: 0.01 });
    expect(repeat(device, 0, up, 7)).toBeCloseTo(0.07, 14);
    expect(repeat(device, 0, down, 7)).toBeCloseTo(-0.07, 14);
    expect(repeat(device, 0, up, 1000)).toBe(0.6);
    expect(repeat(device, 0, down, 1000)).toBe(-0.6);
  });

  it('an asymmetry beta makes upward steps larger and downward steps smaller by it', () => {
    const device = draw('constantStep', { ...idealStep, dwMin: 0.01, upDown: 0.2 });
    expect(repeat(device, 0, up, 1)).toBeCloseTo(0.012, 14);
    expect(repeat(device, 0, down, 1)).toBeCloseTo(-0.008, 14);
  });

  it('soft bounds: w = bound·(1 - (1 - dw/bound)^n)', () => {
    const device = draw('softBounds', { ...idealStep, dwMin: 0.01, wMin: -0.3 });
    for (const n of [1, 10, 100]) {
      expect(repeat(device, 0, up, n)).toBeCloseTo(0.6 * (1 - (1 - 0.01 / 0.6) ** n), 13);
      expect(repeat(device, 0, down, n)).toBeCloseTo(-0.3 * (1 - (1 - 0.01 / 0.3) ** n), 13);
    }
  });

  it('linear step: the same with the slope gamma, whose fixed point is bound/gamma', () => {
    const device = draw('linearStep', { ...idealStep, dwMin: 0.01, gammaUp: 0.5, gammaDown: 2 });
    expect(repeat(device, 0, up, 20)).toBeCloseTo(1.2 * (1 - (1 - (0.01 * 0.5) / 0.6) ** 20), 13);
    expect(repeat(device, 0, down, 3000)).toBeCloseTo(-0.3, 10);
  });

  it('linear step with gamma 0 is the constant step, with gamma 1 the soft bounds', () => {
    const values = { ...idealStep, dwMin: 0.02 };
    const linear = (gamma: number) => draw('linearStep', { ...values, gammaUp: gamma, gammaDown: gamma });
    expect(repeat(linear(0), 0.1, up, 9)).toBe(repeat(draw('constantStep', values), 0.1, up, 9));
    expect(repeat(linear(1), 0.1, down, 9)).toBe(repeat(draw('softBounds', values), 0.1, down, 9));
  });

  it('power step of power 1 approaches the bound exponentially, and from w = high does not move up', () => {
    const device = draw('powerStep', { ...idealStep, dwMin: 0.01 });
    expect(0.6 - repeat(device, 0.2, up, 30)).toBeCloseTo(0.4 * (1 - 0.01 / 1.2) ** 30, 13);
    expect(repeat(device, 0.6, up, 1)).toBe(0.6);
    expect(repeat(draw('powerStep', { ...idealStep, dwMin: 0.01, gammaUp: 2 }), 0, up, 1)).toBeCloseTo(
      0.01 * 0.25,
      14,
    );
  });

  it('exponential step: one pulse by hand', () => {
    const values = { ...idealStep, dwMin: 0.01, wMax: 1, wMin: -1 };
    const device = draw('exponentialStep', values);
    const w = 0.3;
    const z = (2 * -0.5 * w) / 2 - 0.5;
    expect(repeat(device, w, up, 1) - w).toBeCloseTo(0.01 * (1 + 1.18445 * Math.exp(5 * z)), 13);
    expect(repeat(device, w, down, 1) - w).toBeCloseTo(-0.01 * (1 + 0.081404 * Math.exp(-5 * z)), 13);
  });

  it('the conductance runs linearly from gOff at wMin to gOn at wMax', () => {
    const device = draw('constantStep', { ...idealStep, gOn: 5e-5, gOff: 1e-5 });
    expect(device.conductance(-0.6)).toBeCloseTo(1e-5, 18);
    expect(device.conductance(0)).toBeCloseTo(3e-5, 18);
    expect(device.conductance(0.6)).toBeCloseTo(5e-5, 18);
  });
});

describe('step models with variation', () => {
  const names = ['constantStep', 'linearStep', 'softBounds', 'exponentialStep', 'powerStep', 'neurosim'];

  it('never leave the bounds that were drawn for the device, whatever the pulses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.boolean(), { maxLength: 300 }),
        fc.integer({ min: 0, max: 1000 }),
        (name, pulses, seed) => {
          const noise = randomStream(seed, 'bounds');
          const model = pulseModels.get(name);
          if (!model) throw new Error(`no model ${name}`);
          const device = model.draw(
            { ...(name === 'neurosim' ? { c2c: 0.5 } : { dwMin: 0.1, dwMinStd: 3 }) },
            noise,
          );
          let state = device.initial;
          for (const rising of pulses) {
            state = device.pulse(state, rising ? up : down, noise);
            expect(state).toBeGreaterThanOrEqual(device.low);
            expect(state).toBeLessThanOrEqual(device.high);
            expect(device.conductance(state)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });

  it('cycle-to-cycle noise has the mean and deviation that its parameter says', () => {
    const device = draw('constantStep', { ...idealStep, dwMin: 0.001, dwMinStd: 0.3 });
    const noise = random();
    const steps = Array.from({ length: 20000 }, () => device.pulse(0, up, noise));
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    const deviation = Math.sqrt(steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length);
    expect(mean).toBeCloseTo(0.001, 5);
    expect(deviation / 0.0003).toBeCloseTo(1, 1);
  });

  it('device-to-device variation has the deviation that its parameter says', () => {
    const noise = random();
    const model = pulseModels.get('constantStep');
    const highs = Array.from({ length: 20000 }, () => model?.draw({ wMaxDtod: 0.1 }, noise).high ?? 0);
    const mean = highs.reduce((sum, high) => sum + high, 0) / highs.length;
    const deviation = Math.sqrt(highs.reduce((sum, high) => sum + (high - mean) ** 2, 0) / highs.length);
    expect(mean).toBeCloseTo(0.6, 2);
    expect(deviation / 0.06).toBeCloseTo(1, 1);
  });

  it.each(['gaussian', 'lognormal'])(
    '%s steps differ between devices, not between up and down',
    (dwMinShape) => {
      const model = pulseModels.get('constantStep');
      const dwMin = 1e-3;
      const noise = random();
      const stepsOf = (upDownDtod: number) =>
        Array.from({ length: 5000 }, () => {
          const values = { ...idealStep, dwMin, dwMinShape, dwMinDtod: 0.2, upDownDtod };
          const device = model?.draw(values, noise);
          return { rise: device?.pulse(0, up, noise) ?? 0, fall: -(device?.pulse(0, down, noise) ?? 0) };
        });
      const symmetric = stepsOf(0);
      for (const { rise, fall } of symmetric) expect(rise).toBe(fall);
      const gain = (step: number) =>
        phi((dwMinShape === 'lognormal' ? Math.log(step / dwMin) : step / dwMin - 1) / 0.2);
      expect(
        kolmogorovSmirnov(
          symmetric.map(({ rise }) => rise),
          gain,
        ),
      ).toBeLessThan(critical(symmetric.length));
      const asymmetries = stepsOf(0.01).map(({ rise, fall }) => (rise - fall) / (2 * dwMin));
      expect(kolmogorovSmirnov(asymmetries, (beta) => phi(beta / 0.01))).toBeLessThan(
        critical(asymmetries.length),
      );
    },
  );

  it('log-normal steps and devices that do not move are as many as the array of ReRAM has', () => {
    const model = pulseModels.get('softBounds');
    const values = {
      ...model?.sets.reRamArrayOM?.values,
      dwMinStd: 0,
      upDownDtod: 0,
      wMaxDtod: 0,
      wMinDtod: 0,
    };
    const noise = random();
    const count = 20000;
    const steps = Array.from({ length: count }, () => model?.draw(values, noise).pulse(0, up, noise) ?? 0);
    const moving = steps.filter((step) => step > 0);
    // A share of 13.48 %, up to three standard deviations.
    const share = 1 - moving.length / count;
    expect(Math.abs(share - 0.1348)).toBeLessThan(3 * Math.sqrt((0.1348 * 0.8652) / count));
    // Bounds at ±1 cut off what is larger.
    const below = moving.filter((step) => step < 1);
    const limit = Math.log(1 / 0.0949) / 0.7829;
    const distribution = (step: number) => phi(Math.log(step / 0.0949) / 0.7829) / phi(limit);
    expect(kolmogorovSmirnov(below, distribution)).toBeLessThan(critical(below.length));
  });
});

describe('the nonlinearity label of NeuroSim', () => {
  it.each([
    [0.5, 2.519877],
    [1.75, 0.702081],
    [2.4, 0.499181],
    [4.88, 0.200303],
    [6.76, 0.100251],
  ])('label %d has the curvature %d of the published table', (label, curvature) => {
    expect(curvatureOf(label)).toBeCloseTo(curvature, 5);
    expect(curvatureOf(-label)).toBeCloseTo(-curvature, 5);
  });

  it('inverts exactly, is odd, and is the largest distance of the curve from the straight line', () => {
    for (const label of [1e-6, 0.01, 0.3, 1, 3, 6, 9]) {
      const curvature = curvatureOf(label);
      expect(nonlinearityLabel(curvature) / label).toBeCloseTo(1, 9);
      expect(nonlinearityLabel(-curvature) / label).toBeCloseTo(-1, 9);
    }
    const curvature = 0.4;
    let largest = 0;
    for (let p = 0; p <= 1; p += 1e-4) {
      largest = Math.max(largest, (1 - Math.exp(-p / curvature)) / (1 - Math.exp(-1 / curvature)) - p);
    }
    expect(nonlinearityLabel(curvature)).toBeCloseTo(10.101525 * largest, 6);
  });
});

describe('NeuroSim devices', () => {
  const ideal = { c2c: 0, gMax: 1e-4, onOff: 10, pulses: 50, labelUp: 2.4, labelDown: -4.88 };

  it('follow the closed form of potentiation and reach gMax after exactly all pulses', () => {
    const device = draw('neurosim', ideal);
    const a = curvatureOf(2.4) * 50;
    const b = (1e-4 - 1e-5) / (1 - Math.exp(-50 / a));
    for (const n of [1, 7, 25, 50])
      expect(repeat(device, 1e-5, up, n)).toBeCloseTo(b * (1 - Math.exp(-n / a)) + 1e-5, 15);
    expect(repeat(device, 1e-5, up, 50) / 1e-4).toBeCloseTo(1, 12);
    expect(repeat(device, 1e-5, up, 80)).toBe(1e-4);
  });

  it('depress along the manual’s form -B(1 - e^((P - Pmax)/A)) + gMax, fastest at gMax', () => {
    const device = draw('neurosim', ideal);
    const a = curvatureOf(4.88) * 50;
    const b = (1e-4 - 1e-5) / (1 - Math.exp(-50 / a));
    for (const n of [1, 7, 25, 50])
      expect(repeat(device, 1e-4, down, n)).toBeCloseTo(-b * (1 - Math.exp(-n / a)) + 1e-4, 15);
    expect(1e-4 - repeat(device, 1e-4, down, 1)).toBeGreaterThan((1e-4 - 1e-5) / 50);
  });

  it('with label 0 are linear', () => {
    const device = draw('neurosim', { ...ideal, labelUp: 0, labelDown: 0 });
    expect(repeat(device, 1e-5, up, 25)).toBeCloseTo(5.5e-5, 15);
    expect(repeat(device, 1e-4, down, 10)).toBeCloseTo(8.2e-5, 15);
  });

  it('of the manual’s table number seven, each with its on resistance and ratio', () => {
    const sets = Object.values(pulseModels.get('neurosim')?.sets ?? {});
    expect(sets).toHaveLength(7);
    for (const { values } of sets) {
      const device = draw('neurosim', { ...values, c2c: 0 });
      expect(device.high / device.low).toBeCloseTo(Number(values.onOff), 9);
      const full = repeat(device, device.low, up, Number(values.pulses));
      expect(full / device.high).toBeCloseTo(1, 9);
    }
  });
});

describe('the 1T1R cell of Li et al.', () => {
  const cell = draw('transistorCell', { noise: 0 });
  const set = (gate: number): ProgrammingPulse => ({ amplitude: 2.5, width: 1e-6, gate });

  it('sets to 188.6 uS at a gate of 0.7 V and 276.8 uS at 1.6 V, and no further beyond', () => {
    expect(cell.pulse(0, set(0.7), stream)).toBeCloseTo(188.6e-6, 12);
    expect(cell.pulse(0, set(1.6), stream)).toBeCloseTo(276.8e-6, 12);
    expect(cell.pulse(0, set(0.2), stream)).toBeCloseTo(188.6e-6, 12);
    expect(cell.pulse(0, set(3), stream)).toBeCloseTo(276.8e-6, 12);
  });

  it('a SET never lowers the conductance, a RESET removes it', () => {
    expect(cell.pulse(250e-6, set(0.7), stream)).toBe(250e-6);
    expect(cell.pulse(250e-6, { amplitude: -1.7, width: 1e-6 }, stream)).toBe(0);
  });

  it('noise of 0.01 strays by 4 uS, and repeated SET pulses ratchet the conductance upward', () => {
    const noisy = draw('transistorCell', { noise: 0.01 });
    const noise = random();
    const reads = Array.from({ length: 20000 }, () => noisy.pulse(0, set(1), noise));
    const mean = reads.reduce((sum, g) => sum + g, 0) / reads.length;
    const deviation = Math.sqrt(reads.reduce((sum, g) => sum + (g - mean) ** 2, 0) / reads.length);
    expect(mean * 1e6).toBeCloseTo(218, 0);
    expect((deviation * 1e6) / 4).toBeCloseTo(1, 1);
    // A reflected random walk: after n pulses the mean stands about 4 uS·√(2n/π) higher.
    let sum = 0;
    for (let chain = 0; chain < 400; chain++) {
      let state = 0;
      for (let k = 0; k < 50; k++) state = noisy.pulse(state, set(1), noise);
      sum += state;
    }
    expect(sum / 400).toBeGreaterThan(218e-6 + 0.7 * 4e-6 * Math.sqrt(100 / Math.PI));
    expect(sum / 400).toBeLessThan(218e-6 + 1.3 * 4e-6 * Math.sqrt(100 / Math.PI));
  });
});

describe('the passive array of Nili et al.', () => {
  const device = draw('passiveArray', {});
  const change = (state: number, amplitude: number, width: number) =>
    device.pulse(state, { amplitude, width }, stream) - state;

  it('changes as the published fit says, in microsiemens by hand for one bin of each kind', () => {
    const ln = Math.log(100);
    const set = 1.55e-4 * (1 - Math.tanh(-0.47 * (ln + 3.422))) * (Math.tanh(4.936 * 0.8 - 5.84) + 1);
    const reset = -0.89e-4 * (-1 - Math.tanh(0.22 * (ln - 1.93))) * (Math.tanh(6.2 * -0.8 + 7.1) - 1);
    expect(change(150e-6, 0.8, 0.1)).toBeCloseTo(set, 12);
    expect(change(150e-6, -0.8, 0.1)).toBeCloseTo(reset, 12);
  });

  it('SET raises, RESET lowers, stronger and longer pulses do more, in every bin', () => {
    for (const state of [4e-6, 8e-6, 15e-6, 25e-6, 50e-6, 80e-6, 150e-6, 250e-6]) {
      expect(change(state, 0.8, 0.1)).toBeGreaterThan(change(state, 0.7, 0.1));
      expect(change(state, 0.7, 0.1)).toBeGreaterThan(change(state, 0.7, 0.01));
      expect(change(state, 0.7, 0.01)).toBeGreaterThan(0);
      expect(change(state, -0.9, 0.1)).toBeLessThan(0);
      expect(change(state, -0.9, 0.1)).toBeLessThanOrEqual(change(state, -0.8, 0.1));
    }
  });

  it('stays within its range and does nothing without a voltage or a width', () => {
    expect(change(300e-6, 1.5, 0.1) + 300e-6).toBe(315e-6);
    expect(change(50e-6, 0, 0.1)).toBe(0);
    expect(change(50e-6, 1, 0)).toBe(0);
  });
});

describe('presets of aihwkit, as its code has them', () => {
  const valuesOf = (model: string, set: string) => pulseModels.get(model)?.sets[set]?.values;

  it('ReRamSB and the two EcRam devices have their own spread of the bounds', () => {
    expect(valuesOf('softBounds', 'reRam')).toMatchObject({ wMaxDtod: 0.24, wMinDtod: 0.4, dwMinStd: 3.75 });
    expect(valuesOf('linearStep', 'ecRam')).toMatchObject({
      wMaxDtod: 0.05,
      wMinDtod: 0.05,
      gammaDown: 0.5085,
    });
    expect(valuesOf('linearStep', 'ecRamMo')).toMatchObject({
      dwMin: 2.8214e-4,
      gammaUp: 0.4152,
      dwMinStd: 2,
    });
  });

  it('multiplicative noise scales the step that is taken, additive noise the step at weight 0', () => {
    const spread = (noise: string) => {
      const values = { ...idealStep, dwMin: 0.01, dwMinStd: 0.5, gammaUp: 1, noise };
      const device = draw('linearStep', values);
      const from = 0.54;
      const steps = Array.from({ length: 4000 }, () => device.pulse(from, up, stream) - from);
      const mean = steps.reduce((a, b) => a + b) / steps.length;
      const squares = steps.reduce((sum, step) => sum + (step - mean) * (step - mean), 0);
      return { mean, deviation: Math.sqrt(squares / steps.length) };
    };
    // At 90 % of the bound a step is 0.001; its deviation 0.0005, or that of the first step, 0.005.
    expect(spread('multiplicative').mean / 0.001).toBeCloseTo(1, 1);
    expect(spread('multiplicative').deviation / 0.0005).toBeCloseTo(1, 1);
    expect(spread('additive').deviation / 0.005).toBeCloseTo(1, 1);
  });

  it('PCM potentiates most at weight 0 and saturates towards its upper bound', () => {
    const device = draw('exponentialStep', { ...idealStep, ...valuesOf('exponentialStep', 'pcm') });
    const steps = [0, 0.5, 1, 1.5].map((weight) => device.pulse(weight, up, stream) - weight);
    for (const [at, step] of steps.entries()) if (at > 0) expect(step).toBeLessThan(steps[at - 1]);
  });
});
