import { describe, expect, it } from 'vitest';
import type { OperatingConditions, Redraw } from '../../../sim-core/design/design.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import {
  denseNetwork,
  designOf,
  gaussian,
  outputOf,
  randomWeights,
  realised,
  realProgram,
  sized,
} from './designs.ts';
import { correlation, critical, kolmogorovSmirnov, moments, phi } from './statistics.ts';

const conditions: OperatingConditions = {
  age: 20,
  temperature: 300,
  referenceTemperature: 300,
  drift: { exponent: 0, variation: 0, onset: 20 },
  flicker: 0.01,
  readTime: 250e-9,
};
const window = { gOn: 1e-4, gOff: 1e-6, stuckOn: 0, stuckOff: 0 };
const weights = new Map([
  ['y.weight', Float64Array.of(1)],
  ['y.bias', Float64Array.of(-0.6)],
]);

/** Output of `y = x - 0.6` at a constant input of 0.5: [step][sample]. */
function outputs(device: object, steps: number, batch: number, seed: number): Float64Array[] {
  const design = designOf({ device: { ...window, ...device }, network: denseNetwork(1, 1) });
  const program = realProgram(realised(design), weights, seed, { steps, batch });
  const all = outputOf(program, new Float64Array(steps * batch).fill(0.5));
  return Array.from({ length: steps }, (_, step) => all.slice(step * batch, (step + 1) * batch));
}

/** Exponential integral `∫ exp(-t)/t dt` from x on, by the midpoint rule in ln t. */
function exponentialIntegral(x: number): number {
  const [low, high, count] = [Math.log(x), Math.log(60), 4000];
  const width = (high - low) / count;
  let sum = 0;
  for (let i = 0; i < count && x < 60; i++) sum += Math.exp(-Math.exp(low + (i + 0.5) * width)) * width;
  return sum;
}

describe('1/f noise', () => {
  const [steps, batch] = [65, 4000];
  const values = outputs({ conditions }, steps, batch, 3);

  it('is normal at each time step from the first on, with the variance of its running octaves', () => {
    // Σσ²v² of both devices of both weights, over (k_w·vRead)²; a band of eight octaves.
    const [g, siemens] = [[1e-4, 1e-6 + 0.6 * 9.9e-5], 9.9e-5];
    const sum = (g[0] ** 2 + 1e-12) * 0.25 + (g[1] ** 2 + 1e-12);
    const sigma = (0.01 * Math.sqrt(sum * 8 * Math.LN2)) / siemens;
    for (const step of [0, 1, 10, 64]) {
      const { mean } = moments(values[step]);
      expect(kolmogorovSmirnov(values[step], (x) => phi((x - mean) / sigma))).toBeLessThan(critical(batch));
    }
  });

  it('forgets as 1/f noise does: the correlation falls with the logarithm of the lag', () => {
    // Relaxation times of equal weight per octave between 1 and 256 steps: (E1(m/256) - E1(m))/ln 256 at a lag m.
    for (const lag of [1, 2, 4, 8, 16, 32, 64]) {
      const expected = (exponentialIntegral(lag / 256) - exponentialIntegral(lag)) / Math.log(256);
      expect(Math.abs(correlation(values[0], values[lag]) - expected)).toBeLessThan(5 / Math.sqrt(batch));
    }
  });

  it('stands still during a trial in what is slower, and differs between trials', () => {
    // All bands slower than 256 reads: the whole less eight octaves.
    const standing = Math.log((20 + 250e-9) / 500e-9) - 8 * Math.LN2;
    const trials = Array.from(
      { length: 400 },
      (_, seed) => moments(outputs({ conditions }, 1, 200, seed)[0]).mean,
    );
    const [g, siemens] = [[1e-4, 1e-6 + 0.6 * 9.9e-5], 9.9e-5];
    const sum = (g[0] ** 2 + 1e-12) * 0.25 + (g[1] ** 2 + 1e-12);
    const sigma = (0.01 * Math.sqrt(sum * (standing + (8 * Math.LN2) / 200))) / siemens;
    expect(kolmogorovSmirnov(trials, (x) => phi((x + 0.1) / sigma))).toBeLessThan(critical(400));
  });

  it('is silent without a band: right after programming', () => {
    const silent = outputs({ conditions: { ...conditions, age: 0 } }, 2, 2, 1);
    for (const value of silent.flatMap((step) => [...step])) expect(value).toBeCloseTo(-0.1, 12);
  });
});

