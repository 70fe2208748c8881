import { expect, it } from 'vitest';
import { metricsTable } from '../../cli/result/metrics.ts';
import { summary } from '../../cli/result/summary.ts';
import { forecastResult, sweepResult } from './synthetic-result.ts';

const plain = {
  bold: (text: string) => text,
  dim: (text: string) => text,
  red: (text: string) => text,
  green: (text: string) => text,
  yellow: (text: string) => text,
};
const artifacts = {
  result: 'out/result.json',
  predictions: 'out/predictions.csv',
  traces: 'out/traces.csv',
  weights: 'out/weights.safetensors',
  report: 'out/report.html',
  tables: {},
  arrays: {},
};

it('has a row for each network and each baseline, and the test metrics first', () => {
  const { columns, rows } = metricsTable(forecastResult);
  expect(columns).toEqual([
    { name: 'rmse.test', unit: 'passengers' },
    { name: 'rmse.train', unit: 'passengers' },
  ]);
  expect(rows.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'ideal network',
    'VoltageMode network',
    'CurrentMode network',
    'persistence baseline',
    'ar12 baseline',
  ]);
  expect(rows[1].cells).toEqual([
    { mean: 56.13, std: 1.24, median: 55.77 },
    { mean: 24.1, std: 0.9 },
  ]);
  expect(rows[3].cells).toEqual([{ mean: 49.8 }, undefined]);
});

it('is printed with units, deviations and verdicts', () => {
  const text = summary(forecastResult, artifacts, plain);
  expect(text).toContain('rmse.test (passengers)');
  expect(text).toMatch(/^VoltageMode +56\.1 ± 1\.2 \[55\.8\] +24\.10 ± 0\.90$/m);
  expect(text).toMatch(/^persistence +49\.8 +baseline$/m);
  expect(text).toContain('✓ rmse.test < 70  measured 53.2');
  expect(text).toContain('✗ VoltageMode.rmse.test < 50  measured 56.13');
  expect(text).toContain(
    'VoltageMode.rnn  VoltageArray  12 × 16 + 1 dummy  192 devices  4.95 µS per unit weight',
  );
  expect(text).toContain('warning 2 weights exceed weightMax. Leave weightMax out.');
  expect(text).toContain('out/report.html');
});

it('is printed for each swept value', () => {
  const text = summary(sweepResult, artifacts, plain);
  expect(text).toMatch(/^HfO2\.programming +rmse\.test +VoltageMode\.rmse\.test$/m);
  expect(text).toMatch(/^10 % +53\.2 +62\.2 ± 4\.0$/m);
});
