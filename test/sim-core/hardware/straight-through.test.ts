import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTensorGradient, writeInput, writeOutputGradient } from '../../../sim-core/program/access.ts';
import { backward, forward } from '../../../sim-core/program/evaluate.ts';
import type { Program } from '../../../sim-core/program/program.ts';
import {
  allRoles,
  cellNetwork,
  cells,
  type DesignChanges,
  designOf,
  gaussian,
  idealProgram,
  randomInput,
  randomWeights,
  realised,
  realProgram,
  sized,
} from './designs.ts';

const options = { steps: 3, batch: 2, gradient: true };

function differentiate(program: Program, seed: number): void {
  writeInput(program, 'x', randomInput(options.steps * 2 * options.batch, seed));
  forward(program);
  writeOutputGradient(program, 'y', randomInput(options.steps * options.batch, seed + 1));
  backward(program);
}

function gradients(changes: DesignChanges, seed: number) {
  const design = designOf(changes);
  const network = sized(design);
  const weights = randomWeights(network, seed);
  const ideal = idealProgram(network, weights, options);
  differentiate(ideal, seed);
  const hardware = realised(design);
  const real = realProgram(hardware, weights, seed, options);
  differentiate(real, seed);
  const into = new Map<string, Float64Array>();
  hardware.realisation.gradient(real, weights, into);
  return [...weights.keys()].map((name) => ({
    name,
    ideal: readTensorGradient(ideal, name),
    real: into.get(name) ?? new Float64Array(),
  }));
}

describe('The straight-through gradient', () => {
  it('is the ideal gradient where the hardware has no errors', () => {
    const arbitrary = fc.record({
      cell: fc.constantFrom(...cells.map(({ name }) => name)),
      readout: fc.constantFrom('voltage' as const, 'current' as const),
      coding: fc.constantFrom('differential' as const, 'complementary' as const, 'offset' as const),
      pairs: fc.constantFrom('rows' as const, 'columns' as const),
      size: fc.constantFrom(undefined, { rows: 7, columns: 13 }),
      normalise: fc.constantFrom('dummyRow' as const, 'amplifier' as const),
      crossbar: fc.boolean(),
      noiseManagement: fc.constantFrom('none' as const, 'absMax' as const),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ cell, crossbar, noiseManagement, seed, ...mode }) => {
        const changes: DesignChanges = {
          crossbar: mode,
          hardware: {
            noiseManagement,
            bindings: allRoles(mode.readout),
            ...(crossbar ? {} : { crossbar: undefined }),
          },
          network: cellNetwork(cell, 2, 3),
        };
        for (const { ideal, real } of gradients(changes, seed)) {
          expect(real.length).toBe(ideal.length);
          for (const [i, value] of ideal.entries()) expect(Math.abs(real[i] - value)).toBeLessThan(1e-9);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('is that of the conductances that act where lines have resistance', () => {
    for (const readout of ['voltage', 'current'] as const) {
      const all = (wire: number) =>
        gradients({ crossbar: { readout, wire }, network: cellNetwork('Lstm', 2, 3) }, 3);
      for (const { ideal, real } of all(1e-4))
        for (const [i, value] of ideal.entries()) expect(Math.abs(real[i] - value)).toBeLessThan(1e-4);
      const away = all(300).flatMap(({ ideal, real }) => [...ideal].map((value, i) => real[i] - value));
      expect(away.every(Number.isFinite)).toBe(true);
      expect(Math.max(...away.map(Math.abs))).toBeGreaterThan(1e-4);
    }
  });

  it('of sliced weights is near the ideal one, as the slices round', () => {
    const crossbar = { slices: 4, sliceBits: 4, size: { rows: 8, columns: 12 } };
    const all = gradients({ crossbar, network: cellNetwork('Np', 2, 3) }, 3);
    for (const { ideal, real } of all)
      for (const [i, value] of ideal.entries()) expect(Math.abs(real[i] - value)).toBeLessThan(1e-4);
  });

  it('is finite and near the ideal one with every error on, from states that start at 0 V', () => {
    for (const readout of ['voltage', 'current'] as const) {
      const changes: DesignChanges = {
        device: { levels: 256, programming: gaussian(0.005, true), readNoise: gaussian(0.002, true) },
        crossbar: { readout },
        network: cellNetwork('Np', 2, 3),
      };
      const all = gradients(changes, 3);
      const [ideal, real] = [all.flatMap((g) => [...g.ideal]), all.flatMap((g) => [...g.real])];
      const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
      expect(real.every(Number.isFinite)).toBe(true);
      expect(dot(ideal, real) / Math.sqrt(dot(ideal, ideal) * dot(real, real))).toBeGreaterThan(0.95);
      expect(real).not.toEqual(ideal);
    }
  });
});
