import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../sim-core/design/design.ts';
import { bitSlices, siemensPerWeight, targetConductance } from '../../../sim-core/hardware/coding.ts';
import { nearestLevel, type ProgrammableDevice, programmed } from '../../../sim-core/hardware/conductance.ts';
import { deviceLaw } from '../../../sim-core/hardware/device-law.ts';
import { deviceSteps, makeDevices } from '../../../sim-core/hardware/made-device.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { gaussian } from './designs.ts';
import { critical, kolmogorovSmirnov, moments, phi } from './statistics.ts';

/** Makes devices of targets with streams of one seed. */
function made(changes: Partial<ProgrammableDevice>, targets: Float64Array, seed: number): Float64Array {
  const array = { ...device, ...changes };
  const streams = (kind: string) => randomStream(seed, kind);
  const actual = { plus: targets.slice(), minus: new Float64Array(0) };
  makeDevices(
    { plus: targets, minus: actual.minus },
    deviceSteps(array, deviceLaw(array, 'resistive')),
    {
      device: streams('device'),
      stuck: streams('stuck'),
      programming: streams('programming'),
      drift: streams('drift'),
    },
    actual,
  );
  return actual.plus;
}

const device: ProgrammableDevice = { gOn: 1e-4, gOff: 1e-6, stuckOn: 0, stuckOff: 0 };
const draws = 50_000;
const target = 5e-5;

const sample = (error: Distribution): Float64Array => {
  const stream = randomStream(3, error.shape);
  return Float64Array.from({ length: draws }, () => programmed(target, error, stream));
};
const mean = (values: ArrayLike<number>): number => moments(values).mean;

describe('Programming errors', () => {
  const cases: readonly (readonly [string, Distribution, (g: number) => number])[] = [
    ['relative gaussian', gaussian(0.05, true), (g) => phi((g / target - 1) / 0.05)],
    ['absolute gaussian', gaussian(2e-6, false, 1e-6), (g) => phi((g - target - 1e-6) / 2e-6)],
    [
      'relative uniform',
      { ...gaussian(0.05, true), shape: 'uniform' },
      (g) => Math.min(1, Math.max(0, (g / target - 0.95) / 0.1)),
    ],
    ['lognormal', { ...gaussian(0.3, true), shape: 'lognormal' }, (g) => phi(Math.log(g / target) / 0.3)],
  ];
  it.each(cases)('follow their distribution: %s', (_, error, distribution) => {
    expect(kolmogorovSmirnov(sample(error), distribution)).toBeLessThan(critical(draws));
  });

  it('of a wrong spread would not pass that test', () => {
    expect(
      kolmogorovSmirnov(sample(gaussian(0.05, true)), (g) => phi((g / target - 1) / 0.052)),
    ).toBeGreaterThan(critical(draws));
  });

  it('never leave a negative conductance, but may leave the nominal window', () => {
    const values = sample(gaussian(1, true));
    expect(Math.min(...values)).toBe(0);
    expect(mean(Float64Array.from(values, (g) => (g === 0 ? 1 : 0)))).toBeCloseTo(phi(-1), 2);
    expect(Math.max(...values)).toBeGreaterThan(device.gOn);
  });

  it('draw the same numbers at every spread, so that a sweep compares like with like', () => {
    const wanted = Float64Array.of(1, 2, 3);
    const error = (sigma: number) =>
      made({ programming: gaussian(sigma, true) }, wanted, 5).map((g, i) => (g / wanted[i] - 1) / sigma);
    for (const [i, xi] of error(0.01).entries()) expect(xi).toBeCloseTo(error(0.1)[i], 9);
  });
});

