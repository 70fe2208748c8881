import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMatrix } from '../../../sim-core/data/matrix.ts';
import { readNpy, writeNpy } from '../../../sim-core/data/npy.ts';

interface Saved {
  readonly npy: string;
  readonly shape: readonly number[];
  readonly values: readonly number[] | null;
}
const saved: Readonly<Record<string, Saved>> = JSON.parse(
  readFileSync(new URL('../../oracles/npy/arrays.json', import.meta.url), 'utf8'),
);
const bytesOf = (name: string) => new Uint8Array(Buffer.from(saved[name].npy, 'base64'));

describe('files that numpy wrote', () => {
  it.each([
    'float64',
    'float64, Fortran order',
    'float32',
    'float32, Fortran order',
    'one axis',
    'three axes',
    'three axes, Fortran order',
    'one number',
    'no rows',
    'version 2',
    'version 3',
  ])('%s', (name) => {
    const array = readNpy(bytesOf(name), 'a.npy');
    expect(array.ok && array.value.shape).toEqual(saved[name].shape);
    expect(array.ok && [...array.value.values]).toEqual(saved[name].values);
  });

  it.each([
    ['big-endian', '>f8'],
    ['int64', '<i8'],
    ['complex', '<c16'],
    ['records', "[('a', '<f8')]"],
  ])('of another type are refused by its name: %s', (name, type) => {
    const array = readNpy(bytesOf(name), 'a.npy');
    expect(array.ok ? '' : array.problems[0].message).toContain(`"a.npy" holds values of type ${type}`);
  });

  it('that are cut off are refused', () => {
    const whole = bytesOf('float64');
    for (const length of [0, 5, 8, 11, 40, 127, whole.length - 1]) {
      const array = readNpy(whole.subarray(0, length), 'a.npy');
      expect(array.ok, `${length} bytes`).toBe(false);
    }
  });

  it('are matrices where they have one or two axes', () => {
    const shapeOf = (name: string) => {
      const matrix = readMatrix(bytesOf(name), 'a.npy');
      return matrix.ok ? [matrix.value.rows, matrix.value.columns] : matrix.problems[0].code;
    };
    expect(shapeOf('one axis')).toEqual([1, 3]);
    expect(shapeOf('float32, Fortran order')).toEqual([2, 3]);
    expect(shapeOf('three axes')).toBe('matrix.shape');
    expect(shapeOf('one number')).toBe('matrix.shape');
    expect(shapeOf('no rows')).toBe('matrix.empty');
  });
});

describe('files that numpy shall read', () => {
  it('are byte for byte what numpy itself writes', () => {
    for (const name of ['float64', 'one axis', 'three axes']) {
      const { shape, values } = saved[name];
      expect(Buffer.from(writeNpy(Float64Array.from(values ?? []), shape)).toString('base64')).toBe(
        saved[name].npy,
      );
    }
  });

  it('read back to the last bit, whatever the numbers and the shape', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.double()),
        (shape, numbers) => {
          const count = shape.reduce((product, length) => product * length, 1);
          const values = Float64Array.from({ length: count }, () => Number(numbers.next().value));
          const array = readNpy(writeNpy(values, shape), 'a.npy');
          expect(array).toEqual({ ok: true, value: { shape, values } });
        },
      ),
    );
  });
});
