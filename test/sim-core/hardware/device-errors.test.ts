import { describe, expect, it } from 'vitest';
import type { DeviceArrayProperties, OperatingConditions } from '../../../sim-core/design/design.ts';
import { statisticalModels } from '../../../sim-core/devices/statistical/catalogue.ts';
import { pcmReadSigma } from '../../../sim-core/devices/statistical/pcm.ts';
import { deviceLaw, effectiveAge } from '../../../sim-core/hardware/device-law.ts';
import { flickerShares } from '../../../sim-core/hardware/flicker.ts';
import { type DeviceStreams, deviceSteps } from '../../../sim-core/hardware/made-device.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { gaussian } from './designs.ts';
import { critical, criticalOfTwo, kolmogorovSmirnov, phi, twoSampleDistance } from './statistics.ts';

const draws = 20_000;
const [gOn, gOff, target] = [1e-4, 1e-6, 5e-5];
const conditions: OperatingConditions = {
  age: 86_400,
  temperature: 300,
  referenceTemperature: 300,
  drift: { exponent: 0, variation: 0, onset: 20 },
  readTime: 250e-9,
};

/** Conductances of many devices written towards one target. */
function made(changes: Partial<DeviceArrayProperties>, model = 'resistive', at = target): Float64Array {
  const array: DeviceArrayProperties = { gOn, gOff, stuckOn: 0, stuckOff: 0, ...changes };
  const { write, finish } = deviceSteps(array, deviceLaw(array, model));
  const stream = (kind: string) => randomStream(4, kind);
  const streams: DeviceStreams = {
    device: stream('device'),
    stuck: stream('stuck'),
    programming: stream('programming'),
    drift: stream('drift'),
  };
  const time = { up: 0, down: 0 };
  return Float64Array.from({ length: draws }, () => finish(write(at, streams, time), at, streams));
}

const distance = kolmogorovSmirnov;

describe('Variation from device to device', () => {
  it('stretches a write that is not verified to the window of the device', () => {
    const on = made({ gOnVariation: gaussian(0.1, true) }, 'resistive', gOn);
    expect(distance(on, (g) => phi((g / gOn - 1) / 0.1))).toBeLessThan(critical(draws));
    const off = made({ gOffVariation: gaussian(2e-7) }, 'resistive', gOff);
    expect(distance(off, (g) => phi((g - gOff) / 2e-7))).toBeLessThan(critical(draws));
    // Both: the target lies at a share of the window, so that its deviation is shared out too.
    const share = (target - gOff) / (gOn - gOff);
    const spread = Math.hypot(share * 0.1 * gOn, (1 - share) * 2e-7);
    const both = made({ gOnVariation: gaussian(0.1, true), gOffVariation: gaussian(2e-7) });
    expect(distance(both, (g) => phi((g - target) / spread))).toBeLessThan(critical(draws));
  });

  it('only limits a write that is verified', () => {
    const changes = { gOnVariation: gaussian(0.1, true), verify: { tolerance: 0.01, tries: 5 } };
    expect(new Set(made(changes))).toEqual(new Set([target]));
    const full = made(changes, 'resistive', gOn);
    expect(Math.max(...full)).toBe(gOn);
    expect(full.filter((g) => g < gOn).length / draws).toBeCloseTo(0.5, 1);
  });
});

describe('Write–verify', () => {
  it('leaves the error of a write, given that it is within the tolerance', () => {
    const [sigma, tolerance] = [0.05, 0.02];
    const within = made({
      programming: gaussian(sigma, true),
      verify: { tolerance, tries: 1000 },
    });
    const [low, high] = [phi(-tolerance / sigma), phi(tolerance / sigma)];
    const truncated = (g: number) =>
      Math.min(1, Math.max(0, (phi((g / target - 1) / sigma) - low) / (high - low)));
    expect(distance(within, truncated)).toBeLessThan(critical(draws));
  });

  it('gives up after so many writes', () => {
    const outside = (tries: number) =>
      made({ programming: gaussian(0.05, true), verify: { tolerance: 0.02, tries } }).filter(
        (g) => Math.abs(g / target - 1) > 0.02,
      ).length / draws;
    const miss = 2 * phi(-0.02 / 0.05);
    for (const tries of [1, 3]) {
      const error = 5 * Math.sqrt((miss ** tries * (1 - miss ** tries)) / draws);
      expect(Math.abs(outside(tries) - miss ** tries)).toBeLessThan(error);
    }
  });
});