describe('Read noise', () => {
  it('of one read tells nothing about another step, sample, unit or trial', () => {
    const batch = 10_000;
    const design = designOf({
      device: { ...window, readNoise: gaussian(0.02, true) },
      network: denseNetwork(1, 2),
    });
    const two = new Map([
      ['y.weight', Float64Array.of(1, 1)],
      ['y.bias', Float64Array.of(-0.6, -0.6)],
    ]);
    const read = (seed: number) => {
      const program = realProgram(realised(design), two, seed, { steps: 2, batch });
      const all = outputOf(program, new Float64Array(2 * batch).fill(0.5));
      return Array.from({ length: 4 }, (_, k) => all.slice(k * batch, (k + 1) * batch));
    };
    const series = [...read(1), ...read(2)];
    for (let a = 0; a < series.length; a++)
      for (let b = a + 1; b < series.length; b++)
        expect(Math.abs(correlation(series[a], series[b]))).toBeLessThan(4.5 / Math.sqrt(batch));
    const [first] = series;
    expect(Math.abs(correlation(first.slice(0, -1), first.slice(1)))).toBeLessThan(4.5 / Math.sqrt(batch));
  });
});

describe('A trial', () => {
  const design = (redraw: Redraw) =>
    designOf({
      device: { ...window, programming: gaussian(0.05, true), gOnVariation: gaussian(0.1, true), conditions },
      hardware: { redraw },
    });
  /** Conductances that a trial writes. */
  function writer(redraw: Redraw, device: object): (trial: number) => readonly number[] {
    const made = design(redraw);
    const changed = {
      ...made,
      devices: made.devices.map((one) => ({ ...one, array: { ...one.array, ...device } })),
    };
    const [hardware, values] = [realised(changed), randomWeights(sized(made), 2)];
    return (trial) => {
      const all: number[] = [];
      const tensor = (name: string, written: Float64Array) =>
        void (name.endsWith('conductance') && all.push(...written));
      const draw = { seed: 7, trial: randomStream(7, 'trial', trial) };
      hardware.write(values, draw, { tensor, parameter: () => undefined });
      return all;
    };
  }
  const written = (redraw: Redraw, trial: number, device: object) => writer(redraw, device)(trial);
  const none = { programming: undefined, gOnVariation: undefined, conditions: undefined };

  it.each<readonly [Redraw, string, object, boolean]>([
    ['chip', 'variation of devices', { ...none, gOnVariation: gaussian(0.1, true) }, true],
    ['writing', 'variation of devices', { ...none, gOnVariation: gaussian(0.1, true) }, false],
    ['writing', 'programming', { ...none, programming: gaussian(0.05, true) }, true],
    ['reading', 'programming', { ...none, programming: gaussian(0.05, true) }, false],
    ['reading', 'slow 1/f noise', { ...none, conditions }, true],
  ])('with redraw = %s draws %s anew, or does not', (redraw, _what, device, anew) => {
    const [first, second] = [written(redraw, 0, device), written(redraw, 1, device)];
    if (anew) expect(first).not.toEqual(second);
    else expect(first).toEqual(second);
    expect(first).not.toEqual(written(redraw, 0, none));
  });

  it('of one kind of error is the same whether another is there or not', () => {
    const alone = written('chip', 0, { ...none, programming: gaussian(0.05, true) });
    const again = written('chip', 0, {
      ...none,
      programming: gaussian(0.05, true),
      readNoise: gaussian(0.01, true),
    });
    expect(alone).toEqual(again);
  });

  it('draws every device for itself', () => {
    const write = writer('chip', { ...none, programming: gaussian(0.05, true) });
    const trials = Array.from({ length: 1500 }, (_, trial) => write(trial));
    const device = (p: number) => trials.map((trial) => trial[p]);
    for (const [a, b] of [
      [0, 1],
      [2, 9],
      [5, 50],
    ])
      expect(Math.abs(correlation(device(a), device(b)))).toBeLessThan(4.5 / Math.sqrt(trials.length));
    expect(Math.abs(correlation(device(3).slice(1), device(3).slice(0, -1)))).toBeLessThan(
      4.5 / Math.sqrt(trials.length),
    );
  });
});
