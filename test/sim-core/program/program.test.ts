import { describe, expect, it } from 'vitest';
import type { GraphNode, SizedNetwork, StepGraph } from '../../../sim-core/graph/graph.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import {
  readOutput,
  readProbe,
  readTensor,
  readTensorGradient,
  writeInput,
  writeOutputGradient,
  writeParameter,
  writeTensor,
} from '../../../sim-core/program/access.ts';
import { compileNetwork, programSize } from '../../../sim-core/program/compile.ts';
import { backward, checkFinite, forward, setNoise } from '../../../sim-core/program/evaluate.ts';
import { scheduleLayers } from '../../../sim-core/program/schedule.ts';
import { cell, cellOf, dense, designOf, last } from '../graph/std-cells.ts';
import { load, normal, randomWeights, sized } from './fixture.ts';

/** A network of one layer with the given nodes on an input of size 2. */
function networkOf(nodes: readonly GraphNode[], more: Partial<StepGraph> = {}): SizedNetwork {
  const output = nodes.length - 1;
  const { size } = nodes[output];
  const graph: StepGraph = {
    nodes,
    inputs: [0],
    states: [],
    output,
    probes: [],
    tensors: [],
    parameters: [],
    ...more,
  };
  const inputs = [{ name: 'x', size: nodes[0].size }];
  const layer = { name: 'y', graph, inputs: ['x'], direction: 'forward', time: 'sequence', size } as const;
  return { inputs, layers: [layer], outputs: [{ name: 'y', size }] };
}
const input: GraphNode = { op: 'input', size: 2 };
const options = { batch: 3, steps: 4, gradient: false, record: 'none' } as const;

describe('memory', () => {
  const size = (steps: number, record: 'none' | readonly string[], gradient = false) => {
    const layers = { rnn: cell('Lstm', ['x'], 20), l: last('rnn'), y: dense(['l'], 1) };
    const network = sized(designOf(1, layers, { name: 'y', size: 1 }));
    return compileNetwork(network, { batch: 1, steps, record, gradient }).machine.memory.length;
  };
  it.each([false, true])('is found without taking it (with gradients: %s)', (gradient) => {
    const layers = { rnn: cell('Lstm', ['x'], 20), l: last('rnn'), y: dense(['l'], 3) };
    const network = sized(designOf(1, layers, { name: 'y', size: 3 }));
    const options = { batch: 7, steps: 11, record: ['rnn.i'], gradient };
    expect(programSize(network, options)).toBe(compileNetwork(network, options).machine.memory.length);
  });

  it('grows with the steps by the input alone, unless signals are recorded', () => {
    expect(size(1000, 'none') - size(500, 'none')).toBe(500);
    expect(size(1000, ['rnn.i']) - size(500, ['rnn.i'])).toBe(500 * 21);
    expect(size(1000, 'none', true)).toBeGreaterThan(size(500, 'none', true) + 500 * 100);
  });
});

describe('phases', () => {
  it('are as few as the directions allow', () => {
    const layers = {
      a: cell('Np', ['x'], 2),
      d: dense(['a'], 3),
      b: cell('Np', ['d'], 2),
      r: cell('Np', ['x'], 2, true),
      both: { kind: 'concatenate', inputs: ['b', 'r'] } as const,
      y: last('both'),
    };
    const { phases } = scheduleLayers(sized(designOf(1, layers, { name: 'y', size: 4 })));
    expect(phases.map(({ kind, layers: members }) => [kind, members])).toEqual([
      ['forward', [0, 1, 2]],
      ['backward', [3, 4]],
      ['once', [5]],
    ]);
  });
});

describe('tensors', () => {
  it('are read as they were written', () => {
    const network = sized(designOf(3, { y: cell('Fgr', ['x'], 5) }, { name: 'y', size: 5 }));
    const weights = randomWeights(network);
    for (const batch of [1, 4]) {
      const program = compileNetwork(network, { ...options, batch });
      load(program, weights);
      for (const [name, values] of weights) expect(readTensor(program, name)).toEqual(values);
    }
  });

  it('that stand in several places are one tensor, whose gradient is the sum over them', () => {
    const nodes: GraphNode[] = [
      input,
      { op: 'unary', fn: 'tanh', of: 0, size: 2 },
      { op: 'product', tensor: 'w', of: 0, size: 3 },
      { op: 'product', tensor: 'w', of: 1, size: 3 },
      { op: 'binary', fn: 'multiply', left: 2, right: 3, size: 3 },
    ];
    const network = networkOf(nodes, { tensors: [{ name: 'w', inputs: 2, units: 3 }] });
    const program = compileNetwork(network, { ...options, batch: 1, steps: 1, gradient: true });
    writeTensor(program, 'w', [1, 2, 3, 4, 5, 6]);
    writeInput(program, 'x', [0.5, -0.25]);
    forward(program);
    const [t0, t1] = [Math.tanh(0.5), Math.tanh(-0.25)];
    const column = (j: number) => [0.5 * (1 + j) - 0.25 * (4 + j), t0 * (1 + j) + t1 * (4 + j)];
    const output = readOutput(program, 'y');
    for (const j of [0, 1, 2]) expect(output[j]).toBeCloseTo(column(j)[0] * column(j)[1], 14);
    writeOutputGradient(program, 'y', [1, 1, 1]);
    backward(program);
    const gradient = readTensorGradient(program, 'w');
    for (const j of [0, 1, 2]) {
      expect(gradient[j]).toBeCloseTo(0.5 * column(j)[1] + t0 * column(j)[0], 14);
      expect(gradient[3 + j]).toBeCloseTo(-0.25 * column(j)[1] + t1 * column(j)[0], 14);
    }
  });
});

