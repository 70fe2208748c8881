import { describe, expect, it } from 'vitest';
import type { Design } from '../../../sim-core/design/design.ts';
import { sizeNetwork } from '../../../sim-core/graph/size-network.ts';
import { sized } from '../program/fixture.ts';
import { cell, cellOf, dense, designOf, last } from './std-cells.ts';

const origin = { file: 'a.loom', start: { line: 1, character: 2 }, end: { line: 1, character: 9 } };
const layerTensors = (design: Design) => sized(design).layers.flatMap((layer) => layer.graph.tensors);
const output = (size: number) => ({ name: 'y', size });

describe('tensors', () => {
  it('are named LAYER.GATE.OPERAND and sized by the layer and its inputs', () => {
    const tensors = layerTensors(
      designOf(3, { rnn: cell('Lstm', ['x'], 4), y: dense(['rnn'], 2) }, output(2)),
    );
    expect(tensors.map(({ name, inputs, units }) => `${name} ${inputs}×${units}`)).toEqual([
      ...['i', 'f'].flatMap((g) => [
        `rnn.${g}.x 3×4`,
        `rnn.${g}.h 4×4`,
        `rnn.${g}.bias 1×4`,
        `rnn.${g}.c 1×4`,
      ]),
      ...['rnn.z.x 3×4', 'rnn.z.h 4×4', 'rnn.z.bias 1×4'],
      ...['rnn.o.x 3×4', 'rnn.o.h 4×4', 'rnn.o.bias 1×4', 'rnn.o.c 1×4'],
      ...['y.weight 4×2', 'y.bias 1×2'],
    ]);
  });

  it('of all gates that see one operand start as one matrix', () => {
    const tensors = layerTensors(designOf(3, { y: cell('Np', ['x'], 4) }, output(4)));
    const fusedOf = (name: string) => tensors.find((tensor) => tensor.name === name)?.fused;
    expect(fusedOf('y.i.x')).toEqual({ name: 'y.x[3]', from: 0, columns: 16 });
    expect(fusedOf('y.o.x')).toEqual({ name: 'y.x[3]', from: 12, columns: 16 });
    expect(fusedOf('y.f.h')).toEqual({ name: 'y.h[4]', from: 4, columns: 16 });
    const kinds = new Set(tensors.map(({ name, initial }) => `${name.split('.')[2]} ${initial}`));
    expect(kinds).toEqual(new Set(['x glorotUniform', 'h orthogonal', 'bias zero', 'bias one']));
  });

  it.each([
    ['Lstm', ['f']],
    ['Np', ['f']],
    ['Fgr', ['f']],
    ['Cifg', []],
    ['Nfg', []],
    ['Gru', []],
    ['GruResetBefore', []],
    ['Mgu', []],
  ])('of %s start a forget bias of one in the gates %j alone', (name, gates) => {
    const tensors = layerTensors(designOf(3, { y: cell(name, ['x'], 4) }, output(4)));
    const ones = tensors.filter((tensor) => tensor.initial === 'one').map((tensor) => tensor.name);
    expect(ones).toEqual(gates.map((gate) => `y.${gate}.bias`));
  });
});

describe('a crossbar', () => {
  const crossbars = (equation: string) => {
    const own = cellOf('Own', { states: ['h'], equations: { "h'": equation } });
    const [layer] = sized(designOf(2, { y: cell('Own', ['x'], 3) }, output(3), [own])).layers;
    return layer.graph.nodes.flatMap((node) =>
      node.op === 'crossbar' ? [node.operands.map((operand) => operand.kind).join(' ')] : [],
    );
  };
  it('takes a product and the peepholes added to it onto the same bit lines', () => {
    expect(crossbars('tanh(vmm(x, h, 1) + peephole(h))')).toEqual(['full full bias diagonal']);
    expect(crossbars('tanh(peephole(h) + vmm(x, 1) + vmm(h))')).toEqual(['diagonal full bias full']);
  });
  it('stays apart from a product that is changed before it is added', () => {
    expect(crossbars('tanh(vmm(x, 1) + h * vmm(h, 1))')).toEqual(['full bias', 'full bias']);
    expect(crossbars('tanh(vmm(x, 1) - vmm(h))')).toEqual(['full bias', 'full']);
  });
});

