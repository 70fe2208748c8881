import { describe, expect, it } from 'vitest';
import { readRawFile } from '../../cli/spice/raw-file.ts';

const header = (flags: string, points: number) =>
  [
    'Title: * a deck',
    'Date: Thu Jan  1 00:00:00  1970',
    'Plotname: Transient Analysis',
    `Flags: ${flags}`,
    'No. Variables: 2',
    `No. Points: ${points}`,
    'Variables:',
    '\t0\ttime\ttime',
    '\t1\tv(Out)\tvoltage',
    'Binary:\n',
  ].join('\n');

const raw = (flags: string, points: number, values: readonly number[]) =>
  Buffer.concat([
    Buffer.from(header(flags, points), 'latin1'),
    Buffer.from(Float64Array.from(values).buffer),
  ]);

describe('raw files of ngspice', () => {
  it('give each vector by its name in lower case', () => {
    const vectors = readRawFile(raw('real', 3, [0, 1, 1e-9, 2, 2e-9, 3]));
    expect([...vectors.keys()]).toEqual(['time', 'v(out)']);
    expect([...(vectors.get('v(out)') ?? [])]).toEqual([1, 2, 3]);
  });

  it('give the magnitude of complex values', () => {
    const vectors = readRawFile(raw('complex', 1, [10, 0, 3, 4]));
    expect(vectors.get('v(out)')?.[0]).toBe(5);
  });

  it('are empty where there is no data', () => {
    expect(readRawFile(Buffer.from('Title: nothing\n')).size).toBe(0);
  });
});
