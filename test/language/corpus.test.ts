import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { catalogue } from '@memloom/language';
import { describe, expect, it } from 'vitest';
import { check, isAnnotation } from './check.ts';
import { exampleCodes, examplePath, filesOf, mendedPart, wrongPart } from './examples.ts';
import { presentFiles } from './present-files.ts';

const folder = new URL('./corpus/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.loom'));

/** Files that data sets and experiments of the corpus may name. */
const data = ['d.csv', 'u.tsv', 'b.csv', 'weights.safetensors', ...Object.keys(presentFiles)];

async function expectFindings(url: URL): Promise<string> {
  const text = readFileSync(url, 'utf8');
  const files = filesOf(wrongPart(text));
  const { actual } = await check(files, data);
  if (process.env.UPDATE)
    writeFileSync(
      url,
      text.replace(files['main.loom'], () => actual),
    );
  expect(actual).toBe(files['main.loom']);
  expect(actual.split('\n').some(isAnnotation)).toBe(true);
  return actual;
}

describe('the corpus of faulty texts (UPDATE=1 writes what is found)', () => {
  it.each(names)('%s gives exactly the findings written into it', async (name) => {
    await expectFindings(new URL(name, folder));
  });
});

describe('the examples of the diagnostics', () => {
  it.each(exampleCodes)('%s: the wrong text gives the finding, the mended one nothing', async (code) => {
    const actual = await expectFindings(examplePath(code));
    expect(actual).toContain(` ${code}: `);
    const mended = filesOf(mendedPart(readFileSync(examplePath(code), 'utf8')));
    const { diagnostics } = await check(mended, data);
    expect(diagnostics.map((finding) => `${finding.code}: ${finding.message}`)).toEqual([]);
  });

  it('show every code of the catalogue but those that no text brings about', () => {
    const outside = ['check.failed', 'file.unreadable'];
    const codes = Object.keys(catalogue).filter((code) => !outside.includes(code));
    expect(exampleCodes).toEqual([...codes].sort());
  });
});