describe('layers', () => {
  it('have a value per step until "last" takes one', () => {
    const layers = {
      a: cell('Np', ['x'], 4),
      b: cell('Np', ['x'], 4, true),
      l: last('b', true),
      y: dense(['l'], 1),
    };
    const network = sized(designOf(1, layers, output(1)));
    expect(network.layers.map(({ name, time, direction, size }) => [name, time, direction, size])).toEqual([
      ['a', 'sequence', 'forward', 4],
      ['b', 'sequence', 'backward', 4],
      ['l', 'last', 'backward', 4],
      ['y', 'vector', 'forward', 1],
    ]);
  });

  it('find the dimensions of a cell from sizes with coefficients and constants', () => {
    const base = cellOf('Wide', { states: ['h'], equations: { "h'": 'tanh(vmm(x, h, 1))' } });
    const wide = { ...base, inputs: [{ name: 'x', size: { constant: 1, terms: { n: 2 } } }] };
    const design = designOf(7, { y: cell('Wide', ['x'], 4) }, output(4), [wide]);
    expect(layerTensors(design)[0]).toMatchObject({ name: 'y.h.x', inputs: 7, units: 4 });
    const odd = sizeNetwork(designOf(8, { y: cell('Wide', ['x'], 4) }, output(4), [wide]), 'net');
    expect(odd).toMatchObject({ ok: false, problems: [{ code: 'network.bad-dimension' }] });
  });
});

describe('what does not fit is a problem with its place', () => {
  const at = <T extends object>(layer: T) => ({ ...layer, origin });
  const problemOf = (design: Design) => {
    const outcome = sizeNetwork(design, 'net');
    if (outcome.ok) throw new Error('It fits.');
    return outcome.problems[0];
  };
  const np = cell('Np', ['x'], 4);

  it.each([
    ['network.unknown-cell', 'Did you mean "Lstm"', { y: at(cell('Lstmm', ['x'], 4)) }],
    ['network.unknown-signal', 'Did you mean "rnn"', { rnn: np, y: at(dense(['rn'], 4)) }],
    ['network.unbound-dimension', 'units', { y: at({ ...np, dimensions: {} }) }],
    ['network.bad-dimension', '', { y: at(cell('Np', ['x'], 2.5)) }],
    ['network.size-mismatch', '', { y: at({ ...np, dimensions: { m: 4, n: 5 } }) }],
    ['network.input-count', '', { y: at({ ...np, inputs: [] }) }],
    ['network.input-count', '', { y: at({ ...np, inputs: ['x', 'x'] }) }],
    ['network.input-count', '', { y: at({ kind: 'softmax' as const, inputs: ['x', 'x'] }) }],
    [
      'network.mixed-time',
      '',
      { rnn: np, l: last('rnn'), y: at({ kind: 'concatenate' as const, inputs: ['rnn', 'l'] }) },
    ],
    ['network.not-a-sequence', '', { rnn: np, l: last('rnn'), y: at(cell('Np', ['l'], 4)) }],
    ['network.bad-dimension', '', { y: at(dense(['x'], 0)) }],
  ])('%s (%s)', (code, hint, layers) => {
    const problem = problemOf(designOf(3, layers, output(4)));
    expect(problem.code).toBe(code);
    expect(problem.hint ?? '').toContain(hint);
    expect(problem.origin).toEqual(origin);
  });

  it('in equations, too', () => {
    const sizes = (equation: string, states = ['h']) =>
      cellOf('Own', { states, equations: { "h'": equation } });
    const problems = ['tanh(vmm(x, 1)) + x', 'peephole(x)', 'x', 'q + h'].map(
      (equation) => problemOf(designOf(2, { y: cell('Own', ['x'], 3) }, output(3), [sizes(equation)])).code,
    );
    const mismatch = 'network.size-mismatch';
    expect(problems).toEqual([mismatch, mismatch, mismatch, 'network.unknown-name']);
    const still = sizes('h', ['h', 'c']);
    expect(problemOf(designOf(2, { y: cell('Own', ['x'], 3) }, output(3), [still])).code).toBe(
      'network.state-without-update',
    );
  });

  it('at the outputs and in the name of the network', () => {
    expect(problemOf(designOf(3, { y: np }, output(5))).code).toBe('network.size-mismatch');
    expect(problemOf(designOf(3, { rnn: np }, output(4))).code).toBe('network.unknown-signal');
    const outcome = sizeNetwork(designOf(3, { y: np }, output(4)), 'nett');
    expect(outcome).toMatchObject({
      ok: false,
      problems: [{ code: 'network.unknown', hint: 'Did you mean "net"?' }],
    });
  });
});
