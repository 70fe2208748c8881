import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { examplePath, filesOf, wrongPart } from './examples.ts';
import { presentFiles } from './present-files.ts';

/** Findings about two places, of which the message stands at one. */
const twoSided = [
  'binding.target',
  'crossbar.drop',
  'crossbar.rows',
  'device.values',
  'dimension.mismatch',
  'domain.mismatch',
  'equation.loop',
  'experiment.statement',
  'extends.cycle',
  'import.cycle',
  'layer.time',
  'name.duplicate',
  'override.same',
  'parameter.duplicate',
  'parameter.missing',
  'parameter.unknown',
  'peephole.next',
  'probe.unknown',
  'range.fullScale',
  'range.rails',
  'range.reach',
  'read.disturb',
  'state.notPrimed',
  'sweep.repeated',
  'sweep.unrelated',
  'unit.mismatch',
  'value.bounds',
  'value.integer',
  'value.word',
  'weights.beyond',
  'weights.levels',
  'weights.unfit',
];

describe('A finding about two places', () => {
  it.each(twoSided)('leads to the other one, too: %s', async (code) => {
    const files = filesOf(wrongPart(readFileSync(examplePath(code as never), 'utf8')));
    const { diagnostics } = await check(files, ['d.csv', 'u.tsv', 'b.csv', ...Object.keys(presentFiles)]);
    const found = diagnostics.filter((each) => each.code === code);
    expect(found.length).toBeGreaterThan(0);
    for (const { range, file, related, message } of found) {
      expect(related.length, message).toBeGreaterThan(0);
      for (const other of related) {
        expect(other.message).toMatch(/\.$/);
        expect({ file: other.file, ...other.range }).not.toEqual({ file, ...range });
      }
    }
  });
});
