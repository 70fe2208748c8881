import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../cli/terminal.ts';
import { check } from '../language/check.ts';

const path = join(root, 'docs/gallery.md');
const sections = readFileSync(path, 'utf8')
  .split(/^(?=## )/m)
  .slice(1);

/** A section's faulty text, what is quoted as said of it, and its mended text. */
function partsOf(section: string): {
  readonly wrong: string;
  readonly said: string;
  readonly mended: string;
} {
  const [wrong, mended] = [...section.matchAll(/^```loom\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
  return {
    wrong,
    said: section
      .split('\n')
      .filter((line) => line.startsWith('> '))
      .join('\n'),
    mended,
  };
}

const findings = async (text: string): Promise<string> =>
  (await check({ 'main.loom': text })).diagnostics
    .map(({ severity, code, message }) => `> ${severity} [\`${code}\`](diagnostics/${code}.md): ${message}`)
    .join('\n>\n');

describe('the gallery of wrong architectures (UPDATE_DOCS=1 writes what is found)', () => {
  it('has at least ten', () => {
    expect(sections.length).toBeGreaterThanOrEqual(10);
  });

  it.each(sections.map((section) => [section.split('\n')[0], section]))('%s', async (_, section) => {
    const { wrong, mended } = partsOf(section);
    const found = await findings(wrong);
    expect(found).not.toBe('');
    if (process.env.UPDATE_DOCS) {
      const document = readFileSync(path, 'utf8');
      const updated = section.replace(/(^> [^\n]*\n(>\n)?)+/m, () => `${found}\n`);
      writeFileSync(
        path,
        document.replace(section, () => updated),
      );
    } else expect(section).toContain(`\n\n${found}\n\n`);
    expect(await findings(mended)).toBe('');
  });
});
