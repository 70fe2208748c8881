import { describe, expect, it } from 'vitest';
import {
  cos,
  cosh,
  exp,
  expm1,
  log,
  log1p,
  pow,
  sigmoid,
  sin,
  sinh,
  tanh,
} from '../../../sim-core/math/elementary.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { exact, toFixed, ulpsOff } from './high-precision.ts';

const ours = { cos, cosh, exp, expm1, log, log1p, pow, sigmoid, sin, sinh, tanh };

type Name = 'exp' | 'expm1' | 'log' | 'log1p' | 'tanh' | 'sigmoid' | 'sinh' | 'cosh' | 'sin' | 'cos';

/** Ranges in which each function has finite results that are not all rounding, and the promised error. */
const promises: readonly { name: Name; ulps: number; ranges: readonly (readonly [number, number])[] }[] = [
  {
    name: 'exp',
    ulps: 1,
    ranges: [
      [-1, 1],
      [-30, 30],
      [-745, 709.78],
    ],
  },
  {
    name: 'expm1',
    ulps: 2,
    ranges: [
      [-1e-6, 1e-6],
      [-1, 1],
      [-40, 40],
      [-100, 700],
    ],
  },
  {
    name: 'log',
    ulps: 1,
    ranges: [
      [0.5, 2],
      [1e-3, 1e3],
      [5e-324, 1e-300],
      [1e200, 1.7e308],
    ],
  },
  {
    name: 'log1p',
    ulps: 2,
    ranges: [
      [-1e-6, 1e-6],
      [-0.99, 2],
      [0, 1e6],
    ],
  },
  {
    name: 'tanh',
    ulps: 2,
    ranges: [
      [-1e-6, 1e-6],
      [-1, 1],
      [-22, 22],
      [-300, 300],
    ],
  },
  {
    name: 'sigmoid',
    ulps: 2,
    ranges: [
      [-1, 1],
      [-40, 40],
      [-745, 0],
    ],
  },
  {
    name: 'sinh',
    ulps: 3,
    ranges: [
      [-1e-6, 1e-6],
      [-2, 2],
      [-50, 50],
      [-600, 600],
    ],
  },
  {
    name: 'cosh',
    ulps: 3,
    ranges: [
      [-2, 2],
      [-50, 50],
      [-600, 600],
    ],
  },
  {
    name: 'sin',
    ulps: 1.5,
    ranges: [
      [-1e-6, 1e-6],
      [-4, 4],
      [-60, 60],
    ],
  },
  {
    name: 'cos',
    ulps: 1.5,
    ranges: [
      [-1e-6, 1e-6],
      [-4, 4],
      [-60, 60],
    ],
  },
];

describe.each(promises)('$name', ({ name, ulps, ranges }) => {
  it(`is within ${ulps} units in the last place`, () => {
    const stream = randomStream(3, name);
    for (const [low, high] of ranges)
      for (let i = 0; i < 60; i++) {
        const x = low + stream.uniform() * (high - low);
        expect(ulpsOff(ours[name](x), exact[name](toFixed(x))), `${name}(${x})`).toBeLessThan(ulps);
      }
  });
});

describe('pow', () => {
  it('is within 2 units in the last place, however large the power', () => {
    const stream = randomStream(3, 'pow');
    for (let i = 0; i < 150; i++) {
      const x = ours.exp((2 * stream.uniform() - 1) * (i % 2 === 0 ? 0.4 : 300));
      const y = (2 * stream.uniform() - 1) * (700 / Math.abs(ours.log(x)));
      const off = ulpsOff(ours.pow(x, y), exact.pow(toFixed(x), toFixed(y)));
      expect(off, `${x} ^ ${y}`).toBeLessThan(2);
    }
  });

  it('has the special values of the language', () => {
    const values = [0, -0, 1, -1, 2, -2, 0.5, 3, -3, 1e300, -1e300, 2 ** 53, Infinity, -Infinity, Number.NaN];
    for (const x of values)
      for (const y of values) {
        const expected = x ** y;
        const actual = ours.pow(x, y);
        if (Number.isFinite(expected) && expected !== 0)
          expect(Math.abs(actual / expected - 1), `${x} ^ ${y}`).toBeLessThan(1e-15);
        else expect(Object.is(actual, expected), `${x} ^ ${y} = ${expected}, not ${actual}`).toBe(true);
      }
  });
});

describe('at the ends', () => {
  const ends: readonly (readonly [Name, number, number])[] = [
    ['exp', 0, 1],
    ['exp', Infinity, Infinity],
    ['exp', -Infinity, 0],
    ['expm1', -0, -0],
    ['expm1', Infinity, Infinity],
    ['expm1', -Infinity, -1],
    ['log', 1, 0],
    ['log', 0, -Infinity],
    ['log', -1, Number.NaN],
    ['log', Infinity, Infinity],
    ['log1p', -0, -0],
    ['log1p', -1, -Infinity],
    ['log1p', -2, Number.NaN],
    ['log1p', Infinity, Infinity],
    ['tanh', -0, -0],
    ['tanh', Infinity, 1],
    ['tanh', -Infinity, -1],
    ['sinh', -0, -0],
    ['sinh', 711, Infinity],
    ['sinh', -Infinity, -Infinity],
    ['cosh', 0, 1],
    ['cosh', -Infinity, Infinity],
    ['sin', -0, -0],
    ['sin', Infinity, Number.NaN],
    ['cos', 0, 1],
    ['cos', -Infinity, Number.NaN],
  ];
  it.each(ends)('%s(%d) is %d', (name, x, expected) => expect(ours[name](x)).toBe(expected));

  it.each(promises)('$name of no number is no number', ({ name }) =>
    expect(ours[name](Number.NaN)).toBeNaN(),
  );

  it('sigmoid saturates without overflow and keeps its lower tail', () => {
    expect(ours.sigmoid(Infinity)).toBe(1);
    expect(ours.sigmoid(-Infinity)).toBe(0);
    expect(ours.sigmoid(800)).toBe(1);
    expect(ours.sigmoid(-800)).toBe(0);
    expect(ours.sigmoid(-744)).toBe(1e-323);
    expect(ours.sigmoid(0)).toBe(0.5);
    expect(ours.sigmoid(Number.NaN)).toBeNaN();
  });

  it('exp overflows and underflows where float64 does', () => {
    expect(ours.exp(709.782712893384)).toBe(Math.exp(709.782712893384));
    expect(ours.exp(709.7827128933841)).toBe(Infinity);
    expect(ours.exp(-745.1332191019411)).toBe(5e-324);
    expect(ours.exp(-745.1332191019412)).toBe(0);
  });

  it('odd functions are odd to the bit and exact for tiny arguments', () => {
    for (const fn of [ours.tanh, ours.sinh, ours.sin, ours.expm1, ours.log1p])
      for (const x of [5e-324, 1e-310, 1e-200, 1e-20]) expect(fn(x)).toBe(x);
    for (const fn of [ours.tanh, ours.sinh, ours.sin])
      for (const x of [0.3, 1.7, 20.5]) expect(fn(-x)).toBe(-fn(x));
  });
});
