import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memloom, root, withFolder } from '../cli/terminal.ts';

interface Block {
  readonly language: string;
  readonly options: Readonly<Record<string, string>>;
  readonly text: string;
}

function blocksOf(document: string): readonly Block[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, language, options, body]) => ({
    language,
    options: Object.fromEntries(
      options
        .trim()
        .split(/\s+/)
        .map((option) => option.split('=')),
    ),
    text: body,
  }));
}

/** The arguments of a command line with double quotes and a comment at its end. */
const argumentsOf = (line: string): readonly string[] =>
  [...line.replace(/\s#.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]).slice(1);

it('the guide can be followed from its first line to its last', { timeout: 240_000 }, () => {
  withFolder((folder) => {
    let commands = 0;
    // What the guide supposes its reader to have.
    writeFileSync(join(folder, 'g.csv'), '1e-4, 2e-4\n3e-4, 4e-4\n5e-4, 6e-4\n');
    writeFileSync(join(folder, 'v.csv'), '0.1, 0.2, 0.3\n');
    for (const { language, options, text } of blocksOf('docs/guide.md')) {
      if (language === 'loom') {
        const file = options.file ?? 'untitled.loom';
        writeFileSync(join(folder, file), text);
        const checked = memloom(folder, ['check', file]);
        expect(checked.code, `${text}\n${checked.out}${checked.err}`).toBe(0);
      }
      if (language !== 'sh') continue;
      for (const line of text.trim().split('\n')) {
        const ended = memloom(folder, argumentsOf(line));
        expect(ended.code, `${line}\n${ended.out}${ended.err}`).toBe(Number(options.exit ?? 0));
        commands++;
      }
    }
    expect(commands).toBeGreaterThan(10);
  });
});

it('the architecture of the README checks clean and runs', () => {
  withFolder((folder) => {
    const [first] = blocksOf('README.md').filter(({ language }) => language === 'loom');
    const file = join(folder, 'readme.loom');
    writeFileSync(file, first.text.replace('"examples/', `"${root}examples/`));
    const ended = memloom(folder, ['run', file, '--trials', '3']);
    expect(ended.code, ended.err).toBe(0);
    expect(ended.err).toBe('');
  });
});

describe('links between documents', () => {
  it.each([
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'docs/guide.md',
    'docs/gallery.md',
    'docs/diagnostics/README.md',
  ])('of %s lead somewhere', (document) => {
    const text = readFileSync(join(root, document), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1]);
    const missing = targets.filter((target) => !existsSync(join(root, dirname(document), target)));
    expect(missing).toEqual([]);
  });
});
