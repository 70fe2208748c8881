import { describe, expect, it } from 'vitest';
import { readOutput, readProbe } from '../../../sim-core/program/access.ts';
import { compileNetwork } from '../../../sim-core/program/compile.ts';
import { forward } from '../../../sim-core/program/evaluate.ts';
import { cell, cellTexts, dense, designOf, last } from '../graph/std-cells.ts';
import { load, randomWeights, sized } from './fixture.ts';
import { referenceDense, referenceSequence } from './reference-cells.ts';

const steps = 5;
const n = 3;
const m = 5;

/** Vectors of one sequence of the batch out of [steps][size][batch]. */
const sequence = (values: Float64Array, size: number, batch: number, sample: number): number[][] =>
  Array.from({ length: values.length / size / batch }, (_, t) =>
    Array.from({ length: size }, (_, j) => values[(t * size + j) * batch + sample]),
  );

function expectClose(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [t, vector] of expected.entries())
    for (const [j, value] of vector.entries()) expect(Math.abs(actual[t][j] - value)).toBeLessThan(1e-12);
}

describe.each(Object.keys(cellTexts))('%s', (name) => {
  const network = sized(designOf(n, { y: cell(name, ['x'], m) }, { name: 'y', size: m }));
  const weights = randomWeights(network);

  it.each([1, 2, 3, 7])('gives the published equations in a batch of %i', (batch) => {
    const program = compileNetwork(network, { batch, steps, gradient: false, record: 'none' });
    const x = load(program, weights);
    forward(program);
    const output = readOutput(program, 'y');
    for (let s = 0; s < batch; s++)
      expectClose(
        sequence(output, m, batch, s),
        referenceSequence(name, weights, 'y', sequence(x, n, batch, s), m),
      );
  });

  it('gives the same bits whether values are kept for the gradient, recorded or overwritten', () => {
    const options = { batch: 3, steps };
    const programs = [
      compileNetwork(network, { ...options, gradient: false, record: 'none' }),
      compileNetwork(network, { ...options, gradient: true, record: 'none' }),
      compileNetwork(network, { ...options, gradient: false, record: 'all' }),
    ];
    const outputs = programs.map((program) => {
      load(program, weights);
      forward(program);
      return readOutput(program, 'y');
    });
    expect(outputs[1]).toEqual(outputs[0]);
    expect(outputs[2]).toEqual(outputs[0]);
    expect(readProbe(programs[2], 'y', 'h')).toEqual(outputs[0]);
  });

  it('gives the same again when it runs again', () => {
    const program = compileNetwork(network, { batch: 2, steps, gradient: true, record: 'none' });
    load(program, weights);
    forward(program);
    const first = readOutput(program, 'y');
    forward(program);
    expect(readOutput(program, 'y')).toEqual(first);
  });
});

describe('layers', () => {
  it('stack, and end in a dense layer on the last vector', () => {
    const network = sized(
      designOf(
        n,
        { a: cell('Lstm', ['x'], 4), b: cell('Gru', ['a'], 3), e: last('b'), y: dense(['e'], 2) },
        { name: 'y', size: 2 },
      ),
    );
    const weights = randomWeights(network);
    const program = compileNetwork(network, { batch: 2, steps, gradient: false, record: 'none' });
    const x = load(program, weights);
    forward(program);
    const y = readOutput(program, 'y');
    for (let s = 0; s < 2; s++) {
      const a = referenceSequence('Lstm', weights, 'a', sequence(x, n, 2, s), 4);
      const b = referenceSequence('Gru', weights, 'b', a, 3);
      expectClose(sequence(y, 2, 2, s), [referenceDense(weights, 'y', b[steps - 1], 2)]);
    }
  });

  it('run in both directions, concatenate at each step, and hand over the last value of each direction', () => {
    const network = sized(bidirectional());
    const weights = randomWeights(network);
    const program = compileNetwork(network, { batch: 2, steps, gradient: false, record: 'none' });
    const x = load(program, weights);
    forward(program);
    const y = readOutput(program, 'y');
    for (let s = 0; s < 2; s++) {
      const xs = sequence(x, n, 2, s);
      const f = referenceSequence('Np', weights, 'f', xs, 4);
      const b = referenceSequence('Np', weights, 'b', xs, 3, true);
      const both = f.map((v, t) => [...v, ...b[t]]);
      const top = referenceSequence('Mgu', weights, 'top', both, 2, true);
      const ends = [...f[steps - 1], ...b[0], ...top[0], ...both[steps - 1]];
      expectClose(sequence(y, 2, 2, s), [referenceDense(weights, 'y', ends, 2)]);
    }
  });
});

const bidirectional = () =>
  designOf(
    n,
    {
      f: cell('Np', ['x'], 4),
      b: cell('Np', ['x'], 3, true),
      both: { kind: 'concatenate', inputs: ['f', 'b'] },
      top: cell('Mgu', ['both'], 2, true),
      lf: last('f'),
      lb: last('b', true),
      lt: last('top', true),
      lm: last('both'),
      ends: { kind: 'concatenate', inputs: ['lf', 'lb', 'lt', 'lm'] },
      y: dense(['ends'], 2),
    },
    { name: 'y', size: 2 },
  );