describe('parameters', () => {
  const nodes: GraphNode[] = [
    input,
    { op: 'parameter', parameter: 'gain', size: 1 },
    { op: 'parameter', parameter: 'offset', size: 2 },
    { op: 'unary', fn: 'exp', of: 1, size: 1 },
    { op: 'binary', fn: 'multiply', left: 3, right: 0, size: 2 },
    { op: 'binary', fn: 'add', left: 4, right: 2, size: 2 },
  ];
  const parameters = [
    { name: 'gain', size: 1 },
    { name: 'offset', size: 2 },
  ];
  it('spread along the batch, a number along the vector, and can be written anew', () => {
    const program = compileNetwork(networkOf(nodes, { parameters }), options);
    const x = normal('x', 4 * 2 * 3);
    writeInput(program, 'x', x);
    for (const gain of [0, 1]) {
      writeParameter(program, 'gain', [gain]);
      writeParameter(program, 'offset', [10, 20]);
      forward(program);
      const expected = x.map((value, i) => Math.exp(gain) * value + 10 * (1 + (Math.floor(i / 3) % 2)));
      for (const [i, value] of readOutput(program, 'y').entries()) expect(value).toBeCloseTo(expected[i], 12);
    }
  });
});

describe('noise', () => {
  const nodes: GraphNode[] = [
    input,
    { op: 'noise', stream: 'read', size: 2 },
    { op: 'constant', value: 0.5, size: 1 },
    { op: 'binary', fn: 'multiply', left: 1, right: 2, size: 2 },
    { op: 'binary', fn: 'add', left: 0, right: 3, size: 2 },
  ];
  it('is new at each step, from the stream of its name, and the same with and without gradients', () => {
    const expected = new Float64Array(4 * 2 * 3);
    randomStream(3, 'read').fillGaussian(expected, 0, expected.length);
    for (const gradient of [false, true]) {
      const program = compileNetwork(networkOf(nodes), { ...options, gradient });
      setNoise(program, (stream) => randomStream(3, stream));
      forward(program);
      expect(readOutput(program, 'y')).toEqual(expected.map((value) => value * 0.5));
    }
  });
  it('without a source is a bug, not a silent zero', () => {
    expect(() => forward(compileNetwork(networkOf(nodes), options))).toThrow('setNoise');
  });
});

describe('a value that is not finite', () => {
  const own = cellOf(
    'Own',
    { states: ['h'], equations: { g: 'ln(vmm(x))', "h'": 'tanh(g) * h + x' } },
    { h: 1 },
  );
  const network = sized(designOf(2, { y: cell('Own', ['x'], 2) }, { name: 'y', size: 2 }, [own]));
  const program = compileNetwork(network, { ...options, batch: 1 });
  writeTensor(program, 'y.g.x', [1, 0, 0, 1]);

  it('is named by layer, signal and step', () => {
    writeInput(program, 'x', [1, 1, 1, 1, 1, -1, 1, 1]);
    forward(program);
    const problem = checkFinite(program);
    expect(problem?.code).toBe('run.not-finite');
    expect(problem?.message).toContain('"y.g" is not a finite number at time step 3');
  });

  it('is forgotten by the next run', () => {
    writeInput(program, 'x', new Float64Array(8).fill(1));
    forward(program);
    expect(checkFinite(program)).toBeUndefined();
  });

  it('in the input shows as well', () => {
    writeInput(program, 'x', [1, 1, 1, 1, 1, 1, Number.NaN, 1]);
    forward(program);
    expect(checkFinite(program)?.message).toContain('time step 4');
  });
});

describe('recorded signals', () => {
  it('are every signal at every step, also constants, and nothing else', () => {
    const network = sized(designOf(2, { y: cell('Nig', ['x'], 2) }, { name: 'y', size: 2 }));
    const program = compileNetwork(network, { ...options, record: ['y.i', 'y.c'] });
    load(program, randomWeights(network));
    forward(program);
    expect(readProbe(program, 'y', 'i')).toEqual(new Float64Array(24).fill(1));
    expect(new Set(readProbe(program, 'y', 'c')).size).toBe(24);
    expect(() => readProbe(program, 'y', 'f')).toThrow();
  });
});
