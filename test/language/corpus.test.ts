import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { catalogue } from '@memloom/language';
import { describe, expect, it } from 'vitest';
import { check, isAnnotation } from './check.ts';

const folder = new URL('./corpus/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.loom'));
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** Files that data sets and experiments of the corpus may name. */
const data = ['d.csv', 'u.tsv', 'b.csv', 'present.csv'];

/** The files of one corpus text: `// ==== NAME` begins another, the first is `main.loom`. */
function filesOf(text: string): Record<string, string> {
  const [main, ...others] = text.split(/^\/\/ ==== /m);
  const rest = others.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]);
  return { 'main.loom': main, ...Object.fromEntries(rest) };
}

describe('the corpus of faulty texts (UPDATE=1 writes what is found)', () => {
  it.each(names)('%s gives exactly the findings written into it', async (name) => {
    const text = read(name);
    const files = filesOf(text);
    const { actual } = await check(files, data);
    if (process.env.UPDATE)
      writeFileSync(
        new URL(name, folder),
        text.replace(files['main.loom'], () => actual),
      );
    expect(actual).toBe(files['main.loom']);
    expect(actual.split('\n').some(isAnnotation)).toBe(true);
  });

  it('shows every code of the catalogue, in a file of its name, but those that no text brings about', () => {
    const outside = ['check.failed', 'file.unreadable'];
    const shown = Object.keys(catalogue).filter(
      (code) => names.includes(`${code}.loom`) && read(`${code}.loom`).includes(` ${code}: `),
    );
    expect(shown).toEqual(Object.keys(catalogue).filter((code) => !outside.includes(code)));
  });
});
