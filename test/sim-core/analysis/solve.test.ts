import { describe, expect, it } from 'vitest';
import { circuitOf } from '../../../sim-core/analysis/solve.ts';
import { solveInputs } from '../../../sim-core/analysis/solve-inputs.ts';
import { type CrossbarDesign, run, type SolveDesign, writeNpy } from '../../../sim-core/index.ts';
import { uniform } from '../crossbar/circuits.ts';
import { solveDense } from '../crossbar/dense.ts';
import { columnOf, measured, request, resultOf, tableOf } from './request.ts';

const crossbar = (changes: Partial<CrossbarDesign> = {}): CrossbarDesign => ({
  id: 'crossbar:Gates',
  name: 'Gates',
  device: '',
  tiling: true,
  partialSums: 'digital',
  sliceBits: 2,
  readout: 'current',
  coding: 'differential',
  pairs: 'rows',
  normalise: 'dummyRow',
  vRead: 0.1,
  wire: 2,
  wireCapacitance: 0,
  load: 0,
  ...changes,
});
const solve = (changes: Partial<SolveDesign> = {}): SolveDesign => ({
  id: 'experiment:bench/solve:Gates',
  name: 'Gates',
  kind: 'solve',
  crossbar: 'Gates',
  cells: { kind: 'file', file: 'g.npy', quantity: 'conductance' },
  drive: { kind: 'file', file: 'v.csv' },
  vectors: 1,
  details: 'all',
  files: 'both',
  nan: 'error',
  zero: 'error',
  ...changes,
});
const [rows, columns] = [5, 4];
const random = uniform(7);
const conductance = Float64Array.from({ length: rows * columns }, (_, k) => 1e-5 * 100 ** random(k));
const text = (lines: string) => new TextEncoder().encode(lines);
const files = {
  'g.npy': writeNpy(conductance, [rows, columns]),
  'v.csv': text('0.1, 0.2, 0.3, 0.4, 0.5\n0.5, 0, 0, 0, 0\n'),
  'partly.csv': text('0.5 float 0 float 0\n'),
  'half.csv': text('0.25 0 0.25 float\n'),
};
const requestOf = (
  analysis: SolveDesign,
  array: CrossbarDesign = crossbar(),
  more: Record<string, Uint8Array> = {},
) => request([], [analysis], { crossbars: [array], files: { ...files, ...more } });

