import { describe, expect, it } from 'vitest';
import type { Design, LayerDesign, TrainingDesign } from '../../../sim-core/design/design.ts';
import type { Result } from '../../../sim-core/run/result.ts';
import { run } from '../../../sim-core/run/run.ts';
import { airlineDesign } from './airline-design.ts';

/** A classifier of short wafer traces whose last layers are given. */
function waferDesign(
  outputs: number,
  last: readonly (Pick<LayerDesign, 'name' | 'inputs'> & { kind: 'softmax' | 'unary' | 'dense' })[],
  train: Partial<TrainingDesign> = {},
): Design {
  const base = airlineDesign({
    train: {
      optimizer: { kind: 'adam', rate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      loss: 'crossEntropy',
      epochs: 60,
      batch: 16,
      clip: 1,
      ...train,
    },
    experiment: { infer: { hardware: ['CurrentMode'], trials: 2, probes: [] }, expectations: [] },
  });
  const layers = last.map(
    ({ name, inputs, kind }): LayerDesign => ({
      id: `network:Forecast/${name}`,
      name,
      inputs,
      ...(kind === 'dense'
        ? { kind, units: outputs, bias: true }
        : kind === 'unary'
          ? { kind, fn: 'sigmoid' }
          : { kind }),
    }),
  );
  const [network] = base.networks;
  const end: LayerDesign = {
    id: 'network:Forecast/end',
    name: 'end',
    kind: 'last',
    inputs: ['rnn'],
    reverse: false,
  };
  return {
    ...base,
    networks: [
      { ...network, outputs: [{ name: 'y', size: outputs }], layers: [network.layers[0], end, ...layers] },
    ],
    datasets: [
      {
        ...base.datasets[0],
        source: { kind: 'wafer', train: 400, test: 300, length: 152, abnormal: 0.3, seed: 1 },
        scale: { kind: 'none', low: 0, high: 1, fit: 'train' },
        framing: { kind: 'series', stride: 8 },
      },
    ],
  };
}

const resultOf = (design: Design): Result => {
  const result = run({ design, experiment: 'forecast', files: {}, version: 'test' });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
};

const dense = { name: 'score', inputs: ['end'], kind: 'dense' } as const;

describe('a classifier', () => {
  const softmax = resultOf(waferDesign(2, [dense, { name: 'y', inputs: ['score'], kind: 'softmax' }]));

  it('learns to find abnormal traces far beyond the majority', () => {
    expect(softmax.baselines['majority.accuracy.test']).toBe(0.7);
    expect(softmax.metrics['accuracy.test']).toBeGreaterThan(0.85);
    expect(softmax.metrics['recall.test']).toBeGreaterThan(0.7);
    expect(softmax.metrics['CurrentMode.recall.test.std']).toBeGreaterThanOrEqual(0);
  });

  it('gives probabilities of both classes beside one-hot targets', () => {
    const [, test] = softmax.predictions;
    expect(test).toMatchObject({ run: 'ideal', subset: 'test', width: 2 });
    for (let row = 0; row < 300; row++) {
      expect(test.mean[2 * row] + test.mean[2 * row + 1]).toBeCloseTo(1, 12);
      expect(test.target[2 * row] + test.target[2 * row + 1]).toBe(1);
    }
  });

  it('reports the accuracy and cross-entropy that its predictions show', () => {
    const [, test] = softmax.predictions;
    let right = 0;
    let entropy = 0;
    for (let row = 0; row < 300; row++) {
      const actual = test.target[2 * row] === 1 ? 0 : 1;
      if (test.mean[2 * row + actual] > 0.5) right++;
      entropy -= Math.log(test.mean[2 * row + actual]) / 300;
    }
    expect(softmax.metrics['accuracy.test']).toBeCloseTo(right / 300, 12);
    expect(softmax.metrics['crossEntropy.test']).toBeCloseTo(entropy, 9);
  });

  it('records every signal of the cell where no probe is named', () => {
    const names = softmax.traces.columns
      .filter(({ name }) => name.startsWith('ideal.'))
      .map(({ name }) => name);
    expect(names.length).toBe(6 * 4);
    expect(names).toContain('ideal.rnn.c[3]');
  });

  it('without an activation gives logits, which are reported as the probabilities that they stand for', () => {
    const { predictions, metrics } = resultOf(waferDesign(2, [{ ...dense, name: 'y' }], { epochs: 60 }));
    const { mean } = predictions[1];
    for (let row = 0; row < 300; row++) expect(mean[2 * row] + mean[2 * row + 1]).toBeCloseTo(1, 12);
    expect(metrics['recall.test']).toBeGreaterThan(0.7);
  });

  it('with a single sigmoid output learns the positive class against the rest', () => {
    const { metrics, predictions } = resultOf(
      waferDesign(1, [dense, { name: 'y', inputs: ['score'], kind: 'unary' }]),
    );
    expect(metrics['accuracy.test']).toBeGreaterThan(0.85);
    expect(metrics['recall.test']).toBeGreaterThan(0.7);
    const { target } = predictions[1];
    expect(target.reduce((sum, value) => sum + value, 0)).toBe(90);
  });
});

describe('one sequence with a target at each step', () => {
  it('is trained and forecast as a whole', () => {
    const base = airlineDesign({ train: { epochs: 30 }, experiment: { infer: undefined } });
    const design: Design = {
      ...base,
      datasets: [{ ...base.datasets[0], framing: { kind: 'sequence', ahead: 1 } }],
    };
    const text = `passengers\n${Array.from({ length: 60 }, (_, at) => 50 + 30 * Math.sin(at / 3)).join('\n')}`;
    const outcome = run({
      design,
      experiment: 'forecast',
      files: { 'airline-passengers.csv': new TextEncoder().encode(text) },
      version: 'test',
    });
    if (!outcome.ok) throw new Error(outcome.problems[0].message);
    const [train, test] = outcome.value.predictions;
    expect([train.mean.length, test.mean.length]).toEqual([39, 19]);
    expect([...test.index]).toEqual(Array.from({ length: 19 }, (_, at) => 41 + at));
    expect(outcome.value.training.loss[29]).toBeLessThan(outcome.value.training.loss[0]);
  });
});
