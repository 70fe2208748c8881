import { describe, expect, it } from 'vitest';
import type { TrainingDesign } from '../../../sim-core/design/design.ts';
import { clipGradients, createOptimizer } from '../../../sim-core/train/optimizer.ts';

/** Weights after each of the given gradients. */
function steps(design: TrainingDesign['optimizer'], from: number, gradients: readonly number[]): number[] {
  const optimizer = createOptimizer(design);
  const weights = new Map([['w', Float64Array.of(from)]]);
  return gradients.map((gradient) => {
    optimizer(weights, new Map([['w', Float64Array.of(gradient)]]));
    return weights.get('w')?.[0] ?? Number.NaN;
  });
}

describe('optimizers take the steps that their rules give by hand', () => {
  it('gradient descent', () => {
    const [a, b] = steps({ kind: 'sgd', rate: 0.1, momentum: 0 }, 1, [2, -4]);
    expect(a).toBeCloseTo(0.8, 15);
    expect(b).toBeCloseTo(1.2, 15);
  });

  it('gradient descent with momentum', () => {
    // v: -0.2, then 0.9·(-0.2) - 0.1·3 = -0.48, then 0.9·(-0.48) + 0.1·1 = -0.332.
    const [a, b, c] = steps({ kind: 'sgd', rate: 0.1, momentum: 0.9 }, 1, [2, 3, -1]);
    expect(a).toBeCloseTo(0.8, 15);
    expect(b).toBeCloseTo(0.32, 15);
    expect(c).toBeCloseTo(-0.012, 15);
  });

  it('Adam, whose first step is the rate whatever the gradient', () => {
    const adam = { kind: 'adam', rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    expect(steps(adam, 1, [1e3])[0]).toBeCloseTo(0.999, 12);
    expect(steps(adam, 1, [-1e-3])[0]).toBeCloseTo(1.001, 7);
    // Second step: m = 0.9·0.1·2 + 0.1·1 = 0.28, v = 0.999·0.001·4 + 0.001·1 = 0.004996.
    const m = 0.28 / (1 - 0.81);
    const v = 0.004996 / (1 - 0.998001);
    const [first, second] = steps(adam, 1, [2, 1]);
    expect(second).toBeCloseTo(first - (0.001 * m) / (Math.sqrt(v) + 1e-8), 15);
  });

  it('RMSprop', () => {
    const rmsprop = { kind: 'rmsprop', rate: 0.01, decay: 0.9, epsilon: 1e-7 } as const;
    // v: 0.1·4 = 0.4, then 0.36 + 0.1·1 = 0.46.
    const [a, b] = steps(rmsprop, 1, [2, 1]);
    expect(a).toBeCloseTo(1 - 0.02 / (Math.sqrt(0.4) + 1e-7), 15);
    expect(b).toBeCloseTo(a - 0.01 / (Math.sqrt(0.46) + 1e-7), 15);
  });
});

describe('clipping', () => {
  const gradients = () =>
    new Map([
      ['a', Float64Array.of(3)],
      ['b', Float64Array.of(0, -4)],
    ]);
  it('scales all gradients together to the limit', () => {
    const clipped = gradients();
    expect(clipGradients(clipped, 1)).toBe(5);
    expect(clipped.get('a')?.[0]).toBeCloseTo(0.6, 15);
    expect(clipped.get('b')?.[1]).toBeCloseTo(-0.8, 15);
  });
  it('leaves alone what is within it', () => {
    const unclipped = gradients();
    clipGradients(unclipped, 6);
    clipGradients(unclipped, undefined);
    expect(unclipped).toEqual(gradients());
  });
});
