import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSquares } from '../../../sim-core/data/least-squares.ts';

describe('leastSquares', () => {
  it('finds the coefficients of an exact linear law', () => {
    const x = leastSquares(Float64Array.of(1, 1, 1, 2, 1, 3), 3, 2, Float64Array.of(5, 7, 9));
    expect(x?.[0]).toBeCloseTo(3, 12);
    expect(x?.[1]).toBeCloseTo(2, 12);
  });

  it('leaves a residual at right angles to every column', () => {
    const entry = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 24, maxLength: 24 }),
        fc.array(entry, { minLength: 8, maxLength: 8 }),
        (a, b) => {
          const matrix = Float64Array.from(
            a,
            (value, at) => value + (Math.floor(at / 3) === at % 3 ? 40 : 0),
          );
          const x = leastSquares(matrix, 8, 3, Float64Array.from(b));
          if (x === undefined) throw new Error('The columns are independent.');
          for (let j = 0; j < 3; j++) {
            let product = 0;
            for (let i = 0; i < 8; i++) {
              const fit = matrix[i * 3] * x[0] + matrix[i * 3 + 1] * x[1] + matrix[i * 3 + 2] * x[2];
              product += matrix[i * 3 + j] * (b[i] - fit);
            }
            expect(Math.abs(product)).toBeLessThan(1e-9);
          }
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });

  it('refuses columns that depend on each other', () => {
    expect(leastSquares(Float64Array.of(1, 2, 2, 4, 3, 6), 3, 2, Float64Array.of(1, 2, 3))).toBeUndefined();
    expect(leastSquares(Float64Array.of(1, 0, 1, 0, 1, 0), 3, 2, Float64Array.of(1, 2, 3))).toBeUndefined();
  });

  it('refuses fewer equations than coefficients', () => {
    expect(leastSquares(Float64Array.of(1, 2), 1, 2, Float64Array.of(1))).toBeUndefined();
  });
});
