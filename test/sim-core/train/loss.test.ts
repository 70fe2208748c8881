import { describe, expect, it } from 'vitest';
import type { TrainingDesign } from '../../../sim-core/design/design.ts';
import type { SizedNetwork } from '../../../sim-core/graph/graph.ts';
import { planLoss, type VectorLoss } from '../../../sim-core/train/loss.ts';
import { cell, dense, designOf, last } from '../graph/std-cells.ts';
import { sized } from '../program/fixture.ts';

/** A network that ends in an activation over so many outputs. */
function ending(activation: 'softmax' | 'sigmoid' | 'none', size: number): SizedNetwork {
  const base = { rnn: cell('Np', ['x'], 2), l: last('rnn') };
  if (activation === 'none')
    return sized(designOf(1, { ...base, y: dense(['l'], size) }, { name: 'y', size }));
  const y =
    activation === 'softmax'
      ? ({ kind: 'softmax', inputs: ['d'] } as const)
      : ({ kind: 'unary', fn: 'sigmoid', inputs: ['d'] } as const);
  return sized(designOf(1, { ...base, d: dense(['l'], size), y }, { name: 'y', size }));
}

const value = (loss: VectorLoss, outputs: readonly number[], targets: readonly number[]) => {
  const gradient = Float64Array.from(outputs);
  return { loss: loss(gradient, 0, 1, Float64Array.from(targets), 0, outputs.length), gradient };
};

const softmax = (y: readonly number[]) => {
  const e = y.map(Math.exp);
  return e.map((v) => v / e.reduce((a, b) => a + b, 0));
};
const sigma = (y: number) => 1 / (1 + Math.exp(-y));

const cases: readonly [
  string,
  TrainingDesign['loss'],
  SizedNetwork,
  (y: number[], t: number[]) => number,
  number[],
][] = [
  [
    'mse',
    'mse',
    ending('none', 3),
    (y, t) => y.reduce((s, v, i) => s + (v - t[i]) ** 2, 0) / 3,
    [1, -2, 0.5],
  ],
  [
    'mae',
    'mae',
    ending('none', 3),
    (y, t) => y.reduce((s, v, i) => s + Math.abs(v - t[i]), 0) / 3,
    [1, -2, 0.5],
  ],
  [
    'cross-entropy of a softmax',
    'crossEntropy',
    ending('softmax', 3),
    (y, t) => -t.reduce((s, v, i) => s + v * Math.log(softmax(y)[i]), 0),
    [0, 1, 0],
  ],
  [
    'cross-entropy of logits',
    'crossEntropy',
    ending('none', 3),
    (y, t) => -t.reduce((s, v, i) => s + v * Math.log(softmax(y)[i]), 0),
    [0.2, 0.5, 0.3],
  ],
  [
    'cross-entropy of one sigmoid',
    'crossEntropy',
    ending('sigmoid', 1),
    ([y], [t]) => -(t * Math.log(sigma(y)) + (1 - t) * Math.log(1 - sigma(y))),
    [1],
  ],
  [
    'cross-entropy of one logit',
    'crossEntropy',
    ending('none', 1),
    ([y], [t]) => -(t * Math.log(sigma(y)) + (1 - t) * Math.log(1 - sigma(y))),
    [0],
  ],
];

describe.each(cases)('%s', (_name, kind, network, formula, targets) => {
  const { loss } = planLoss(kind, network);
  const outputs = [0.3, -1.2, 2.1].slice(0, targets.length);
  it('is its formula', () =>
    expect(value(loss, outputs, targets).loss).toBeCloseTo(formula(outputs, targets), 14));
  it('has the gradient that differences give', () => {
    const { gradient } = value(loss, outputs, targets);
    for (let i = 0; i < outputs.length; i++) {
      const at = (h: number) =>
        value(
          loss,
          outputs.map((y, j) => (i === j ? y + h : y)),
          targets,
        ).loss;
      expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
    }
  });
});

describe('cross-entropy', () => {
  it('stays finite and right for logits of any size', () => {
    const { loss } = planLoss('crossEntropy', ending('softmax', 2));
    expect(value(loss, [1000, -1000], [0, 1])).toEqual({ loss: 2000, gradient: Float64Array.of(1, -1) });
    expect(value(loss, [1000, -1000], [1, 0])).toEqual({ loss: 0, gradient: Float64Array.of(0, 0) });
    const binary = planLoss('crossEntropy', ending('sigmoid', 1)).loss;
    expect(value(binary, [-800], [1])).toEqual({ loss: 800, gradient: Float64Array.of(-1) });
    expect(value(binary, [800], [1])).toEqual({ loss: 0, gradient: Float64Array.of(0) });
  });

  it('takes the final activation out of the network, and no other loss does', () => {
    const network = ending('softmax', 3);
    const planned = planLoss('crossEntropy', network).network;
    expect(planned.layers.map((layer) => layer.name)).toEqual(['rnn', 'l', 'd']);
    expect(planned.outputs).toEqual([{ name: 'd', size: 3 }]);
    expect(planLoss('mse', network).network).toBe(network);
  });

  it('takes the outputs as probabilities where hardware made the activation', () => {
    const rewritten = ending('none', 2);
    const { network, loss } = planLoss('crossEntropy', rewritten, 'softmax');
    expect(network).toBe(rewritten);
    expect(value(loss, [0.25, 0.75], [1, 0]).loss).toBeCloseTo(Math.log(4), 14);
    expect(value(loss, [0, 1], [1, 0]).loss).toBeLessThan(30);
    const binary = planLoss('crossEntropy', ending('none', 1), 'sigmoid').loss;
    expect(value(binary, [0.8], [1]).gradient[0]).toBeCloseTo(-1.25, 12);
  });
});
