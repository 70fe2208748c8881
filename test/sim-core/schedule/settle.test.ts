import { describe, expect, it } from 'vitest';
import { settlingTime } from '../../../sim-core/schedule/settle.ts';

/** Deviation of the step response of n equal poles: `exp(-t/τ)·Σ (t/τ)^k/k!` over k < n. */
function deviation(n: number, time: number): number {
  let [term, sum] = [1, 0];
  for (let k = 0; k < n; k++) {
    sum += term;
    term *= time / (k + 1);
  }
  return Math.exp(-time) * sum;
}

describe('the settling time', () => {
  it('of one pole is τ·ln(1/budget)', () => {
    expect(settlingTime([2e-9], 1e-3)).toBeCloseTo(2e-9 * Math.log(1000), 17);
  });

  it.each([2, 3, 6, 12])('of %i equal poles is enough, and at most a quarter more', (n) => {
    const time = settlingTime(new Array(n).fill(1), 1e-3);
    expect(deviation(n, time)).toBeLessThan(1e-3);
    expect(deviation(n, time / 1.25)).toBeGreaterThan(1e-3);
  });

  it('of poles far apart is that of the slowest', () => {
    expect(settlingTime([1, 1e-6], 1e-3)).toBeCloseTo(Math.log(1000), 4);
  });

  it('scales with the time constants', () => {
    expect(settlingTime([3e-9, 1e-9], 1e-4)).toBeCloseTo(1e-9 * settlingTime([3, 1], 1e-4), 15);
  });

  it('of circuits that follow at once is zero', () => {
    expect(settlingTime([0, 0], 1e-3)).toBe(0);
  });
});
