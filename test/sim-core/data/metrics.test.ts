import { describe, expect, it } from 'vitest';
import { classMetrics, decideClasses, forecastMetrics } from '../../../sim-core/data/metrics.ts';

describe('forecastMetrics', () => {
  it('follows its definitions on a worked example', () => {
    const metrics = forecastMetrics(Float64Array.of(1, 2, 5), Float64Array.of(1, 4, 4));
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(5 / 3), 14);
    expect(metrics.mae).toBeCloseTo(1, 14);
    expect(metrics.r2).toBeCloseTo(1 - 5 / 6, 14);
    expect(metrics.nrmse).toBeCloseTo(Math.sqrt(5 / 3) / 3, 14);
  });

  it('leaves out what equal targets do not define', () => {
    expect(forecastMetrics(Float64Array.of(1, 3), Float64Array.of(2, 2))).toEqual({ rmse: 1, mae: 1 });
  });
});

describe('classMetrics', () => {
  it('counts the positive class', () => {
    // Positive is 0. Two present, one found, and one claimed wrongly.
    const metrics = classMetrics([0, 1, 0, 1, 1], [0, 0, 1, 1, 1], 0);
    expect(metrics).toEqual({ accuracy: 3 / 5, recall: 1 / 2, precision: 1 / 2, f1: 1 / 2 });
  });

  it('gives 0 and no NaN where nothing is claimed', () => {
    expect(classMetrics([1, 1], [0, 1], 0)).toEqual({ accuracy: 0.5, recall: 0, precision: 0, f1: 0 });
    expect(classMetrics([1, 1], [1, 1], 0)).toEqual({ accuracy: 1, recall: 0, precision: 0, f1: 0 });
  });
});

describe('decideClasses', () => {
  it('takes the largest output, or one half as the threshold of a single one', () => {
    expect(decideClasses(Float64Array.of(0.2, 0.8, 0.6, 0.4), 2)).toEqual([1, 0]);
    expect(decideClasses(Float64Array.of(0.2, 0.51, 0.5), 1)).toEqual([0, 1, 0]);
  });
});