describe('solving a crossbar without a network', () => {
  it.each([
    ['with wires', {}, {}],
    ['with wires that differ, drivers and read-outs', { wordWire: 3, bitWire: 7, source: 50, sense: 20 }, {}],
    ['driven from both sides', { drive: 'both', source: 10 }, {}],
    ['read as voltages', { readout: 'voltage' }, {}],
    ['read as loaded voltages', { readout: 'voltage', load: 1e-4 }, {}],
    ['partly driven', {}, { drive: { kind: 'file', file: 'partly.csv' } }],
    [
      'with bit lines at half the voltage or floating',
      { sense: 5 },
      { drive: { kind: 'file', file: 'partly.csv' }, bitDrive: { kind: 'file', file: 'half.csv' } },
    ],
  ] as const)('agrees with elimination at every node: %s', (_, array, changes) => {
    const [design, analysis] = [crossbar(array), solve(changes)];
    const result = resultOf(requestOf(analysis, design));
    const inputs = solveInputs(analysis, design, files, 1);
    if (!inputs.ok) throw new Error(inputs.problems[0].message);
    const cells = tableOf(result, 'Gates.cells');
    const lines = tableOf(result, 'Gates.bitLines');
    for (let vector = 0; vector < inputs.value.drive.rows; vector++) {
      const { circuit, drives } = circuitOf(design, inputs.value, vector);
      const dense = solveDense(circuit, drives);
      const from = vector * rows * columns;
      for (let k = 0; k < rows * columns; k++) {
        expect(columnOf(cells, 'wordVoltage')[from + k]).toBeCloseTo(dense.wordVoltage[k], 11);
        expect(columnOf(cells, 'bitVoltage')[from + k]).toBeCloseTo(dense.bitVoltage[k], 11);
        const current = conductance[k] * (dense.wordVoltage[k] - dense.bitVoltage[k]);
        expect(columnOf(cells, 'current')[from + k]).toBeCloseTo(current, 14);
      }
      for (let line = 0; line < columns; line++)
        expect(columnOf(lines, 'current')[vector * columns + line]).toBeCloseTo(
          -dense.into.bitBottom[line],
          14,
        );
    }
  });

  it('has tables over vectors and lines, and all of the power accounted for', () => {
    const result = resultOf(requestOf(solve(), crossbar({ source: 100, sense: 10 })));
    expect(result.tables.map(({ id, axes }) => [id, ...(axes ?? []).map(({ length }) => length)])).toEqual([
      ['Gates.bitLines', 2, 4],
      ['Gates.wordLines', 2, 5],
      ['Gates.power', 2],
      ['Gates.cells', 2, 5, 4],
      ['Gates.wordWires', 2, 5, 5],
      ['Gates.bitWires', 2, 4, 6],
    ]);
    const [sources, ...parts] = tableOf(result, 'Gates.power').columns.map(({ values }) => values);
    for (const vector of [0, 1]) {
      const total = parts.reduce((sum, part) => sum + part[vector], 0);
      expect(total / sources[vector]).toBeCloseTo(1, 11);
    }
    expect(measured(result, 'Gates.power')).toBeCloseTo((sources[0] + sources[1]) / 2, 15);
  });

  it('without resistances gives G·v, and no loss', () => {
    const result = resultOf(requestOf(solve(), crossbar({ wire: 0 })));
    const current = columnOf(tableOf(result, 'Gates.bitLines'), 'current');
    for (let line = 0; line < columns; line++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += (conductance[row * columns + line] * (row + 1)) / 10;
      expect(current[line]).toBeCloseTo(sum, 15);
    }
    expect(measured(result, 'Gates.loss')).toBeLessThan(1e-12);
  });

  it('keeps the inner state of the vectors that are asked for', () => {
    const lengthOf = (details: SolveDesign['details']) => {
      const cells = resultOf(requestOf(solve({ details }))).tables.find(({ id }) => id === 'Gates.cells');
      return cells?.columns[0].values.length ?? 0;
    };
    expect([lengthOf('none'), lengthOf('first'), lengthOf('all')]).toEqual([0, 20, 40]);
  });

  it('takes resistances, a column as one vector, and float32 in Fortran order', () => {
    const resistances = text(
      Array.from({ length: rows }, (_, row) =>
        [...conductance.subarray(row * columns, (row + 1) * columns)].map((g) => 1 / g).join(';'),
      ).join('\n'),
    );
    const analysis = solve({
      cells: { kind: 'file', file: 'r.csv', quantity: 'resistance' },
      drive: { kind: 'file', file: 'column.csv' },
      details: 'none',
    });
    const result = resultOf(
      requestOf(analysis, crossbar(), {
        'r.csv': resistances,
        'column.csv': text('0.1\n0.2\n0.3\n0.4\n0.5'),
      }),
    );
    const expected = columnOf(tableOf(resultOf(requestOf(solve())), 'Gates.bitLines'), 'current');
    const current = columnOf(tableOf(result, 'Gates.bitLines'), 'current');
    for (let line = 0; line < columns; line++) expect(current[line]).toBeCloseTo(expected[line], 15);
  });
});

