import { describe, expect, it } from 'vitest';
import { sizeNetwork } from '../../../sim-core/graph/size-network.ts';
import { realiseNetwork } from '../../../sim-core/hardware/realise.ts';
import {
  cell,
  cellNetwork,
  type DesignChanges,
  designOf,
  next,
  peephole,
  plus,
  randomWeights,
  realised,
  ref,
  sized,
  times,
  unary,
  unwrap,
  vmm,
  xh1,
} from './designs.ts';

const layouts = (changes: DesignChanges) => realised(designOf(changes)).layouts;
const names = (groups: readonly { readonly name: string; readonly size: number }[]) =>
  groups.map(({ name, size }) => `${name} ${size}`);

describe('The array of a layer', () => {
  it('of an LSTM with 1 input and 4 units has 12 x 16 places, its dense layer 10 x 1: 202 devices', () => {
    const design = designOf();
    const { arrays } = realised(design).summary(randomWeights(sized(design), 1));
    expect(arrays.map(({ layer, rows, columns, devices }) => ({ layer, rows, columns, devices }))).toEqual([
      { layer: 'rnn', rows: 12, columns: 16, devices: 192 },
      { layer: 'y', rows: 10, columns: 1, devices: 10 },
    ]);
  });

  it('has half the rows and twice the columns with pairs = columns', () => {
    const [rnn, y] = layouts({ crossbar: { pairs: 'columns' } });
    expect([rnn.wordLines, rnn.bitLines, rnn.pairCount]).toEqual([6, 32, 96]);
    expect([y.wordLines, y.bitLines, y.pairCount]).toEqual([5, 2, 5]);
  });

  it('has one row group per operand, where a state and its new value take turns, and one column group per gate', () => {
    const [rnn] = layouts({ network: cellNetwork('Lstm', 2, 3) });
    expect(names(rnn.rowGroups)).toEqual(['x 2', 'h 3', 'bias 1', 'c 3']);
    expect(names(rnn.columnGroups)).toEqual(['i 3', 'f 3', 'z 3', 'o 3']);
    expect(rnn.blocks.filter(({ diagonal }) => diagonal).map(({ weights }) => weights)).toEqual([
      'rnn.i.c',
      'rnn.f.c',
      'rnn.o.c',
    ]);
    // 4h(n+h+1) weights and 3h peepholes: off the diagonal there are no devices.
    expect(rnn.pairCount).toBe(4 * 3 * (2 + 3 + 1) + 3 * 3);
  });

  it('gives each product of one equation bit lines of its own', () => {
    const [rnn] = layouts({ network: cellNetwork('Gru', 2, 3) });
    expect(names(rnn.columnGroups)).toEqual(['u 3', 'r 3', 'n 3', 'n.2 3']);
    expect(rnn.columnGroups.map(({ first }) => first)).toEqual([0, 3, 6, 9]);
    expect(rnn.pairCount).toBe(2 * 3 * (2 + 3 + 1) + 3 * (2 + 1) + 3 * 3);
  });

  it('gives an operand that is computed row lines of its own, and a gate that sees a state twice two groups', () => {
    const odd = cell(
      'Twice',
      ['c', 'h'],
      [
        ['r', unary('sigmoid', vmm('r', xh1))],
        ["c'", unary('tanh', vmm('c', { h: times(ref('r'), ref('h')), x: ref('x') }))],
        ["h'", unary('tanh', plus(peephole('o', ref('c')), peephole('p', next('c'))))],
      ],
    );
    const design = designOf({ network: cellNetwork('Twice', 1, 2) });
    const layered = { ...design, cells: [odd] };
    const network = unwrap(sizeNetwork(layered, 'Net'));
    const [rnn] = unwrap(realiseNetwork(network, layered, 'Hw')).layouts;
    const [x, h, bias, rh, c, again] = rnn.rowGroups;
    expect([x, h, bias].map(({ name }) => name)).toEqual(['x', 'h', 'bias']);
    expect(rh.signal).toMatch(/^node/);
    expect([c.signal, again.signal]).toEqual(['state c', 'state c']);
  });

  it('numbers every pair once', () => {
    const [rnn] = layouts({ network: cellNetwork('Lstm', 2, 3) });
    const numbers = rnn.blocks.flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, p) => first + p),
    );
    expect(numbers).toEqual(Array.from({ length: rnn.pairCount }, (_, p) => p));
  });
});

describe('A crossbar of a given size', () => {
  const problems = (changes: DesignChanges) => {
    const design = designOf(changes);
    const outcome = realiseNetwork(sized(design), design, 'Hw');
    return outcome.ok ? [] : outcome.problems;
  };

  it('that is large enough is no problem', () => {
    expect(problems({ crossbar: { size: { rows: 12, columns: 16 } } })).toEqual([]);
  });

  it('that is too small names the lines needed and what they carry', () => {
    const [problem] = problems({ crossbar: { size: { rows: 11, columns: 16 } } });
    expect(problem.code).toBe('crossbar.size');
    expect(problem.message).toBe(
      'Crossbar "Array" has 11 x 16 places, but layer "rnn" needs 12 rows: x (1) + h (4) + bias (1), in pairs; and 16 columns: i (4) + f (4) + z (4) + o (4).',
    );
    const [columns] = problems({ crossbar: { size: { rows: 6, columns: 31 }, pairs: 'columns' } });
    expect(columns.message).toContain(
      '6 rows: x (1) + h (4) + bias (1); and 32 columns: i (4) + f (4) + z (4) + o (4), in pairs',
    );
  });

  it('needs room for a dummy row in voltage read-out, and warns where the weights need more than one', () => {
    const voltage = { readout: 'voltage' as const };
    const [problem] = problems({ crossbar: { ...voltage, size: { rows: 12, columns: 16 } } });
    expect(problem.message).toContain('13 rows: x (1) + h (4) + bias (1), in pairs, + 1 dummy row;');
    const design = designOf({ crossbar: { ...voltage, size: { rows: 13, columns: 16 } } });
    const weights = randomWeights(sized(design), 1, 0);
    weights.set('rnn.i.h', new Float64Array(16).fill(1));
    const { arrays, warnings } = realised(design).summary(weights);
    // The columns of i carry 4 windows more than the others.
    expect(arrays[0].dummyRows).toBe(4);
    expect(warnings.map(({ code }) => code)).toEqual(['crossbar.size']);
  });

  it('reports weights beyond weightMax', () => {
    const design = designOf({ crossbar: { weightMax: 1 } });
    const weights = randomWeights(sized(design), 1, 0.1);
    weights.set('y.weight', Float64Array.of(2, -3, 0.5, 1));
    const { arrays, warnings } = realised(design).summary(weights);
    expect(arrays.map(({ weightMax }) => weightMax)).toEqual([1, 1]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0].code).toBe('hardware.weights-clipped');
    expect(warnings[0].message).toContain('2 of the 5 weights of layer "y"');
  });
});
