import { describe, expect, it } from 'vitest';
import type { SizedNetwork } from '../../../sim-core/graph/graph.ts';
import {
  readOutput,
  readTensorGradient,
  writeOutputGradient,
  writeTensor,
} from '../../../sim-core/program/access.ts';
import { compileNetwork } from '../../../sim-core/program/compile.ts';
import { backward, forward } from '../../../sim-core/program/evaluate.ts';
import { cell, cellOf, cellTexts, dense, designOf, last } from '../graph/std-cells.ts';
import { load, normal, randomWeights, sized } from './fixture.ts';

/** Compares every tensor's gradient of a random linear function of the output with central differences. */
function checkGradients(network: SizedNetwork, batch: number, steps = 4): void {
  const program = compileNetwork(network, { batch, steps, gradient: true, record: 'none' });
  const weights = randomWeights(network);
  load(program, weights);
  forward(program);
  const name = network.outputs[0].name;
  const direction = normal('direction', readOutput(program, name).length);
  const value = () => {
    forward(program);
    return readOutput(program, name).reduce((sum, y, i) => sum + y * direction[i], 0);
  };
  writeOutputGradient(program, name, direction);
  backward(program);
  const gradients = new Map(
    [...weights.keys()].map((tensor) => [tensor, readTensorGradient(program, tensor)]),
  );
  for (const [tensor, values] of weights) {
    const gradient = gradients.get(tensor) ?? new Float64Array();
    expect(gradient.length).toBe(values.length);
    const scale = Math.max(...gradient.map(Math.abs));
    expect(scale, `${tensor} has a gradient`).toBeGreaterThan(1e-6);
    for (let i = 0; i < values.length; i++) {
      const at = (shift: number) => {
        const moved = values.slice();
        moved[i] += shift;
        writeTensor(program, tensor, moved);
        return value();
      };
      // Two spacings cancel the third-order term of the central difference.
      const h = 1e-3;
      const difference = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
      writeTensor(program, tensor, values);
      expect(Math.abs(gradient[i] - difference) / Math.max(scale, 1e-3), `${tensor}[${i}]`).toBeLessThan(
        1e-7,
      );
    }
  }
}

describe('the gradient equals central differences', () => {
  it.each(Object.keys(cellTexts))('for %s', (name) => {
    const network = sized(designOf(2, { y: cell(name, ['x'], 3) }, { name: 'y', size: 3 }));
    for (const batch of [1, 2, 5]) checkGradients(network, batch);
  });

  it('for stacked layers of other kinds and sizes', () => {
    checkGradients(
      sized(
        designOf(
          2,
          { a: cell('Lstm', ['x'], 5), d: dense(['a'], 3), b: cell('Gru', ['d'], 4), y: dense(['b'], 2) },
          { name: 'y', size: 2 },
        ),
      ),
      3,
    );
  });

  it('for both directions, concatenated at each step and at the end', () => {
    const layers = {
      f: cell('Np', ['x'], 3),
      b: cell('Lstm', ['x'], 2, true),
      both: { kind: 'concatenate', inputs: ['f', 'b'] } as const,
      top: cell('Mgu', ['both'], 2, true),
      lf: last('f'),
      lt: last('top', true),
      lm: last('both'),
      ends: { kind: 'concatenate', inputs: ['lf', 'lt', 'lm'] } as const,
      d: dense(['ends'], 3),
      y: { kind: 'softmax', inputs: ['d'] } as const,
    };
    checkGradients(sized(designOf(2, layers, { name: 'y', size: 3 })), 2);
  });

  it('for a softmax at each step', () => {
    const layers = {
      a: cell('Np', ['x'], 3),
      d: dense(['a'], 4),
      y: { kind: 'softmax', inputs: ['d'] } as const,
    };
    checkGradients(sized(designOf(2, layers, { name: 'y', size: 4 })), 3);
  });

  it('for panels of every width', () => {
    for (const units of [1, 2, 15, 16, 17, 33]) {
      const layers = { d: dense(['x'], units), e: dense(['d'], 2), y: last('e') };
      checkGradients(sized(designOf(3, layers, { name: 'y', size: 2 })), units % 2 === 0 ? 1 : 6, 2);
    }
  });

  it.each([
    ['relu', 'relu(vmm(x, 1))'],
    ['hard sigmoid', 'hardSigmoid(vmm(x, 1))'],
    ['exp, ln and sqrt', 'ln(1 + exp(vmm(x, 1))) + sqrt(exp(vmm(h, 1)))'],
    ['sinh and cosh', 'sinh(vmm(x, 1)) / cosh(vmm(h, 1))'],
    ['abs and negate', 'abs(-vmm(x, 1)) - h'],
    ['two biases on one bit line', 'tanh(vmm(x, 1) + vmm(h, 1))'],
    ['a peephole alone', 'tanh(peephole(h) + vmm(x, 1))'],
    ['a product inside a product', 'tanh(vmm(h * vmm(x, 1), 1))'],
  ])('for %s', (_title, text) => {
    const own = cellOf('Own', { states: ['h'], equations: { "h'": text } }, { h: 0.3 });
    checkGradients(sized(designOf(2, { y: cell('Own', ['x'], 3) }, { name: 'y', size: 3 }, [own])), 2);
  });

  it('for a shift register of states, which hands values on one step later each', () => {
    const equations = { "a'": 'tanh(vmm(x, 1))', "b'": 'a', "h'": 'vmm(b, 1) * a' };
    const own = cellOf('Shift', { states: ['a', 'b', 'h'], equations }, { b: 0.5 });
    checkGradients(sized(designOf(2, { y: cell('Shift', ['x'], 2) }, { name: 'y', size: 2 }, [own])), 2);
  });
});
