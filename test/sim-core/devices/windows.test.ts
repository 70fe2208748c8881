import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WindowName, windowFunction } from '../../../sim-core/devices/windows.ts';

const windowOf = (window: WindowName, p = 1, j = 1) =>
  windowFunction({ window, p, j, aOff: 0.9, aOn: 0.1, wC: 0.01 });
const exponents = [0.5, 1, 2, 3.5, 7, 10];

describe('window functions', () => {
  it.each(exponents)('Joglekar vanishes at both bounds and is 1 in the middle, p = %d', (p) => {
    const window = windowOf('joglekar', p);
    for (const rising of [true, false]) {
      expect(window(0, rising)).toBe(0);
      expect(window(1, rising)).toBe(0);
      expect(window(0.5, rising)).toBe(1);
    }
  });

  it('Joglekar with p = 1 is the parabola 4x(1 - x)', () => {
    const window = windowOf('joglekar');
    for (const x of [0.1, 0.25, 0.7, 0.99]) expect(window(x, true)).toBeCloseTo(4 * x * (1 - x), 14);
  });

  it('Joglekar is symmetric about the middle for every p', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        (d, p) => {
          const window = windowOf('joglekar', p);
          expect(window(0.5 + d, true)).toBeCloseTo(window(0.5 - d, true), 12);
        },
      ),
      { seed: 1 },
    );
  });

  it.each(exponents)('Biolek vanishes only at the bound that the state approaches, p = %d', (p) => {
    const window = windowOf('biolek', p);
    expect(window(1, true)).toBe(0);
    expect(window(0, false)).toBe(0);
    expect(window(0, true)).toBe(1);
    expect(window(1, false)).toBe(1);
  });

  it.each(exponents)('Prodromakis vanishes at both bounds, p = %d', (p) => {
    const window = windowOf('prodromakis', p, 3);
    expect(window(0, true)).toBe(0);
    expect(window(1, false)).toBe(0);
    expect(window(0.5, true)).toBeGreaterThan(0);
  });

  it('Prodromakis with p = 1 has its maximum 0.25 j in the middle', () => {
    expect(windowOf('prodromakis', 1, 3)(0.5, true)).toBeCloseTo(0.75, 14);
    expect(windowOf('prodromakis', 1, 3)(0.4, true)).toBeLessThan(0.75);
  });

  it('Kvatinsky falls to 1/e at its feet and stops motion outward alone', () => {
    const window = windowOf('kvatinsky');
    expect(window(0.9, true)).toBeCloseTo(Math.exp(-1), 14);
    expect(window(0.1, false)).toBeCloseTo(Math.exp(-1), 14);
    expect(window(1, true)).toBe(0);
    expect(window(1, false)).toBe(1);
    expect(window(0, false)).toBe(0);
  });

  it('every window lies in 0 .. 1 over the whole state', () => {
    const names: readonly WindowName[] = ['none', 'joglekar', 'biolek', 'prodromakis', 'kvatinsky'];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (name, x, rising, p) => {
          const value = windowOf(name, p)(x, rising);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 2 },
    );
  });
});
