import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../../sim-core/train/initial-weights.ts';
import { cell, dense, designOf } from '../graph/std-cells.ts';
import { sized } from '../program/fixture.ts';

const inputs = 3;
const units = 20;
const network = sized(
  designOf(inputs, { rnn: cell('Lstm', ['x'], units), y: dense(['rnn'], 7) }, { name: 'y', size: 7 }),
);
const weights = initialWeights(network, 7);
const tensor = (name: string): Float64Array => weights.get(name) ?? new Float64Array();
const gates = ['i', 'f', 'z', 'o'];

describe('initial weights', () => {
  it('of inputs are uniform within the Glorot limit of all gates together', () => {
    const values = gates.flatMap((gate) => [...tensor(`rnn.${gate}.x`)]);
    const limit = Math.sqrt(6 / (inputs + 4 * units));
    const largest = Math.max(...values.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.95 * limit);
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(variance / (limit ** 2 / 3)).toBeGreaterThan(0.75);
    expect(variance / (limit ** 2 / 3)).toBeLessThan(1.25);
  });

  it('of a dense layer are within its own Glorot limit', () => {
    const largest = Math.max(...tensor('y.weight').map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.sqrt(6 / (units + 7)));
    expect(largest).toBeGreaterThan(0.9 * Math.sqrt(6 / (units + 7)));
  });

  it('of the recurrence have orthonormal rows over all gates', () => {
    for (let a = 0; a < units; a++)
      for (let b = 0; b <= a; b++) {
        let dot = 0;
        for (const gate of gates) {
          const values = tensor(`rnn.${gate}.h`);
          for (let j = 0; j < units; j++) dot += values[a * units + j] * values[b * units + j];
        }
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 13);
      }
  });

  it('of biases and peepholes are zero, but for the forget gate', () => {
    for (const gate of gates)
      expect(new Set(tensor(`rnn.${gate}.bias`))).toEqual(new Set([gate === 'f' ? 1 : 0]));
    for (const gate of ['i', 'f', 'o']) expect(new Set(tensor(`rnn.${gate}.c`))).toEqual(new Set([0]));
    expect(new Set(tensor('y.bias'))).toEqual(new Set([0]));
  });

  it('depend on the seed alone', () => {
    expect(initialWeights(network, 7)).toEqual(weights);
    expect(initialWeights(network, 8).get('rnn.i.x')).not.toEqual(tensor('rnn.i.x'));
  });
});