describe('cells and voltages that are drawn', () => {
  const drawn = (seed: number) =>
    resultOf(
      request(
        [],
        [
          solve({
            cells: {
              kind: 'value',
              quantity: 'resistance',
              value: {
                kind: 'distribution',
                shape: 'loguniform',
                mean: 1e4,
                sigma: Math.log(10),
                relative: true,
              },
            },
            drive: { kind: 'value', value: 0.2 },
            vectors: 2,
          }),
        ],
        { crossbars: [crossbar({ size: { rows: 100, columns: 80 }, wire: 0 })], seed },
      ),
    );

  it('lie between the ends of the logarithm, evenly, and depend on the seed alone', () => {
    const result = drawn(3);
    const current = columnOf(tableOf(result, 'Gates.cells'), 'current').subarray(0, 8000);
    const decades = current.map((i) => Math.log10(0.2 / i));
    expect(decades.reduce((a, b) => Math.min(a, b))).toBeGreaterThan(3);
    expect(decades.reduce((a, b) => Math.max(a, b))).toBeLessThan(5);
    const share = (from: number, to: number) => decades.filter((d) => d >= from && d < to).length / 8000;
    for (const from of [3, 3.5, 4, 4.5]) expect(Math.abs(share(from, from + 0.5) - 0.25)).toBeLessThan(0.02);
    expect(drawn(3)).toEqual(result);
    expect(drawn(4).measurements).not.toEqual(result.measurements);
  });
});

it('a sweep of the wires finds the loss at each resistance', () => {
  const sweep = {
    path: { owner: 'Gates', parameter: 'wire' },
    values: [0, 1, 10].map((value) => ({ text: `${value} Ohm`, value: { kind: 'number', value } as const })),
  };
  const result = resultOf(
    request([], [solve({ details: 'none' })], { crossbars: [crossbar()], files, sweep }),
  );
  const losses = result.sweep?.points.map(({ metrics }) => metrics['Gates.loss']) ?? [];
  expect(losses[0]).toBeLessThan(1e-12);
  expect(losses[1]).toBeGreaterThan(1e-4);
  expect(losses[2]).toBeGreaterThan(losses[1]);
  expect(result.tables.map(({ id }) => id)).toContain('Gates.bitLines.sweep3');
});

