import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allRoles,
  cellNetwork,
  cells,
  type DesignChanges,
  designOf,
  idealProgram,
  outputOf,
  randomInput,
  randomWeights,
  realised,
  realProgram,
  sized,
  use,
} from './designs.ts';

const steps = 3;
const batch = 2;

function largestDifference(changes: DesignChanges, seed: number, spread = 1): number {
  const design = designOf(changes);
  const network = sized(design);
  const weights = randomWeights(network, seed, spread);
  const input = randomInput(steps * network.inputs[0].size * batch, seed);
  const ideal = outputOf(idealProgram(network, weights, { steps, batch }), input);
  const real = outputOf(realProgram(realised(design), weights, seed, { steps, batch }), input);
  return Math.max(...ideal.map((value, index) => Math.abs(value - real[index])));
}

describe('A network on hardware without errors', () => {
  it('equals the ideal network, for every cell, size, read-out, coding, tiling and normalisation', () => {
    const arbitrary = fc.record({
      cell: fc.constantFrom(...cells.map(({ name }) => name)),
      n: fc.integer({ min: 1, max: 4 }),
      m: fc.integer({ min: 1, max: 6 }),
      readout: fc.constantFrom('voltage' as const, 'current' as const),
      coding: fc.constantFrom('differential' as const, 'complementary' as const, 'offset' as const),
      pairs: fc.constantFrom('rows' as const, 'columns' as const),
      size: fc.option(
        fc.record({ rows: fc.integer({ min: 3, max: 9 }), columns: fc.integer({ min: 2, max: 9 }) }),
        { nil: undefined },
      ),
      partialSums: fc.constantFrom('digital' as const, 'analog' as const),
      noiseManagement: fc.constantFrom('none' as const, 'absMax' as const),
      normalise: fc.constantFrom('dummyRow' as const, 'amplifier' as const),
      load: fc.constantFrom(0, 3e-5),
      vRead: fc.constantFrom(0.1, 0.2, 0.37),
      scale: fc.constantFrom(0.05, 0.1, 1),
      gOff: fc.constantFrom(1e-8, 1e-6, 5e-5),
      spread: fc.constantFrom(0.01, 1, 2.5),
      bound: fc.boolean(),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(
        arbitrary,
        ({ cell, n, m, scale, gOff, spread, bound, noiseManagement, seed, ...crossbar }) => {
          const changes: DesignChanges = {
            device: { gOff },
            crossbar,
            hardware: { scale, noiseManagement, bindings: bound ? allRoles(crossbar.readout) : {} },
            network: cellNetwork(cell, n, m),
          };
          expect(largestDifference(changes, seed, spread)).toBeLessThan(1e-9);
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it('equals the network of the rounded weights where weights are sliced', () => {
    const arbitrary = fc.record({
      cell: fc.constantFrom(...cells.map(({ name }) => name)),
      readout: fc.constantFrom('voltage' as const, 'current' as const),
      coding: fc.constantFrom('differential' as const, 'complementary' as const, 'offset' as const),
      pairs: fc.constantFrom('rows' as const, 'columns' as const),
      normalise: fc.constantFrom('dummyRow' as const, 'amplifier' as const),
      size: fc.constantFrom(undefined, { rows: 7, columns: 13 }),
      slices: fc.integer({ min: 1, max: 4 }),
      sliceBits: fc.integer({ min: 1, max: 3 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ cell, seed, ...crossbar }) => {
        const design = designOf({
          crossbar: { ...crossbar, weightMax: 2 },
          network: cellNetwork(cell, 2, 3),
        });
        const network = sized(design);
        const weights = randomWeights(network, seed);
        const most = 2 ** (crossbar.slices * crossbar.sliceBits) - 1;
        const rounded = new Map(
          [...weights].map(([name, values]) => [
            name,
            values.map((w) => (2 * Math.sign(w) * Math.round((Math.min(2, Math.abs(w)) / 2) * most)) / most),
          ]),
        );
        const input = randomInput(steps * 2 * batch, seed);
        const ideal = outputOf(idealProgram(network, rounded, { steps, batch }), input);
        const real = outputOf(realProgram(realised(design), weights, seed, { steps, batch }), input);
        for (const [i, value] of ideal.entries()) expect(Math.abs(real[i] - value)).toBeLessThan(1e-9);
      }),
      { seed: 8, numRuns: 150 },
    );
  });

  it('equals it when weightMax is larger than every weight, and when all weights are zero', () => {
    expect(largestDifference({ crossbar: { weightMax: 20 } }, 5)).toBeLessThan(1e-9);
    expect(largestDifference({ crossbar: { readout: 'voltage' } }, 5, 0)).toBeLessThan(1e-9);
  });

  it('equals it without a crossbar, the weights being ideal', () => {
    expect(
      largestDifference({ hardware: { crossbar: undefined, bindings: allRoles('current') } }, 6),
    ).toBeLessThan(1e-9);
  });

  it('equals it with converters at the word lines and behind the columns as their steps go to zero', () => {
    const bindings = { ...allRoles('voltage'), input: use('Converter'), output: use('Converter') };
    expect(largestDifference({ crossbar: { readout: 'voltage' }, hardware: { bindings } }, 7)).toBeLessThan(
      1e-8,
    );
    const coarse = { ...bindings, input: use('Converter', { step: { kind: 'number', value: 0.05 } }) };
    expect(
      largestDifference({ crossbar: { readout: 'voltage' }, hardware: { bindings: coarse } }, 7),
    ).toBeGreaterThan(1e-3);
  });
});
