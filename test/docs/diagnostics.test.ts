import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../cli/terminal.ts';
import { diagnosticPages } from './diagnostic-pages.ts';

const folder = join(root, 'docs/diagnostics');

it('there is a page for each diagnostic, as the catalogue and the corpus give it (UPDATE_DOCS=1 writes them)', () => {
  const pages = diagnosticPages();
  if (process.env.UPDATE_DOCS) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
    for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  }
  const stale = [...pages].filter(([name, text]) => {
    const path = join(folder, name);
    return !existsSync(path) || readFileSync(path, 'utf8') !== text;
  });
  expect(stale.map(([name]) => name)).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});