describe('bad input', () => {
  const npy = (change: (values: Float64Array) => void, shape: readonly number[] = [rows, columns]) => {
    const values = Float64Array.from(conductance);
    change(values);
    return writeNpy(values, shape);
  };
  const put = (at: number, value: number) => (values: Float64Array) => {
    values[at] = value;
  };
  it.each([
    ['a negative conductance', { 'g.npy': npy(put(7, -1e-5)) }, 'solve.value', '"g.npy" in row 1, column 3'],
    ['NaN', { 'g.npy': npy(put(0, Number.NaN)) }, 'solve.value', 'row 0, column 0 (counted from 0) is NaN S'],
    ['zero', { 'g.npy': npy(put(5, 0)) }, 'solve.value', 'row 1, column 1 (counted from 0) is 0 S'],
    ['infinity', { 'g.npy': npy(put(19, Infinity)) }, 'solve.value', 'row 4, column 3'],
    [
      'another shape',
      { 'g.npy': npy(() => undefined, [columns, rows]) },
      'solve.shape',
      'drive has 5 voltages, the array 4 word lines',
    ],
    [
      'NaN volts',
      { 'v.csv': writeNpy(Float64Array.of(1, 2, Number.NaN, 4, 5), [5]) },
      'solve.value',
      'drive of "v.csv" in row 0, column 2',
    ],
    ['a ragged row', { 'v.csv': text('1,2,3,4,5\n1,2') }, 'matrix.ragged', 'line 2'],
    ['a heading', { 'v.csv': text('a,b,c,d,e\n1,2,3,4,5') }, 'matrix.value', '"a", no number, in line 1'],
    ['an empty file', { 'v.csv': text('') }, 'matrix.empty', '"v.csv" holds no numbers'],
    ['an empty array', { 'g.npy': writeNpy(new Float64Array(), [0, 4]) }, 'matrix.empty', '0 × 4'],
    ['three axes', { 'g.npy': writeNpy(new Float64Array(8), [2, 2, 2]) }, 'matrix.shape', '2 × 2 × 2'],
  ] as const)('%s', (_, more, code, message) => {
    const outcome = run(requestOf(solve(), crossbar(), more));
    const [problem] = outcome.ok ? [] : outcome.problems;
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(message);
  });

  it('a file that is not there, a crossbar without a size, a size that the file does not have', () => {
    const codeOf = (analysis: SolveDesign, array?: CrossbarDesign) => {
      const outcome = run(requestOf(analysis, array));
      return outcome.ok ? undefined : outcome.problems[0].code;
    };
    expect(codeOf(solve({ drive: { kind: 'file', file: 'none.csv' } }))).toBe('matrix.missing-file');
    expect(codeOf(solve({ cells: { kind: 'value', value: 1e-4, quantity: 'conductance' } }))).toBe(
      'solve.size',
    );
    expect(codeOf(solve(), crossbar({ size: { rows: 4, columns: 4 } }))).toBe('solve.shape');
    expect(codeOf(solve({ crossbar: 'Gate' }))).toBe('run.unknown-crossbar');
  });

  it('names the place in a text', () => {
    const outcome = run(
      requestOf(solve(), crossbar(), { 'g.npy': text('1e-5 2e-5 3e-5 4e-5\n1e-5 -2e-5 1e-5 1e-5\n') }),
    );
    expect(outcome.ok ? undefined : outcome.problems[0].data).toEqual({ file: 'g.npy', line: 2, column: 6 });
  });

  it('an open line that nothing holds, where a conductance of 0 means that no device is there', () => {
    const more = { 'g.npy': npy((g) => g.fill(0, 4, 8)), 'v.csv': text('1 float 1 1 1') };
    const outcome = run(requestOf(solve({ zero: 'open' }), crossbar(), more));
    expect(outcome.ok ? undefined : outcome.problems[0]).toMatchObject({
      code: 'crossbar.floating-line',
      message: expect.stringContaining('Crossbar "Gates": Nothing holds word line 1'),
    });
  });

  it('a conductance of 0 is a cell without a device only where that is said', () => {
    const more = { 'g.npy': npy((g) => g.fill(0)) };
    const { tables } = resultOf(requestOf(solve({ zero: 'open' }), crossbar(), more));
    const currents = tables
      .find(({ id }) => id.includes('bitLines'))
      ?.columns.find(({ unit }) => unit === 'A');
    expect(currents?.values.every((current) => current === 0)).toBe(true);
  });

  it('NaN floats a line only where that is said', () => {
    const volts = { 'v.csv': writeNpy(Float64Array.of(0.5, Number.NaN, 0, Number.NaN, 0), [5]) };
    const floating = resultOf(requestOf(solve({ nan: 'floating' }), crossbar(), volts));
    const written = resultOf(requestOf(solve({ drive: { kind: 'file', file: 'partly.csv' } })));
    expect(floating.tables).toEqual(written.tables);
  });
});

describe('what is wrong with a crossbar', () => {
  it.each([
    ['1e-4 -1e-5\n1e-4 1e-4\n', '1 1\n', {}, /^Crossbar "Gates": .*conductance.* in row 0, column 1/],
    ['1e-4 inf\n1e-4 1e-4\n', '1 1\n', {}, /^Crossbar "Gates": "bad.csv" holds "inf".* in line 1/],
    ['1e-4 0\n1e-4 0\n', '1 float\n', { readout: 'voltage' as const }, /^Crossbar "Gates": .*bit line 1/],
    ['1e-4 1e-4\n', '1 1 1\n', {}, /"Gates"/],
  ])('names the array with the cell or line: %j', (conductances, voltages, changes, message) => {
    const given = { 'bad.csv': text(conductances), 'w.csv': text(voltages) };
    const analysis = solve({
      cells: { kind: 'file', file: 'bad.csv', quantity: 'conductance' },
      drive: { kind: 'file', file: 'w.csv' },
      zero: 'open',
    });
    const outcome = run(requestOf(analysis, crossbar(changes), given));
    expect(outcome.ok ? '' : outcome.problems[0].message).toMatch(message);
  });
});
