import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantity, significant, spread } from '../../cli/result/number.ts';

describe('a number', () => {
  it.each([
    [0, '0'],
    [53.2, '53.2'],
    [56.1349, '56.13'],
    [-0.00123456, '-0.001235'],
    [144, '144'],
    [123456.7, '123457'],
    [1.5e-7, '1.5e-7'],
    [2.5e12, '2.5e12'],
    [99.996, '100'],
  ])('%f is written %s', (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it('keeps four digits of any finite number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (value) => {
        const error = Math.abs(Number(significant(value)) - value);
        expect(error).toBeLessThanOrEqual(Math.abs(value) * 5.01e-4);
      }),
      { seed: 1 },
    );
  });
});

describe('a mean with its deviation', () => {
  it.each([
    [56.134, 1.2449, '56.1 ± 1.2'],
    [0.87512, 0.0213, '0.875 ± 0.021'],
    [1234.5, 321, '1235 ± 321'],
    [53.2, 0, '53.2'],
  ])('%f and %f is written %s', (mean, std, text) => {
    expect(spread(mean, std)).toBe(text);
  });

  it('is followed by the median, to the same decimal', () => {
    expect(spread(56.134, 1.2449, 55.77)).toBe('56.1 ± 1.2 [55.8]');
    expect(spread(53.2, 0, 53.2)).toBe('53.2');
  });
});

describe('a quantity', () => {
  it.each([
    [4.95e-6, 'S', '4.95 µS'],
    [1e-3, 'S', '1 mS'],
    [12_000, 'Ω', '12 kΩ'],
    [0.5, 'V', '500 mV'],
  ])('%f %s is written %s', (value, unit, text) => {
    expect(quantity(value, unit)).toBe(text);
  });
});
