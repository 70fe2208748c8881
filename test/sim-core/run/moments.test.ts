import { describe, expect, it } from 'vitest';
import { median } from '../../../sim-core/run/moments.ts';

describe('The median over trials', () => {
  it('is the middle value, in numerical and not in textual order', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('is the mean of the two middle values of an even number', () => {
    expect(median([4, -1, 1000, 2])).toBe(3);
  });

  it('is the value itself for a single trial and leaves its input as it was', () => {
    const values = [3];
    expect(median(values)).toBe(3);
    const unordered = [2, 1];
    median(unordered);
    expect(unordered).toEqual([2, 1]);
  });
});
