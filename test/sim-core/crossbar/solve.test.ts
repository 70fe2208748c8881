import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineEnds } from '../../../sim-core/crossbar/circuit.ts';
import { solveCrossbar } from '../../../sim-core/crossbar/solve.ts';
import { anyExcited } from './circuits.ts';
import { solveDense } from './dense.ts';

const largest = (values: Iterable<number>) => {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
};

describe('solveCrossbar', () => {
  it('agrees with Gaussian elimination on any small circuit', () => {
    let solvable = 0;
    fc.assert(
      fc.property(anyExcited, ({ circuit, drives }) => {
        const solved = solveCrossbar(circuit, drives);
        if (!solved.ok) {
          const codes = solved.problems.map(({ code }) => code);
          expect(['crossbar.floating-line', 'crossbar.shorted-ends']).toEqual(expect.arrayContaining(codes));
          return;
        }
        solvable++;
        const { value } = solved;
        const oracle = solveDense(circuit, drives);
        const volts = largest(lineEnds.flatMap((end) => [...(drives[end] ?? [])]));
        for (const [ours, theirs] of [
          [value.wordVoltage, oracle.wordVoltage],
          [value.bitVoltage, oracle.bitVoltage],
        ])
          expect(largest(ours.map((v, k) => v - theirs[k]))).toBeLessThanOrEqual(1e-10 * volts);
        const amperes = largest(lineEnds.flatMap((end) => oracle.into[end])) + largest(value.cellCurrent);
        // Where all voltages balance, what remains is the rounding of voltages across the best device.
        const rounding = 1e-14 * volts * largest(circuit.conductance);
        for (const end of lineEnds) {
          const sign = end.startsWith('word') ? 1 : -1;
          const difference = oracle.into[end].map((i, line) => sign * i - value.ends[end].current[line]);
          expect(largest(difference)).toBeLessThanOrEqual(1e-10 * amperes + rounding);
        }
      }),
      { seed: 4, numRuns: 600 },
    );
    expect(solvable).toBeGreaterThan(300);
  });
});
