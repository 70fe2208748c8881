import type { Prediction, Result, TraceTable } from '@memloom/sim-core';

/** Results with known numbers, so that what is printed and drawn of them can be told in advance. */

const wave = (length: number, at: (k: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, k) => at(k));

function prediction(
  run: string,
  subset: 'train' | 'test',
  length: number,
  error: number,
  std: number,
): Prediction {
  const start = subset === 'train' ? 3 : 100;
  const target = wave(length, (k) => 200 + 2 * (start + k) + 40 * Math.sin((start + k) / 2));
  return {
    run,
    subset,
    output: 'y',
    width: 1,
    index: wave(length, (k) => start + k),
    target,
    mean: wave(length, (k) => target[k] + error * Math.cos(k)),
    std: wave(length, () => std),
  };
}

function traces(
  samples: number,
  steps: number,
  runs: readonly string[],
  signals: readonly string[],
): TraceTable {
  const rows = samples * steps;
  return {
    sample: wave(rows, (row) => Math.floor(row / steps)),
    step: wave(rows, (row) => row % steps),
    columns: runs.flatMap((run, r) =>
      signals.flatMap((signal, s) =>
        [0, 1].map((unit) => ({
          name: `${run}.${signal}[${unit}]`,
          unit: run === 'ideal' ? '1' : 'V',
          values: wave(rows, (row) => (r === 0 ? 1 : 0.1) * Math.sin(row / 5 + unit + s)),
        })),
      ),
    ),
  };
}

export const forecastResult: Result = {
  experiment: 'forecast',
  provenance: {
    version: '0.1.0',
    seed: 7,
    design: 'd'.repeat(64),
    data: { 'airline-passengers.csv': 'a'.repeat(64) },
  },
  metrics: {
    'rmse.train': 22.5,
    'rmse.test': 53.2,
    'VoltageMode.rmse.train': 24.1,
    'VoltageMode.rmse.train.std': 0.9,
    'VoltageMode.rmse.test': 56.13,
    'VoltageMode.rmse.test.std': 1.24,
    'VoltageMode.rmse.test.median': 55.77,
    'CurrentMode.rmse.train': 24.9,
    'CurrentMode.rmse.train.std': 1.1,
    'CurrentMode.rmse.test': 57.4,
    'CurrentMode.rmse.test.std': 1.51,
  },
  metricUnits: { rmse: 'passengers' },
  baselines: { 'persistence.rmse.test': 49.8, 'ar12.rmse.test': 21.9 },
  expectations: [
    { text: 'rmse.test < 70', value: 53.2, holds: true },
    { text: 'VoltageMode.rmse.test < 50', value: 56.13, holds: false },
  ],
  training: {
    epochs: 100,
    loss: wave(100, (k) => 0.06 * Math.exp(-k / 20) + 0.002),
    validationLoss: wave(0, () => 0),
  },
  weights: [
    { name: 'rnn.i.x', shape: [2, 1], values: Float64Array.of(0.5, -0.25) },
    { name: 'rnn.i.bias', shape: [2], values: Float64Array.of(1, 2) },
  ],
  predictions: [
    ...(['train', 'test'] as const).flatMap((subset) =>
      [
        ['ideal', 18, 0],
        ['VoltageMode', 25, 6],
        ['CurrentMode', 30, 9],
      ].map(([run, error, std]) =>
        prediction(String(run), subset, subset === 'train' ? 92 : 44, Number(error), Number(std)),
      ),
    ),
  ],
  families: [],
  traces: traces(
    44,
    3,
    ['ideal', 'VoltageMode', 'CurrentMode'],
    ['rnn.i', 'rnn.f', 'rnn.z', 'rnn.o', 'rnn.c', 'rnn.h'],
  ),
  arrays: [
    {
      hardware: 'VoltageMode',
      layer: 'rnn',
      crossbar: 'VoltageArray',
      rows: 12,
      tiles: 1,
      utilisation: 1,
      dummyRows: 1,
      columns: 16,
      devices: 192,
      siemensPerWeight: 4.95e-6,
      weightMax: 1.73,
    },
  ],
  transients: [],
  tables: [],
  measurements: [],
  warnings: [
    { code: 'weights.clipped', message: '2 weights exceed weightMax.', hint: 'Leave weightMax out.' },
  ],
};

export const sweepResult: Result = {
  ...forecastResult,
  sweep: {
    parameter: 'HfO2.programming',
    points: [0, 0.02, 0.05, 0.1].map((value) => ({
      text: `${100 * value} %`,
      value,
      metrics: {
        'rmse.test': 53.2,
        'VoltageMode.rmse.test': 53.2 + 90 * value,
        'VoltageMode.rmse.test.std': 40 * value,
      },
    })),
  },
};

/** Three classes and eight samples; the hardware takes sample 0 for class 2. */
export function classificationResult(): Result {
  const actual = [0, 0, 0, 1, 1, 1, 1, 2];
  const taken = { ideal: actual, VoltageMode: [2, ...actual.slice(1)] };
  const scores = (classes: readonly number[]) =>
    Float64Array.from(classes.flatMap((one) => [0, 1, 2].map((each) => (each === one ? 0.8 : 0.1))));
  return {
    ...forecastResult,
    experiment: 'classify',
    metrics: {
      'accuracy.test': 1,
      'VoltageMode.accuracy.test': 0.875,
      'VoltageMode.accuracy.test.std': 0.02,
    },
    metricUnits: {},
    baselines: { 'majority.accuracy.test': 0.5 },
    expectations: [],
    predictions: Object.entries(taken).map(([run, classes]) => ({
      run,
      subset: 'test',
      output: 'y',
      width: 3,
      index: wave(8, (k) => k),
      target: scores(actual).map((score) => (score > 0.5 ? 1 : 0)),
      mean: scores(classes),
      std: wave(24, () => 0),
    })),
    traces: traces(2, 150, ['ideal', 'VoltageMode'], ['rnn.c']),
    warnings: [],
  };
}
