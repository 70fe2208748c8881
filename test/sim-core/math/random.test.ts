import { describe, expect, it } from 'vitest';
import { type RandomStream, randomStream } from '../../../sim-core/math/random.ts';

const draws = 200_000;
const numbers = (stream: RandomStream, draw: () => number = stream.uniform, count = draws): number[] =>
  Array.from({ length: count }, draw);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Error function complement, Abramowitz and Stegun 7.1.26, to 1.5e-7. */
function normalDistribution(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = 0.5 * series * Math.exp((-x * x) / 2);
  return x > 0 ? 1 - tail : tail;
}

describe('a random stream', () => {
  it('is the same for the same name, in any order of use', () => {
    const first = numbers(randomStream(7, 'a', 1), undefined, 5);
    randomStream(7, 'b', 2).gaussian();
    expect(numbers(randomStream(7, 'a', 1), undefined, 5)).toEqual(first);
  });

  it('differs for every other seed and label, also where texts run together or look like numbers', () => {
    const names: (string | number)[][] = [
      [],
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      [1],
      ['1'],
      [1, 2],
      [12],
      [0],
      [-0],
      [0.5],
    ];
    const firsts = names.flatMap((name) => [1, 2].map((seed) => randomStream(seed, ...name).uniform()));
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('is pinned: these numbers must never change', () => {
    const stream = randomStream(7, 'pin', 3);
    expect([stream.uniform(), stream.gaussian(), stream.integer(1000)]).toMatchInlineSnapshot(`
      [
        0.3280399261304159,
        0.05268953426776661,
        210,
      ]
    `);
  });

  it('is uniform in [0, 1) and uncorrelated with its neighbours in seed and label', () => {
    const values = numbers(randomStream(1, 'x', 0));
    const others = [randomStream(1, 'x', 1), randomStream(2, 'x', 0)].map((stream) => numbers(stream));
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    const cells = new Array<number>(100).fill(0);
    for (const value of values) cells[Math.floor(value * 100)]++;
    const expected = draws / 100;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 99 degrees of freedom: mean 99, standard deviation 14.
    expect(Math.abs(chiSquare - 99)).toBeLessThan(56);
    for (const other of others) {
      const covariance = mean(values.map((value, i) => (value - 0.5) * (other[i] - 0.5)));
      expect(Math.abs(covariance)).toBeLessThan(5 / 12 / Math.sqrt(draws));
    }
  });

  it('gives normal numbers: moments, and the distribution up to its tails', () => {
    const stream = randomStream(5, 'normal');
    const values = new Float64Array(draws);
    stream.fillGaussian(values, 0, draws);
    const moment = (power: number) => mean([...values].map((value) => value ** power));
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(draws));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / draws));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / draws));
    const sorted = values.toSorted();
    let largest = 0;
    for (let i = 0; i < draws; i++)
      largest = Math.max(largest, Math.abs((i + 0.5) / draws - normalDistribution(sorted[i])));
    // Kolmogorov and Smirnov: 1.95 / sqrt(n) at a level of 0.1 %.
    expect(largest).toBeLessThan(1.95 / Math.sqrt(draws));
    const beyond = [...values].filter((value) => Math.abs(value) > 3.6541528853610088).length;
    const expectedBeyond = 2 * draws * 1.2904e-4;
    expect(Math.abs(beyond - expectedBeyond)).toBeLessThan(4 * Math.sqrt(expectedBeyond));
  });

  it('fills with the numbers that it would give one by one, and goes on from there', () => {
    const [whole, single] = [randomStream(5, 'fill'), randomStream(5, 'fill')];
    const count = 100_000;
    const filled = new Float64Array(count);
    whole.fillGaussian(filled, 0, 1);
    whole.fillGaussian(filled, 1, count);
    expect(filled).toEqual(Float64Array.from({ length: count }, () => single.gaussian()));
    expect(whole.uniform()).toBe(single.uniform());
  });

  it('fills only what it is asked to fill', () => {
    const values = new Float64Array(6);
    randomStream(5).fillGaussian(values, 2, 4);
    expect([...values].map((value) => value !== 0)).toEqual([false, false, true, true, false, false]);
  });

  it('gives every integer and every order equally often', () => {
    const stream = randomStream(9, 'orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = stream.shuffle([0, 1, 2, 3]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    const integers = numbers(stream, () => stream.integer(3), 30_000);
    for (const value of [0, 1, 2])
      expect(Math.abs(integers.filter((x) => x === value).length - 10_000)).toBeLessThan(400);
  });
});
