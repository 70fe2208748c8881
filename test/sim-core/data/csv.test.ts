import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numericColumn, parseCsv } from '../../../sim-core/data/csv.ts';
import type { Outcome, Problem } from '../../../sim-core/design/problem.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const texts = (text: string): string[][] => {
  const table = parseCsv(bytes(text), 'a.csv');
  if (!table.ok) throw new Error(table.problems[0].message);
  return [[...table.value.header], ...table.value.rows.map((row) => row.map((cell) => cell.text))];
};

const problemOf = (outcome: Outcome<unknown>): Problem => {
  if (outcome.ok) throw new Error('Expected a problem.');
  return outcome.problems[0];
};

const columnProblem = (text: string, name: string): Problem => {
  const table = parseCsv(bytes(text), 'a.csv');
  return problemOf(table.ok ? numericColumn(table.value, name) : table);
};

describe('parseCsv', () => {
  it('reads quotes, doubled quotes, commas and line breaks within cells', () => {
    expect(texts('a,b\r\n"x, ""y""","1\n2"\r\n')).toEqual([
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ]);
  });

  it('reads a file with a byte-order mark, LF ends and no end of the last line', () => {
    expect(texts('\uFEFFa,b\n1,2\n3,4')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('reads lines that end with CR alone', () => {
    expect(texts('a,b\r1,2\r3,4\r')).toEqual(texts('a,b\n1,2\n3,4\n'));
  });

  it('gives back any table that RFC 4180 can write', () => {
    const cell = fc.string({
      maxLength: 6,
      unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r\n', ' ', 'é'),
    });
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 5 }),
      );
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const text = rows.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join(end);
        const read = texts(text);
        expect(read.slice(1)).toEqual(rows.slice(1));
        expect(read[0]).toEqual(rows[0].map((title) => title.trim()));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (random) => {
        const outcome = parseCsv(random, 'a.csv');
        if (!outcome.ok) expect(outcome.problems[0].code).toMatch(/^data\./);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('places every cell by line and column, line breaks within quotes included', () => {
    const table = parseCsv(bytes('a,b\n"x\ny",2\n3,44\n'), 'a.csv');
    if (!table.ok) throw new Error('readable');
    expect(table.value.rows.map((row) => row.map(({ line, column }) => [line, column]))).toEqual([
      [
        [2, 1],
        [3, 4],
      ],
      [
        [4, 1],
        [4, 3],
      ],
    ]);
  });

  it.each([
    ['', 'data.no-rows', 1],
    ['a,b\n', 'data.no-rows', 2],
    ['a,b\n\n\n', 'data.no-rows', 2],
    ['a,b\n1,2\n3\n', 'data.ragged-row', 3],
    ['a,b\n1,2,3\n', 'data.ragged-row', 2],
    ['a,b\r1,2,3\r', 'data.ragged-row', 2],
    ['a,b\n"1,2\n', 'data.misplaced-quote', 2],
    ['a,b\n"1"x,2\n', 'data.misplaced-quote', 2],
    ['a,b\n1"x",2\n', 'data.misplaced-quote', 2],
    ['a,b\n1,\0\n', 'data.not-text', 2],
  ])('names the place in %j: %s in line %d', (text, code, line) => {
    expect(problemOf(parseCsv(bytes(text), 'a.csv'))).toMatchObject({ code, data: { file: 'a.csv', line } });
  });

  it('says in which line bytes are no UTF-8', () => {
    const problem = problemOf(parseCsv(Uint8Array.from([0x61, 0x0a, 0x31, 0x0a, 0xff, 0x0a]), 'a.csv'));
    expect(problem).toMatchObject({ code: 'data.not-text', data: { line: 3 } });
  });

  it('reads a line of a hundred thousand cells without quadratic work', () => {
    const header = Array.from({ length: 100_000 }, (_, at) => `c${at}`).join(',');
    const row = Array.from({ length: 100_000 }, (_, at) => String(at)).join(',');
    const table = parseCsv(bytes(`${header}\n${row}`), 'a.csv');
    expect(table.ok && numericColumn(table.value, 'c99999')).toEqual({
      ok: true,
      value: Float64Array.of(99_999),
    });
  });
});

describe('numericColumn', () => {
  it('reads every decimal form exactly as the language of numbers does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (values) => {
          const table = parseCsv(bytes(`v\n${values.map((value) => ` ${value} `).join('\n')}`), 'a.csv');
          if (!table.ok) throw new Error('readable');
          expect(numericColumn(table.value, 'v')).toEqual({
            ok: true,
            value: Float64Array.from(values, (v) => v + 0),
          });
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  it.each([
    ['month,v\n1,2\n2,\n', 'data.empty-cell', 3, 3],
    ['month,v\n1,NaN\n', 'data.not-a-number', 2, 3],
    ['month,v\n1,inf\n', 'data.not-a-number', 2, 3],
    ['month,v\n1,0x10\n', 'data.not-a-number', 2, 3],
    ['month,v\n1,1e999\n', 'data.not-a-number', 2, 3],
    ['month,v\n1,twelve\n', 'data.not-a-number', 2, 3],
  ])('rejects %j with %s at its place', (text, code, line, column) => {
    expect(columnProblem(text, 'v')).toMatchObject({ code, data: { file: 'a.csv', line, column } });
  });

  it('suggests the nearest name for a column that is not there', () => {
    const problem = columnProblem('month,passengers\n1,2\n', 'pasengers');
    expect(problem.code).toBe('data.missing-column');
    expect(problem.message).toContain('"pasengers"');
    expect(problem.hint).toBe('Did you mean "passengers"?');
  });

  it('recognises decimal commas between semicolons', () => {
    expect(columnProblem('month;v\n1;2,5\n', 'v').hint).toContain('semicolons');
  });

  it('recognises a table that is separated by semicolons', () => {
    expect(columnProblem('month;v\n1;2\n', 'v').hint).toContain('semicolons');
  });

  it('does not guess between two columns of one name', () => {
    expect(columnProblem('v,v\n1,2\n', 'v').code).toBe('data.ambiguous-column');
  });
});
