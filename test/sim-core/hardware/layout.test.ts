import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeNetwork } from '../../../sim-core/graph/size-network.ts';
import { realiseNetwork } from '../../../sim-core/hardware/realise.ts';
import { weightsOfDevices } from '../../../sim-core/hardware/sections.ts';
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
    expect([rnn.wordLines, rnn.bitLines, rnn.plusCount]).toEqual([6, 32, 96]);
    expect([y.wordLines, y.bitLines, y.plusCount]).toEqual([5, 2, 5]);
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
    expect(rnn.plusCount).toBe(4 * 3 * (2 + 3 + 1) + 3 * 3);
  });

  it('gives each product of one equation bit lines of its own', () => {
    const [rnn] = layouts({ network: cellNetwork('Gru', 2, 3) });
    expect(names(rnn.columnGroups)).toEqual(['u 3', 'r 3', 'n 3', 'n.2 3']);
    expect(rnn.columnGroups.map(({ first }) => first)).toEqual([0, 3, 6, 9]);
    expect(rnn.plusCount).toBe(2 * 3 * (2 + 3 + 1) + 3 * (2 + 1) + 3 * 3);
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

  it('numbers every weight once', () => {
    const [rnn] = layouts({ network: cellNetwork('Lstm', 2, 3) });
    const numbers = rnn.blocks.flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, p) => first + p),
    );
    expect(numbers).toEqual(Array.from({ length: rnn.weightCount }, (_, p) => p));
  });
});

describe('A crossbar of a given size', () => {
  const problems = ({ crossbar, ...changes }: DesignChanges) => {
    const design = designOf({ ...changes, crossbar: { tiling: false, ...crossbar } });
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

describe('A layer that is larger than one array', () => {
  const size = { rows: 6, columns: 5 };
  const of = (changes: DesignChanges['crossbar'], cellName = 'Np') =>
    layouts({ crossbar: { size, ...changes }, network: cellNetwork(cellName, 2, 3) })[0];

  it('is spread over tiles of whole elements and units', () => {
    // 6 elements in pairs of word lines, 3 to a tile; 12 units, 5 to a tile.
    const { tiles } = of({});
    expect(
      tiles.map(({ elements, units }) => [elements, units].map(({ from, to }) => `${from}-${to}`)),
    ).toEqual([
      ['0-3', '0-5'],
      ['3-6', '0-5'],
      ['0-3', '5-10'],
      ['3-6', '5-10'],
      ['0-3', '10-12'],
      ['3-6', '10-12'],
    ]);
    expect(tiles.map(({ wordLines, bitLines }) => `${wordLines} x ${bitLines}`).slice(3)).toEqual([
      '6 x 5',
      '6 x 2',
      '6 x 2',
    ]);
  });

  it('keeps a dummy row of each tile free in voltage read-out', () => {
    expect(of({ readout: 'voltage' }).tiles.every(({ wordLines }) => wordLines <= 4)).toBe(true);
  });

  it('gives each gate in a tile a reference line with offset coding', () => {
    const { tiles, readings } = of({ coding: 'offset' });
    // i and one unit of f: 3 + 1 lines and no room for another gate's reference and unit.
    expect(readings.map(({ name, size }) => `${name}: ${size}`)).toEqual([
      'i[0,0]: 3',
      'f[0,1]: 3',
      'z[0,2]: 3',
      'o[0,3]: 3',
    ]);
    expect(tiles.map(({ wordLines, bitLines }) => `${wordLines} x ${bitLines}`)).toEqual(
      Array.from({ length: 4 }, () => '6 x 4'),
    );
  });

  it('never exceeds the size, and holds every weight once for each slice', () => {
    const arbitrary = fc.record({
      cell: fc.constantFrom('Np', 'Lstm', 'Gru'),
      size: fc.record({ rows: fc.integer({ min: 3, max: 14 }), columns: fc.integer({ min: 8, max: 20 }) }),
      coding: fc.constantFrom('differential' as const, 'offset' as const),
      pairs: fc.constantFrom('rows' as const, 'columns' as const),
      readout: fc.constantFrom('voltage' as const, 'current' as const),
      slices: fc.constantFrom(undefined, 2, 4),
    });
    fc.assert(
      fc.property(arbitrary, ({ cell: name, ...crossbar }) => {
        const layout = of(crossbar, name);
        for (const { wordLines, bitLines } of layout.tiles) {
          expect(wordLines + (crossbar.readout === 'voltage' ? 1 : 0)).toBeLessThanOrEqual(
            crossbar.size.rows,
          );
          expect(bitLines).toBeLessThanOrEqual(crossbar.size.columns);
        }
        const held = new Int32Array(layout.weightCount);
        for (const { from } of weightsOfDevices(layout)) for (const w of from) if (w >= 0) held[w]++;
        expect(new Set(held)).toEqual(new Set([crossbar.slices ?? 1]));
      }),
      { seed: 6 },
    );
  });

  it('is counted in tiles, devices and utilisation', () => {
    const design = designOf({ crossbar: { size } });
    const { arrays } = realised(design).summary(randomWeights(sized(design), 1));
    // 16 units in tiles of 5, 6 elements in tiles of 3; the dense layer's 5 elements in 2 tiles.
    expect(arrays.map(({ tiles, devices }) => [tiles, devices])).toEqual([
      [8, 192],
      [2, 10],
    ]);
    expect(arrays.map(({ utilisation }) => utilisation)).toEqual([192 / (8 * 30), 10 / (2 * 30)]);
  });

  it('is a problem where not one weight fits into an array', () => {
    const design = designOf({ crossbar: { size: { rows: 1, columns: 4 } } });
    const outcome = realiseNetwork(sized(design), design, 'Hw');
    expect(outcome.ok ? [] : outcome.problems.map(({ code, hint }) => [code, hint])).toEqual(
      ['rnn', 'y'].map(() => ['crossbar.size', 'Not even one weight fits: enlarge the size.']),
    );
  });
});
