import { describe, expect, it } from 'vitest';
import { decodeResult, encodeResult } from '../../extension/results/stored.ts';
import { exampleDesign, exampleResult } from './result.ts';

const stored = { result: exampleResult, design: exampleDesign };

describe('The stored form of a result', () => {
  it('gives the same result back', () => {
    expect(decodeResult(encodeResult(stored))).toEqual(stored);
  });

  it('is found at any place of a larger buffer', () => {
    const bytes = encodeResult(stored);
    const larger = new Uint8Array(bytes.length + 13);
    larger.set(bytes, 13);
    expect(decodeResult(larger.subarray(13))).toEqual(stored);
  });

  it.each([0, 1, 17, 40, 400, 1000])('is recognised as cut off after %i bytes', (length) => {
    const bytes = encodeResult(stored);
    expect(length).toBeLessThan(bytes.length);
    expect(decodeResult(bytes.subarray(0, length))).toBeUndefined();
  });

  it('is recognised as cut off within its last number', () => {
    const bytes = encodeResult(stored);
    expect(decodeResult(bytes.subarray(0, bytes.length - 1))).toBeUndefined();
  });

  it('is told from other bytes', () => {
    expect(decodeResult(Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256))).toBeUndefined();
    expect(decodeResult(new TextEncoder().encode('memloom-result-2\n5\n{"a":'))).toBeUndefined();
  });
});
