import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, constant, formatSize, variable } from '../../../language/types/dimensions/linear-form.ts';
import { type Sized, unifier } from '../../../language/types/dimensions/unify.ts';

const sized = (size: Sized<string>['size'], what = formatSize(size)): Sized<string> => ({
  size,
  what,
  place: what,
});
const times = (factor: number, name: string) => add(constant(0), variable(name), factor);

describe('sizes', () => {
  it('are linear forms in which equal terms join and opposite ones vanish', () => {
    const size = add(add(times(2, 'm'), variable('n')), constant(1));
    expect(formatSize(size)).toBe('2 m + n + 1');
    expect(formatSize(add(size, variable('n'), -1))).toBe('2 m + 1');
    expect(formatSize(add(size, size, -1))).toBe('0');
  });

  it('are solved for what is unknown, through other unknowns', () => {
    const unify = unifier<string>();
    const [n, m] = [unify.unknown('n'), unify.unknown('m')];
    expect(unify.equate(sized(add(n, constant(1))), sized(m))).toBeUndefined();
    expect(unify.isOpen(m)).toBe(true);
    expect(unify.equate(sized(times(2, 'n')), sized(constant(6)))).toBeUndefined();
    expect(unify.resolve(m)).toEqual(constant(4));
  });

  it('wait for more equations where one does not settle them', () => {
    const unify = unifier<string>();
    const [n, m] = [unify.unknown('n'), unify.unknown('m')];
    const both = add(times(2, 'n'), times(3, 'm'));
    expect(unify.equate(sized(both), sized(constant(16)))).toBeUndefined();
    expect(unify.isOpen(n)).toBe(true);
    expect(unify.equate(sized(n), sized(constant(5)))).toBeUndefined();
    expect(unify.resolve(m)).toEqual(constant(2));
  });

  it('name both sides of a conflict, and what made each what it is', () => {
    const unify = unifier<string>();
    const n = unify.unknown('n');
    unify.equate(sized(n, 'the input'), sized(constant(3), 'three features'));
    const conflict = unify.equate(sized(n, 'the second input'), sized(constant(4), 'four features'));
    expect(conflict?.left).toEqual({
      size: constant(3),
      what: 'the second input',
      place: 'the second input',
    });
    expect(conflict?.right.size).toEqual(constant(4));
    expect(conflict?.because.map(({ left, right }) => [left.what, right.what])).toEqual([
      ['the input', 'three features'],
    ]);
  });

  it('have no solution where none is a positive whole number', () => {
    const unify = unifier<string>();
    unify.unknown('n');
    const odd = unify.equate(sized(constant(4)), sized(add(times(2, 'n'), constant(1))));
    expect(odd?.unsolvable).toBe('2 n + 1 = 4');
    expect(unify.equate(sized(variable('n')), sized(constant(0)))).toBeDefined();
  });

  it('of variables that are not to be found equal only themselves', () => {
    const unify = unifier<string>();
    expect(unify.equate(sized(variable('n')), sized(variable('n')))).toBeUndefined();
    expect(unify.equate(sized(variable('n')), sized(variable('m')))).toBeDefined();
    expect(unify.equate(sized(variable('n')), sized(constant(4)))).toBeDefined();
  });

  it('find the numbers that a consistent system was made of, in any order of its equations', () => {
    const names = ['a', 'b', 'c', 'd'];
    const coefficients = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.tuple(coefficients, fc.integer({ min: 0, max: 9 })), { maxLength: 8 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (values, extra, order) => {
          const unify = unifier<string>();
          for (const name of names) unify.unknown(name);
          const unit = names.map(
            (_, index) => [names.map((_, other) => (other === index ? 1 : 0)), 0] as const,
          );
          const equations = [...extra, ...unit].map((item, index) => ({ item, key: order[index % 12] }));
          equations.sort((a, b) => a.key - b.key);
          for (const { item } of equations) {
            const [factors, offset] = item;
            const form = factors.reduce(
              (sum, factor, at) => add(sum, times(factor, names[at])),
              constant(offset),
            );
            const total = factors.reduce((sum, factor, at) => sum + factor * values[at], offset);
            expect(unify.equate(sized(form), sized(constant(total)))).toBeUndefined();
          }
          names.forEach((name, index) => {
            expect(unify.resolve(variable(name))).toEqual(constant(values[index]));
          });
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});
