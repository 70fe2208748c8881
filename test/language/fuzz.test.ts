import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTexts } from '@memloom/language';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { root } from '../cli/terminal.ts';

const uri = 'memory:/workspace/fuzzed.loom';
const read = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.loom'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
const sources = [...read('examples/airline'), ...read('examples/wafer'), ...read('language/std')];

/** One wound to a text: bytes deleted, doubled or inserted, tokens exchanged, a number made huge, a bracket deepened. */
const wound = fc.record({
  kind: fc.constantFrom('delete', 'double', 'insert', 'token', 'number', 'deep', 'cut'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      "'",
      '"',
      '{',
      '}',
      '/*',
      '..',
      '10 kOhm',
      'cell X extends X {}',
      'import "fuzzed.loom"',
      '\u0000',
    ),
  ),
});

function inflict(
  source: string,
  { kind, at, length, text }: { kind: string; at: number; length: number; text: string },
): string {
  const from = Math.floor(at * source.length);
  const [before, part, after] = [
    source.slice(0, from),
    source.slice(from, from + length),
    source.slice(from + length),
  ];
  if (kind === 'delete') return before + after;
  if (kind === 'double') return before + part + part + after;
  if (kind === 'insert') return before + text + part + after;
  if (kind === 'token') return before + source.slice(from).replace(/\w+/, text || 'x');
  if (kind === 'number') return before + source.slice(from).replace(/\d+/, `${'9'.repeat(400)}e99`);
  if (kind === 'deep') return before + '('.repeat(length * 20) + part + ')'.repeat(length * 20) + after;
  return before;
}

it('no text makes the checker throw, hang or fall silent about its own failure', {
  timeout: 120_000,
}, async () => {
  const cases = fc.tuple(fc.constantFrom(...sources), fc.array(wound, { minLength: 1, maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(cases, async ([source, wounds]) => {
      const text = wounds.reduce(inflict, source);
      const project = await openTexts({ [uri]: text });
      const diagnostics = await project.checkFile(uri);
      for (const { code, message, range } of diagnostics) {
        expect(code).toMatch(/^[a-z]+\.[a-zA-Z]+/);
        expect(message).not.toMatch(/internal|undefined|\[object/i);
        expect(range.start.line).toBeLessThanOrEqual(text.split('\n').length);
      }
      const elaborated = await project.elaborateFile(uri);
      expect(elaborated.ok).toBe(!elaborated.diagnostics.some(({ severity }) => severity === 'error'));
    }),
    { seed: 20261124, numRuns: 150 },
  );
});
