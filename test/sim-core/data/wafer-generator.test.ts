import { describe, expect, it } from 'vitest';
import { baselines } from '../../../sim-core/data/baselines.ts';
import { loadDataset } from '../../../sim-core/data/dataset.ts';
import { generateWafer } from '../../../sim-core/data/wafer-generator.ts';

const source = { kind: 'wafer', train: 200, test: 300, length: 152, abnormal: 0.1, seed: 3 } as const;

describe('generateWafer', () => {
  it('makes as many series, as many of them abnormal, as asked', () => {
    const { train, test } = generateWafer(source);
    expect([train.series.length, test.series.length]).toEqual([200, 300]);
    expect([train, test].map(({ labels }) => labels.filter((label) => label === -1).length)).toEqual([
      20, 30,
    ]);
    expect(new Set(train.labels)).toEqual(new Set([1, -1]));
    expect(train.labels.slice(0, 20)).toContain(1);
  });

  it('scales each series to mean 0 and standard deviation 1 with n - 1', () => {
    for (const series of generateWafer(source).train.series) {
      expect(series.length).toBe(152);
      const mean = series.reduce((sum, value) => sum + value, 0) / 152;
      const variance = series.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 151;
      expect(Math.abs(mean)).toBeLessThan(1e-12);
      expect(variance).toBeCloseTo(1, 12);
    }
  });

  it('depends on its seed alone: more series leave the normal ones as they were', () => {
    const once = generateWafer(source);
    expect(generateWafer(source)).toEqual(once);
    expect(generateWafer({ ...source, test: 5 }).train).toEqual(once.train);
    expect(generateWafer({ ...source, seed: 4 }).train.series[0]).not.toEqual(once.train.series[0]);
  });

  it('works for short series and for none', () => {
    const { train, test } = generateWafer({ ...source, length: 12, train: 30, test: 0 });
    expect(train.series.every((series) => series.every(Number.isFinite))).toBe(true);
    expect(test.series).toEqual([]);
  });

  it('is hard enough that the majority misses every fault, and sound enough for a nearest neighbour', () => {
    const dataset = {
      id: 'dataset:wafer',
      name: 'wafer',
      source: { ...source, train: 1000, test: 1000 },
      scale: { kind: 'none', low: 0, high: 1, fit: 'train' },
      split: 1,
      framing: { kind: 'series', stride: 1 },
    } as const;
    const data = loadDataset(dataset, {});
    if (!data.ok) throw new Error(data.problems[0].message);
    const { metrics } = baselines(data.value);
    expect(metrics['majority.accuracy.test']).toBe(0.9);
    expect(metrics['nearest.accuracy.test']).toBeGreaterThan(0.98);
    expect(metrics['nearest.accuracy.test']).toBeLessThan(1);
    expect(metrics['nearest.recall.test']).toBeGreaterThan(0.8);
  });
});
