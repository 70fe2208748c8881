import { describe, expect, it } from 'vitest';
import type { CrossbarCircuit, Drives } from '../../../sim-core/crossbar/circuit.ts';
import { solveCrossbar } from '../../../sim-core/crossbar/solve.ts';

const circuit: CrossbarCircuit = {
  rows: 3,
  columns: 4,
  conductance: new Float64Array(12).fill(1e-4),
  wordWire: 1,
  bitWire: 1,
  wordLeft: 0,
  wordRight: Infinity,
  bitTop: Infinity,
  bitBottom: 0,
};

const cellIs = (value: number) => ({ conductance: new Float64Array(12).fill(1e-4).fill(value, 6, 7) });

const wrong: readonly [string, Partial<CrossbarCircuit>, Drives, string, string][] = [
  [
    'a negative conductance',
    cellIs(-1e-4),
    {},
    'crossbar.value',
    'conductance of the cell in row 1, column 2 is -0.0001 S',
  ],
  ['a conductance that is no number', cellIs(Number.NaN), {}, 'crossbar.value', 'row 1, column 2 is NaN'],
  ['an infinite conductance', cellIs(Infinity), {}, 'crossbar.value', 'row 1, column 2 is Infinity'],
  [
    'a matrix of another size',
    { conductance: new Float64Array(11) },
    {},
    'crossbar.shape',
    'conductance has 11 values; a 3 × 4 crossbar takes 12',
  ],
  ['an empty array', { rows: 0, conductance: new Float64Array() }, {}, 'crossbar.empty', '0 × 4'],
  ['a broken count', { rows: 2.5 }, {}, 'crossbar.empty', '2.5'],
  ['a crossbar beyond memory', { rows: 1e6, columns: 1e6 }, {}, 'crossbar.too-large', '1000000'],
  ['a negative wire', { bitWire: -1 }, {}, 'crossbar.value', 'bitWire is -1 ohm'],
  [
    'a broken segment',
    { wordWire: new Float64Array(15).fill(1).fill(Infinity, 7, 8) },
    {},
    'crossbar.value',
    'segment 2 of word line 1',
  ],
  [
    'segments of another count',
    { wordWire: new Float64Array(12) },
    {},
    'crossbar.shape',
    'wordWire has 12 values',
  ],
  [
    'a terminal that is no number',
    { bitTop: Float64Array.of(1, 1, Number.NaN, 1) },
    {},
    'crossbar.value',
    'the top end of bit line 2',
  ],
  ['too few voltages', {}, { wordLeft: new Float64Array(2) }, 'crossbar.shape', 'wordLeft'],
  [
    'an infinite voltage',
    {},
    { wordLeft: Float64Array.of(0, Infinity, 0) },
    'crossbar.value',
    'left end of word line 1',
  ],
  [
    'a voltage at a floating end',
    {},
    { wordRight: Float64Array.of(0, 0, 1) },
    'crossbar.floating-drive',
    'right end of word line 2',
  ],
  [
    'a line connected to nothing',
    { wordLeft: Float64Array.of(0, Infinity, 0), conductance: new Float64Array(12).fill(1e-4).fill(0, 4, 8) },
    {},
    'crossbar.floating-line',
    'word line 1',
  ],
  [
    'an array connected to nothing',
    { wordLeft: Infinity, bitBottom: Infinity },
    {},
    'crossbar.floating-line',
    '6 more lines',
  ],
  [
    'a short circuit of two sources',
    { wordRight: 0, wordWire: 0 },
    {},
    'crossbar.shorted-ends',
    'word line 0',
  ],
];

describe('a circuit without a definite state', () => {
  for (const [name, changes, drives, code, words] of wrong)
    it(`is refused by name and place: ${name}`, () => {
      const solved = solveCrossbar({ ...circuit, ...changes }, drives);
      if (solved.ok) throw new Error('solved');
      expect(solved.problems[0].code).toBe(code);
      expect(solved.problems[0].message).toContain(words);
    });

  for (const [name, changes, drives, , words] of wrong)
    it(`is refused by the name of its array, if it has one: ${name}`, () => {
      const solved = solveCrossbar({ ...circuit, ...changes, name: 'Crossbar "Gates"' }, drives);
      const message = solved.ok ? '' : solved.problems[0].message;
      expect(message.startsWith('Crossbar "Gates": ')).toBe(true);
      expect(message.indexOf('Crossbar "Gates"', 1)).toBe(-1);
      expect(message).toContain(words);
    });

  it('is reported as unsolved when the iteration may not go on', () => {
    const strong = { ...circuit, wordWire: 1e4, bitWire: 1e4 };
    const solved = solveCrossbar(strong, { wordLeft: Float64Array.of(1, 1, 1) }, { iterations: 1 });
    expect(solved.ok ? '' : solved.problems[0].code).toBe('crossbar.unsolved');
  });
});

describe('a circuit with missing devices', () => {
  it('is solved: absent cells carry nothing, and a row without devices keeps its source voltage', () => {
    const conductance = new Float64Array(12).fill(1e-4).fill(0, 4, 8);
    const solved = solveCrossbar({ ...circuit, conductance }, { wordLeft: Float64Array.of(1, 0.7, 0.5) });
    if (!solved.ok) throw new Error(solved.problems[0].message);
    expect([...solved.value.cellCurrent.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
    for (const v of solved.value.wordVoltage.subarray(4, 8)) expect(v).toBeCloseTo(0.7, 14);
  });
});

describe('a start from a similar state', () => {
  it('needs fewer iterations and gives the same', () => {
    const large: CrossbarCircuit = {
      ...circuit,
      rows: 50,
      columns: 50,
      wordWire: 5,
      bitWire: 5,
      conductance: new Float64Array(2500).fill(1e-3),
    };
    const cold = solveCrossbar(large, { wordLeft: new Float64Array(50).fill(1) });
    if (!cold.ok) throw new Error('unsolved');
    const drives = { wordLeft: new Float64Array(50).fill(1).fill(1 + 1e-6, 3, 4) };
    const again = solveCrossbar(large, drives);
    const warm = solveCrossbar(large, drives, { start: cold.value.bitVoltage });
    if (!again.ok || !warm.ok) throw new Error('unsolved');
    expect(warm.value.iterations).toBeLessThan(again.value.iterations);
    for (const [line, i] of warm.value.ends.bitBottom.current.entries())
      expect(i / again.value.ends.bitBottom.current[line]).toBeCloseTo(1, 11);
  });
});
