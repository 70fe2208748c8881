import { type CrossbarDesign, codedWeight } from '@memloom/sim-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const crossbar = (changes: Partial<CrossbarDesign>): CrossbarDesign => ({
  id: 'crossbar:C',
  name: 'C',
  device: 'D',
  tiling: true,
  partialSums: 'digital',
  sliceBits: 2,
  readout: 'voltage',
  coding: 'differential',
  pairs: 'rows',
  normalise: 'dummyRow',
  vRead: 0.1,
  wire: 0,
  wireCapacitance: 0,
  load: 0,
  ...changes,
});
const device = (levels?: number) => ({
  gOn: 1e-4,
  gOff: 1e-6,
  stuckOn: 0,
  stuckOff: 0,
  ...(levels === undefined ? {} : { levels }),
});
const codings = ['differential', 'complementary', 'offset'] as const;
const weight = fc.double({ min: -3, max: 3, noNaN: true });

describe('The weight that devices stand for', () => {
  it.each(codings)('is the weight itself on a continuum, limited to the largest: %s', (coding) => {
    fc.assert(
      fc.property(weight, (w) => {
        const coded = codedWeight(crossbar({ coding }), device(), 2)(w);
        expect(coded).toBeCloseTo(Math.min(2, Math.max(-2, w)), 12);
      }),
      { seed: 5 },
    );
  });

  it('is a multiple of weightMax / (levels - 1) with one of two devices at gOff', () => {
    fc.assert(
      fc.property(weight, fc.integer({ min: 2, max: 64 }), (w, levels) => {
        const step = 2 / (levels - 1);
        const nearest = Math.round(Math.min(2, Math.abs(w)) / step) * step;
        const coded = codedWeight(crossbar({}), device(levels), 2)(w);
        // A tie may go either way.
        expect(
          Math.min(Math.abs(Math.abs(coded) - nearest), Math.abs(Math.abs(coded - w) - step / 2)),
        ).toBeLessThan(1e-9);
      }),
      { seed: 5 },
    );
  });

  it('is off by half a step at most, and a step with a single device about the middle', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (w) => {
        const levels = 33;
        const error = (coding: CrossbarDesign['coding']) =>
          Math.abs(codedWeight(crossbar({ coding }), device(levels), 2)(w) - w);
        expect(error('differential')).toBeLessThanOrEqual(1 / 32 + 1e-9);
        expect(error('offset')).toBeLessThanOrEqual(2 / 32 + 1e-9);
      }),
      { seed: 5 },
    );
  });

  it('has slices · bits binary digits when sliced, each on a level of its own', () => {
    const sliced = codedWeight(crossbar({ slices: 3, sliceBits: 2 }), device(4), 1);
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (w) => {
        expect(sliced(w) * 63).toBeCloseTo(Math.sign(w) * Math.round(Math.abs(w) * 63), 9);
      }),
      { seed: 5 },
    );
  });
});