describe('Target conductances', () => {
  it('give back each weight as (G+ - G-)/k_w within the window, whatever the coding', () => {
    const codings = fc.constantFrom('differential' as const, 'complementary' as const, 'offset' as const);
    const weights = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(codings, weights, (coding, values) => {
        const siemens = siemensPerWeight(device, Math.max(...values.map(Math.abs)), coding);
        const target = targetConductance(device, coding, siemens);
        for (const weight of values) {
          const [plus, minus] = [target(weight, 1), target(weight, -1)];
          expect((plus - minus) / siemens).toBeCloseTo(weight, 12);
          expect(Math.min(plus, minus)).toBeGreaterThanOrEqual(device.gOff);
          expect(Math.max(plus, minus)).toBeLessThanOrEqual(device.gOn);
        }
      }),
      { seed: 1 },
    );
  });

  it('keep one device at gOff, the mean in the middle, or the partner in the middle', () => {
    const middle = (device.gOn + device.gOff) / 2;
    for (const weight of [-1, -0.3, 0, 0.7, 1]) {
      const pair = (coding: 'differential' | 'complementary' | 'offset') => {
        const target = targetConductance(device, coding, siemensPerWeight(device, 1, coding));
        return [target(weight, 1), target(weight, -1)];
      };
      expect(Math.min(...pair('differential'))).toBe(device.gOff);
      const [plus, minus] = pair('complementary');
      expect((plus + minus) / 2).toBeCloseTo(middle, 12);
      expect(pair('offset')[1]).toBe(middle);
    }
  });

  it('limit weights beyond weightMax to the window', () => {
    const target = targetConductance(device, 'differential', siemensPerWeight(device, 1, 'differential'));
    expect([target(3, 1), target(-3, 1), target(3, -1), target(-3, -1)]).toEqual([1e-4, 1e-6, 1e-6, 1e-4]);
  });

  it('lie on the nearest of the evenly spaced levels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 256 }),
        fc.double({ min: 1e-6, max: 1e-4, noNaN: true }),
        (levels, conductance) => {
          const step = (device.gOn - device.gOff) / (levels - 1);
          const level = nearestLevel({ ...device, levels })(conductance);
          const index = (level - device.gOff) / step;
          expect(Math.abs(index - Math.round(index))).toBeLessThan(1e-9);
          expect(Math.abs(level - conductance)).toBeLessThanOrEqual(step / 2 + 1e-18);
        },
      ),
      { seed: 1 },
    );
    const two = nearestLevel({ ...device, levels: 2 });
    expect([two(4e-5), two(6e-5)].map((g) => g.toPrecision(12))).toEqual(
      [1e-6, 1e-4].map((g) => g.toPrecision(12)),
    );
  });
});

describe('Bit slices', () => {
  it('add up, each with its share, to the weight rounded to all their bits', () => {
    const arbitrary = fc.record({
      slices: fc.integer({ min: 1, max: 6 }),
      bits: fc.integer({ min: 1, max: 5 }),
      weight: fc.double({ min: -2, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(arbitrary, ({ slices, bits, weight }) => {
        const { shares, part } = bitSlices(slices, bits);
        const sum = shares.reduce((total, share, slice) => total + share * part(weight, 2, slice), 0);
        const steps = 2 ** (slices * bits) - 1;
        expect(sum).toBeCloseTo(
          (2 * Math.sign(weight) * Math.round((Math.abs(weight) / 2) * steps)) / steps,
          12,
        );
        expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
      }),
      { seed: 3 },
    );
  });

  it('hold whole digits of the largest weight', () => {
    // 0.625 of 1 in two slices of two bits: 9.375 of 15, rounded to 9 = 2·4 + 1.
    const { part } = bitSlices(2, 2);
    expect([part(0.625, 1, 0), part(-0.625, 1, 1)]).toEqual([2 / 3, -1 / 3]);
  });
});

describe('Stuck devices', () => {
  it('are at gOn or gOff as often as their probabilities say, the rest untouched', () => {
    const all = made({ stuckOn: 0.02, stuckOff: 0.05 }, new Float64Array(80_000).fill(5e-5), 9);
    const share = (g: number) => all.filter((value) => value === g).length / all.length;
    // Five standard errors of a share.
    const error = (p: number) => 5 * Math.sqrt((p * (1 - p)) / all.length);
    expect(Math.abs(share(device.gOn) - 0.02)).toBeLessThan(error(0.02));
    expect(Math.abs(share(device.gOff) - 0.05)).toBeLessThan(error(0.05));
    expect(share(device.gOn) + share(device.gOff) + share(5e-5)).toBeCloseTo(1, 12);
  });
});