describe('Drift', () => {
  it('follows a power law whose exponent differs from device to device', () => {
    const drift = { exponent: 0.05, variation: 0.2, onset: 20 };
    const aged = made({ conditions: { ...conditions, drift } });
    const ratio = (86_400 + 20) / 20;
    const exponents = aged.map((g) => -Math.log(g / target) / Math.log(ratio));
    expect(distance(exponents, (nu) => phi((nu - 0.05) / 0.01))).toBeLessThan(critical(draws));
  });

  it('passes faster at another temperature by Arrhenius’ law, with an activation energy alone', () => {
    const hot = { ...conditions, temperature: 358 };
    expect(effectiveAge(hot)).toBe(86_400);
    // 1 eV between 300 K and 358 K: exp(11604.518 K · (1/300 - 1/358) per kelvin).
    const factor = effectiveAge({ ...hot, activationEnergy: 1.602176634e-19 }) / 86_400;
    expect(factor / Math.exp(11604.518 * (1 / 300 - 1 / 358))).toBeCloseTo(1, 6);
    expect(effectiveAge({ ...conditions, activationEnergy: 1.6e-19 })).toBe(86_400);
  });
});

describe.each(['pcm', 'reram'])('A device of the statistical model %s', (name) => {
  const model = [...statisticalModels.values()].filter((candidate) => candidate.name === name);

  it.each([0, 20, 86_400, 3e6])('has its conductances %d s after programming', (age) => {
    for (const { gMax, program } of model)
      for (const share of [0.05, 0.4, 1]) {
        const window = { gOn: gMax, gOff: gMax / 100, conditions: { ...conditions, age } };
        const ours = made(window, name, share * gMax);
        const stream = randomStream(9, name);
        const theirs = Array.from({ length: draws }, () => program(share * gMax, stream).conductance(age));
        expect(twoSampleDistance(ours, theirs)).toBeLessThan(criticalOfTwo(draws, draws));
      }
  });
});

describe('The statistical models', () => {
  it('scatter as their published polynomials say', () => {
    // PCM: 0.26348 + 1.9650 r - 1.1731 r² uS at r = 0.6; ReRAM one day later: the polynomial of 1 day at r = 0.5.
    const pcm = made({ gOn: 25e-6, gOff: 1e-7 }, 'pcm', 15e-6);
    expect(distance(pcm, (g) => phi((g - 15e-6) / 1.020164e-6))).toBeLessThan(critical(draws));
    const day = { ...conditions, age: 86_400 };
    const reram = made({ gOn: 40e-6, gOff: 1e-6, conditions: day }, 'reram', 20e-6);
    expect(distance(reram, (g) => phi((g - 20e-6) / 3.909e-6))).toBeLessThan(critical(draws));
  });

  it('give way to a programming error of the device’s own', () => {
    const own = made({ gOn: 25e-6, gOff: 1e-7, programming: gaussian(0.01, true) }, 'pcm', 15e-6);
    expect(distance(own, (g) => phi((g / 15e-6 - 1) / 0.01))).toBeLessThan(critical(draws));
  });

  it('have the 1/f noise of PCM in the shares that run and that stand still', () => {
    const array = { gOn: 25e-6, gOff: 1e-7, stuckOn: 0, stuckOff: 0 };
    for (const age of [1e-3, 20, 86_400]) {
      const { running, standing } = flickerShares({ ...conditions, age });
      const sigma = 10e-6 * deviceLaw(array, 'pcm').flicker(12e-6) * Math.sqrt(running + standing);
      expect(sigma / pcmReadSigma(10e-6, 12e-6, age)).toBeCloseTo(1, 12);
    }
  });
});
