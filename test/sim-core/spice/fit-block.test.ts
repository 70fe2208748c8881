import { type BlockDesign, fitBlock, type ParameterDesign, randomStream } from '@memloom/sim-core';
import { describe, expect, it } from 'vitest';

const size = { constant: 1, terms: {} };
const reference = (name: string) => ({ op: 'reference', name, next: false }) as const;
const parameter = (name: string, value: number): ParameterDesign => ({
  name,
  unit: '1',
  default: { kind: 'number', value },
});

/** out = tanh(gain · (in + offset)) · swing */
const block: BlockDesign = {
  id: 'block:Pair',
  name: 'Pair',
  inputs: [{ name: 'in', unit: 'V' }],
  output: { name: 'out', unit: 'V' },
  parameters: [parameter('gain', 1), parameter('offset', 0), parameter('swing', 1)],
  equations: [
    {
      id: 'block:Pair/out',
      name: 'out',
      next: false,
      size,
      value: {
        op: 'binary',
        fn: 'multiply',
        left: {
          op: 'unary',
          fn: 'tanh',
          of: {
            op: 'binary',
            fn: 'multiply',
            left: reference('gain'),
            right: { op: 'binary', fn: 'add', left: reference('in'), right: reference('offset') },
          },
        },
        right: reference('swing'),
      },
    },
  ],
};

const inputs = Float64Array.from({ length: 61 }, (_, k) => -3 + 0.1 * k);
const measuredWith = (gain: number, offset: number, swing: number, noise = 0) => {
  const stream = randomStream(5, 'measurement');
  const output = inputs.map(
    (x) => swing * Math.tanh(gain * (x + offset)) + noise * (2 * stream.uniform() - 1),
  );
  return { inputs: { in: inputs }, output };
};

describe('fitting a block to a measured transfer', () => {
  it('finds the parameters that made it', () => {
    const { values, deviation } = fitBlock(block, measuredWith(1.4, -0.2, 0.8), ['gain', 'offset', 'swing']);
    expect(values.gain).toBeCloseTo(1.4, 9);
    expect(values.offset).toBeCloseTo(-0.2, 9);
    expect(values.swing).toBeCloseTo(0.8, 9);
    expect(deviation).toBeLessThan(1e-9);
  });

  it('says how far the equations stay from what was measured', () => {
    const { values, deviation } = fitBlock(block, measuredWith(1.4, 0, 1, 0.01), ['gain', 'offset', 'swing']);
    expect(values.gain).toBeCloseTo(1.4, 1);
    expect(deviation).toBeGreaterThan(0.005);
    expect(deviation).toBeLessThan(0.015);
  });

  it('keeps what it is told to keep', () => {
    const { values } = fitBlock(block, measuredWith(1.4, 0, 0.8), ['gain'], { swing: 0.8 });
    expect(Object.keys(values)).toEqual(['gain']);
    expect(values.gain).toBeCloseTo(1.4, 9);
  });

  it('leaves out a parameter that the measurement does not determine', () => {
    const twice: BlockDesign = { ...block, parameters: [...block.parameters, parameter('idle', 7)] };
    const { values } = fitBlock(twice, measuredWith(1.4, 0, 1), ['gain', 'idle']);
    expect(values.gain).toBeCloseTo(1.4, 9);
    expect(values.idle).toBe(7);
  });
});
