import type { Design, Result } from '@memloom/sim-core';

export const exampleDesign: Design = {
  version: 1,
  devices: [],
  crossbars: [],
  blocks: [],
  cells: [],
  hardware: [],
  networks: [],
  datasets: [],
  experiments: [],
};

/** A small result in which every part is present. */
export const exampleResult: Result = {
  experiment: 'forecast',
  provenance: { version: '0.1.0', seed: 7, design: 'ab'.repeat(32), data: { 'a.csv': 'cd'.repeat(32) } },
  metrics: {
    'rmse.train': 21,
    'rmse.test': 50,
    'Analog.rmse.test': 52,
    'Analog.rmse.test.std': 1.5,
    'Digital.rmse.test': 51,
    'Digital.rmse.test.std': 0.25,
  },
  metricUnits: { rmse: 'passengers' },
  baselines: { 'persistence.rmse.test': 55, 'ar12.rmse.test': 48 },
  expectations: [{ text: 'rmse.test < 70', value: 50, holds: true }],
  training: { loss: Float64Array.of(3, 2, 1), validationLoss: new Float64Array(), epochs: 3 },
  weights: [{ name: 'rnn.i.x', shape: [2, 1], values: Float64Array.of(0.1, -0.2) }],
  predictions: [prediction('ideal', [10, 20], [0, 0]), prediction('Analog', [11, 19], [0.5, 0.25])],
  traces: {
    sample: Float64Array.of(0, 0, 1, 1),
    step: Float64Array.of(0, 1, 0, 1),
    columns: [{ name: 'ideal.rnn.c[0]', unit: '1', values: Float64Array.of(0.1, 0.2, -0.1, -0.2) }],
  },
  families: [],
  arrays: [],
  transients: [],
  tables: [],
  measurements: [],
  warnings: [{ code: 'a.b', message: 'A weight is clipped.', hint: 'Raise weightMax.' }],
};

function prediction(run: string, mean: readonly number[], std: readonly number[]) {
  return {
    run,
    subset: 'test' as const,
    output: 'y',
    target: Float64Array.of(10, 21),
    mean: Float64Array.from(mean),
    std: Float64Array.from(std),
    index: Float64Array.of(97, 98),
    width: 1,
  };
}
