import { describe, expect, it } from 'vitest';
import { readMatrix } from '../../../sim-core/data/matrix.ts';

const read = (text: string, word?: { text: string; value: number }) =>
  readMatrix(new TextEncoder().encode(text), 'g.csv', { word });
const rowsOf = (text: string) => {
  const matrix = read(text);
  if (!matrix.ok) throw new Error(matrix.problems[0].message);
  const { rows, columns, values } = matrix.value;
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);
};

describe('a matrix in a text', () => {
  it.each([
    [
      '1,2\n3,4\n',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['1, 2 ,-3e-6', [[1, 2, -3e-6]]],
    [
      '  1 2\t3 \n4 5 6',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      '# a\n1;2\r\n3;4 # x\n\n',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['5', [[5]]],
  ])('%j', (text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
  });

  it.each([
    ['', 'matrix.empty', '"g.csv" holds no numbers.', undefined],
    ['# nothing\n', 'matrix.empty', 'no numbers', undefined],
    ['1,2\n3', 'matrix.ragged', '2 numbers in its first row and 1 in line 2', { line: 2 }],
    ['a,b\n1,2', 'matrix.value', '"a", no number, in line 1, column 1', { line: 1, column: 1 }],
    ['1,2\n3,nan', 'matrix.value', '"nan", no number, in line 2, column 3', { line: 2, column: 3 }],
    ['1,2,', 'matrix.value', 'an empty field, no number, in line 1, column 5', { line: 1, column: 5 }],
    [',1', 'matrix.value', 'an empty field', { line: 1, column: 1 }],
    ['1 x', 'matrix.value', '"x"', { line: 1, column: 3 }],
    ['1\n1e400', 'matrix.value', 'out of range', { line: 2, column: 1 }],
  ])('%j is %s', (text, code, message, place) => {
    const matrix = read(text);
    const [problem] = matrix.ok ? [] : matrix.problems;
    expect(problem?.code).toBe(code);
    expect(problem?.message).toContain(message);
    expect(problem?.data).toEqual({ file: 'g.csv', ...place });
  });

  it('may hold a word in the place of a number', () => {
    const matrix = read('0.1,float', { text: 'float', value: Number.NaN });
    expect(matrix.ok && [...matrix.value.values]).toEqual([0.1, Number.NaN]);
  });

  it('tells where each number stands', () => {
    const matrix = read('# heading\n 1, 2\n\n3,  4\n');
    expect(matrix.ok && matrix.value.place(0, 1)).toEqual({ line: 2, column: 5 });
    expect(matrix.ok && matrix.value.place(1, 1)).toEqual({ line: 4, column: 5 });
  });
});
