import { describe, expect, it } from 'vitest';
import { byName, designOf, layers } from '../program.ts';

const layersOf = async (body: string, ports = '(x: [2]) -> y: [1]') =>
  layers(byName((await designOf(`import std.cells\nnetwork N${ports} {\n${body}\n}`)).networks, 'N'));

describe('networks', () => {
  it('stack layers in the order of evaluation, whatever the order of the text', async () => {
    expect(
      await layersOf('y = dense(top, units = 1)\ntop = Gru(low, units = 3)\nlow = Np(x, units = 4)'),
    ).toEqual(['low = Np{n=2 m=4}(x)', 'top = Gru{n=4 m=3}(low)', 'y = dense{1}(top)']);
  });

  it('flatten nested calls into layers with dotted names', async () => {
    expect(await layersOf('y = dense(last(tanh(Np(x, units = 4))), units = 1, bias = false)')).toEqual([
      'y.input.input.operand = Np{n=2 m=4}(x)',
      'y.input.input = tanh(y.input.input.operand)',
      'y.input = last(y.input.input)',
      'y = dense{1 no bias}(y.input)',
    ]);
  });

  it('run a bidirectional layer forward and backward and concatenate', async () => {
    expect(await layersOf('both = bidirectional(Lstm(x, units = 4))\ny = dense(both, units = 1)')).toEqual([
      'both.forward = Lstm{n=2 m=4}(x)',
      'both.backward = backward Lstm{n=2 m=4}(x)',
      'both = concatenate(both.forward, both.backward)',
      'y = dense{1}(both)',
    ]);
  });

  it('take the last value of each direction where it ends', async () => {
    const found = await layersOf(
      'both = bidirectional(Lstm(x, units = 4))\ny = dense(last(both), units = 1)',
    );
    expect(found.slice(3)).toEqual([
      'y.input.part1 = last(both.forward)',
      'y.input.part2 = last of backward(both.backward)',
      'y.input = concatenate(y.input.part1, y.input.part2)',
      'y = dense{1}(y.input)',
    ]);
  });

  it('combine signals elementwise', async () => {
    expect(
      await layersOf(
        'a = Np(x, units = 2)\nb = Np(a, units = 2)\ny = softmax(-max(a + x, b * x))',
        '(x: [2]) -> y: [2]',
      ),
    ).toEqual([
      'a = Np{n=2 m=2}(x)',
      'b = Np{n=2 m=2}(a)',
      'y.input.operand.left = add(a, x)',
      'y.input.operand.right = multiply(b, x)',
      'y.input.operand = maximum(y.input.operand.left, y.input.operand.right)',
      'y.input = negate(y.input.operand)',
      'y = softmax(y.input)',
    ]);
  });

  it('bind dimensions by name and from inputs, with several inputs and outputs', async () => {
    const design = await designOf(`cell Mix(x: [n], g: [m]) -> h: [m], s: [k] {
        state h: [m] state s: [k]
        h' = g * vmm(x, s) s' = vmm(h)
      }
      network N(x: [2], g: [3]) -> y: [3] { y = Mix(x, g, k = 5) }`);
    expect(design.networks[0]).toMatchObject({
      inputs: [
        { name: 'x', size: 2 },
        { name: 'g', size: 3 },
      ],
      outputs: [{ name: 'y', size: 3 }],
      layers: [{ kind: 'cell', inputs: ['x', 'g'], dimensions: { n: 2, m: 3, k: 5 } }],
    });
  });
});
