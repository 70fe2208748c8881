import { describe, expect, it } from 'vitest';
import { findRoot } from '../../../sim-core/devices/find-root.ts';
import { crossings, duration, voltageAt } from '../../../sim-core/devices/waveform.ts';
import { piecewiseLinear, pulseTrain, sine, triangle } from '../../../sim-core/index.ts';
import { asin } from '../../../sim-core/math/arc-sine.ts';

describe('waveforms', () => {
  it('a sine is exactly zero at the ends of its periods and has its amplitude in between', () => {
    const [segment] = sine({ amplitude: 2, frequency: 50, periods: 3 }).segments;
    expect(voltageAt(segment, 0)).toBe(0);
    expect(Math.abs(voltageAt(segment, 0.02))).toBeLessThan(1e-15);
    expect(voltageAt(segment, 0.005)).toBe(2);
    expect(duration(sine({ amplitude: 2, frequency: 50, periods: 3 }))).toBeCloseTo(0.06, 15);
  });

  it('a triangle has its corners at odd quarters of the period', () => {
    const { segments } = triangle({ amplitude: 1.5, frequency: 10, periods: 2 });
    expect(segments.map(({ end }) => end)).toEqual([0.025, 0.075, 0.125, 0.175, 0.2]);
    expect(segments.map((segment) => voltageAt(segment, segment.end))).toEqual([1.5, -1.5, 1.5, -1.5, 0]);
  });

  it('a pulse has edges, top and gap, one after another', () => {
    const { segments } = pulseTrain([{ amplitude: 2, width: 3, edge: 1, gap: 4 }]);
    expect(segments.map((segment) => [segment.end, voltageAt(segment, segment.end)])).toEqual([
      [1, 2],
      [4, 2],
      [5, 0],
      [9, 0],
    ]);
  });

  it('two points at one time are a jump', () => {
    const { segments } = piecewiseLinear([
      [0, 0],
      [1, 1],
      [1, -1],
      [2, 0],
    ]);
    expect(segments).toHaveLength(2);
    expect(voltageAt(segments[1], 1)).toBe(-1);
  });

  it('a sine passes every level within its swing twice per period, exactly there', () => {
    const [segment] = sine({ amplitude: 1, frequency: 3, periods: 4, offset: 0.2, phase: 0.4 }).segments;
    for (const level of [-0.7, 0, 0.2, 0.9, 1.15]) {
      const times = crossings(segment, level);
      expect(times).toHaveLength(8);
      for (const time of times) expect(voltageAt(segment, time)).toBeCloseTo(level, 12);
    }
    expect(crossings(segment, 1.3)).toEqual([]);
    expect(crossings(segment, -0.9)).toEqual([]);
  });

  it('a ramp passes a level once, and its own ends do not count', () => {
    const [segment] = piecewiseLinear([
      [1, -1],
      [3, 3],
    ]).segments;
    expect(crossings(segment, 1)).toEqual([2]);
    expect(crossings(segment, 3)).toEqual([]);
    expect(crossings(segment, -1)).toEqual([]);
    expect(crossings(segment, 4)).toEqual([]);
  });
});

describe('numerical helpers', () => {
  it('asin is right to the last places over its whole range', () => {
    for (let x = -1; x <= 1; x += 1 / 512) expect(Math.abs(asin(x) - Math.asin(x))).toBeLessThan(5e-16);
    expect(asin(1)).toBe(Math.PI / 2);
    expect(asin(1.0001)).toBeNaN();
  });

  it('findRoot finds roots of smooth, steep, infinite and discontinuous functions within its bracket', () => {
    expect(findRoot((x) => x * x - 2, 0, 2, 1e-15)).toBeCloseTo(Math.SQRT2, 14);
    expect(findRoot((x) => Math.exp(50 * x) - 1e10, 0, 5, 1e-14)).toBeCloseTo(Math.log(1e10) / 50, 12);
    expect(findRoot((x) => Math.log(x), 0, 10, 1e-14)).toBeCloseTo(1, 12);
    expect(findRoot((x) => (x < 0.3 ? -1 : 2), 0, 1, 1e-12)).toBeCloseTo(0.3, 11);
    expect(findRoot((x) => (x - 0.25) ** 9, -1, 1, 1e-10)).toBeCloseTo(0.25, 6);
    expect(findRoot((x) => x, 0, 1, 1e-10)).toBe(0);
  });

  it('findRoot takes few evaluations where the function is smooth', () => {
    let evaluations = 0;
    findRoot(
      (x) => {
        evaluations++;
        return Math.cosh(x) - 3;
      },
      0,
      4,
      1e-14,
    );
    expect(evaluations).toBeLessThan(15);
  });
});
