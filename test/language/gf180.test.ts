import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockDesign, ParameterValue } from '@memloom/sim-core';
import { describe, expect, it } from 'vitest';
import { designOf, show } from './program.ts';

const library = join(import.meta.dirname, '../../language/std');
const read = (name: string): string => readFileSync(join(library, name), 'utf8');

interface Recorded {
  readonly block: string;
  readonly file: string;
  readonly source: {
    readonly corner: string;
    readonly mismatch: { readonly trials: number; readonly seed: number };
  };
  readonly parameters: Readonly<Record<string, { readonly value: number; readonly sigma: number }>>;
  readonly rails: { readonly low: number; readonly high: number };
  readonly pole: number;
  readonly slewRate: number;
  readonly injectedCharge?: number;
  readonly power: number;
  readonly area: number;
}
const records: readonly Recorded[] = JSON.parse(read('gf180/characterized.json'));

const blocksOf = async (file: string): Promise<readonly BlockDesign[]> => (await designOf(read(file))).blocks;
const defaultOf = (block: BlockDesign, name: string): ParameterValue | undefined =>
  block.parameters.find((parameter) => parameter.name === name)?.default;
const digits = (value: number): number => Number(value.toPrecision(4));

describe('std.gf180', () => {
  it('is what npm run characterize writes from the recorded figures', async () => {
    const script = '../../scripts/steps/fitted-library.mjs';
    const { fittedLibrary } = await import(script);
    expect(read('gf180.loom')).toBe(fittedLibrary(read('cmos180.loom'), records));
  });

  it('has the figures of every measured circuit', async () => {
    const blocks = await blocksOf('gf180.loom');
    expect(records.length).toBe(7);
    for (const { block: name, parameters, rails, ...record } of records) {
      const block = blocks.find((each) => each.name === name) as BlockDesign;
      for (const [parameter, { value, sigma }] of Object.entries(parameters)) {
        const found = defaultOf(block, parameter);
        expect([name, parameter, found]).toMatchObject(
          found?.kind === 'distribution'
            ? [
                name,
                parameter,
                { shape: 'gaussian', mean: digits(value), sigma: digits(sigma), relative: false },
              ]
            : [name, parameter, { kind: 'number', value: digits(value) }],
        );
        // What the block says to be the same in every circuit has no spread.
        if (found?.kind === 'number') expect([name, parameter, sigma]).toEqual([name, parameter, 0]);
      }
      expect(defaultOf(block, 'rails')).toMatchObject({ low: digits(rails.low), high: digits(rails.high) });
      expect(defaultOf(block, 'pole')).toMatchObject({ value: digits(record.pole) });
      expect(defaultOf(block, 'slewRate')).toMatchObject({ value: digits(record.slewRate) });
      if (record.injectedCharge !== undefined)
        expect(defaultOf(block, 'injectedCharge')).toMatchObject({ value: digits(record.injectedCharge) });
      const costs = Object.fromEntries((block.costs ?? []).map((cost) => [cost.name, show(cost.value)]));
      for (const cost of ['power', 'area'] as const)
        expect(Number(costs[cost]) / record[cost]).toBeCloseTo(1, 3);
      const doc = read('gf180.loom').split(`block ${name}(`)[0].split('\n\n').at(-1) ?? '';
      expect(doc).toContain(`gf180/${record.file}`);
      expect(doc).toContain(`${record.source.corner} corner`);
      expect(doc).toContain(`${record.source.mismatch.trials} draws`);
      expect(doc).toContain(`seed ${record.source.mismatch.seed}.`);
    }
  });

  it('has the blocks and equations of std.cmos180, and nothing else', async () => {
    const plain = (blocks: readonly BlockDesign[]) =>
      blocks.map(({ name, inputs, output, equations, parameters }) => ({
        name,
        inputs,
        output,
        equations: equations.map((equation) => [equation.name, show(equation.value)]),
        parameters: parameters.map((parameter) => parameter.name),
      }));
    expect(plain(await blocksOf('gf180.loom'))).toEqual(plain(await blocksOf('cmos180.loom')));
  });
});
