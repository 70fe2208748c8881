import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../sim-core/run/provenance.ts';
import type { Result } from '../../../sim-core/run/result.ts';
import { run } from '../../../sim-core/run/run.ts';
import { airlineRequest } from './airline-design.ts';

const request = { ...airlineRequest({ train: { epochs: 10 } }), trials: 4 };

function resultOf(...[of]: Parameters<typeof run>): Result {
  const result = run(of);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

/** Every bit of every number of a result, in order. */
function bitsOf(result: Result): string {
  const arrays = [
    Float64Array.from(Object.values(result.metrics)),
    Float64Array.from(Object.values(result.baselines)),
    result.training.loss,
    ...result.weights.map(({ values }) => values),
    ...result.predictions.flatMap(({ mean, std }) => [mean, std]),
    ...result.traces.columns.map(({ values }) => values),
  ];
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return hashOf(bytes);
}

describe('the same request', () => {
  it('gives the same result, to the last bit', () => {
    expect(resultOf(request)).toEqual(resultOf(request));
  });

  // Recorded on Node 20; it must hold on every engine. A change of the numerics changes it on purpose: then record anew.
  it('gives the bits that are recorded here, whatever the engine', () => {
    expect(bitsOf(resultOf(request))).toBe(
      '14bb57018d55c696e664b220b8b4c2e5b1c624f6ea8a05e2f52bd18adbc6e4e7',
    );
  });

  it('with another seed gives other weights and other errors', () => {
    const other = resultOf({ ...request, seed: 8 });
    const result = resultOf(request);
    expect(other.weights[0].values).not.toEqual(result.weights[0].values);
    expect(other.metrics['VoltageMode.rmse.test']).not.toBe(result.metrics['VoltageMode.rmse.test']);
  });
});

describe('more trials', () => {
  it('leave the first ones as they were', () => {
    const mean = (trials: number): number =>
      resultOf({ ...request, trials }).metrics['CurrentMode.rmse.test'];
    const one = mean(1);
    const two = mean(2);
    const spread = resultOf({ ...request, trials: 2 }).metrics['CurrentMode.rmse.test.std'];
    // With two values a and b: mean (a + b)/2 and sample deviation |a - b|/√2 give back a, the first trial alone.
    const candidates = [two + spread / Math.SQRT2, two - spread / Math.SQRT2];
    expect(Math.min(...candidates.map((value) => Math.abs(value - one)))).toBeLessThan(1e-9);
    expect(resultOf({ ...request, trials: 2 }).traces).toEqual(resultOf({ ...request, trials: 1 }).traces);
  });

  it('leave the ideal network as it was', () => {
    expect(resultOf({ ...request, trials: 7 }).metrics['rmse.test']).toBe(
      resultOf(request).metrics['rmse.test'],
    );
  });
});
