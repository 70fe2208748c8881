import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTexts } from '@memloom/language';
import { describe, expect, it } from 'vitest';
import { root } from '../cli/terminal.ts';
import { referenceTable } from './reference-tables.ts';

const path = join(root, 'docs/language.md');
const reference = readFileSync(path, 'utf8');
const sections = reference.split(/^## /m).slice(1);
const blocks = (text: string): string[] =>
  [...text.matchAll(/^```loom\n([\s\S]*?)^```$/gm)].map((match) => match[1]);

describe('the language reference', () => {
  it.each(sections.filter((text) => blocks(text).length > 0).map((text) => [text.split('\n')[0], text]))(
    'compiles in its section "%s"',
    async (_, section) => {
      const project = await openTexts({ 'memory:/reference.loom': blocks(section).join('\n') });
      expect(await project.checkFile('memory:/reference.loom')).toEqual([]);
    },
  );

  it('holds the tables that the sources give', () => {
    const current = reference.replace(
      /<!-- generated: ([\w ]+) -->\n[\s\S]*?<!-- end -->/g,
      (_, name: string) => `<!-- generated: ${name} -->\n\n${referenceTable(name)}\n\n<!-- end -->`,
    );
    if (process.env.UPDATE_DOCS) writeFileSync(path, current);
    else expect(reference).toBe(current);
    for (const [, name] of reference.matchAll(/<!-- generated: ([\w ]+) -->/g)) {
      expect(referenceTable(name).split('\n').length, name).toBeGreaterThan(2);
    }
  });

  it('says something of each word of the grammar', () => {
    const grammar = readFileSync(join(root, 'language/loom.langium'), 'utf8')
      .replace(/\/\/.*$/gm, '')
      .replace(/\/\*[\s\S]*?\*\//g, '');
    const words = new Set([...grammar.matchAll(/'([a-z]+)'/g)].map((match) => match[1]));
    const spoken = [...reference.matchAll(/```[\s\S]*?```|`[^`\n]*`/g)].map((match) => match[0]).join('\n');
    expect([...words].filter((word) => !new RegExp(`\\b${word}\\b`).test(spoken))).toEqual([]);
    expect(words.size).toBeGreaterThan(25);
  });
});
