import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUcr } from '../../../sim-core/data/ucr.ts';

const parse = (text: string) => parseUcr(new TextEncoder().encode(text), 'Wafer_TRAIN.tsv');

describe('parseUcr', () => {
  it.each([
    ['tabs', '1\t0.5\t-1.5\n-1\t2\t3\n'],
    ['commas', '1,0.5,-1.5\r\n-1,2,3\r\n\r\n\r\n'],
    ['runs of spaces', '  1.0000000e+00   5.0000000e-01  -1.5\n -1  2 3'],
  ])('reads labels and values separated by %s', (_, text) => {
    const read = parse(text);
    expect(read.ok && read.value).toEqual({
      labels: [1, -1],
      series: [Float64Array.of(0.5, -1.5), Float64Array.of(2, 3)],
      length: 2,
    });
  });

  it.each([
    ['', 'data.no-rows', 1],
    ['\n\n', 'data.no-rows', 1],
    ['1\t2\t3\n1\t2\n', 'data.ragged-row', 2],
    ['1\t2\n\n1\t2\n', 'data.empty-cell', 2],
    ['1\t2\n1\t\n', 'data.empty-cell', 2],
    ['1,2,3\n1,NaN,3\n', 'data.not-a-number', 2],
    ['1\n', 'data.ragged-row', 1],
  ])('rejects %j with %s in line %d', (text, code, line) => {
    const read = parse(text);
    expect(read.ok ? undefined : read.problems[0]).toMatchObject({
      code,
      data: { file: 'Wafer_TRAIN.tsv', line },
    });
  });

  it('points at the column of a bad value', () => {
    const read = parse('1\t22\tx\n');
    expect(read.ok ? undefined : read.problems[0].data).toEqual({
      file: 'Wafer_TRAIN.tsv',
      line: 1,
      column: 6,
    });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (random) => {
        const read = parseUcr(random, 'x');
        if (!read.ok) expect(read.problems[0].code).toMatch(/^data\./);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
