import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probe, writeFiles } from '../../cli/result/output-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memloom-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = [
  { name: 'a.txt', content: ['one ', 'two'] },
  { name: 'sub/b.bin', content: [Uint8Array.of(1, 2, 3)] },
];

describe('writing results', () => {
  it('makes the folders that are missing and leaves nothing but the files', async () => {
    const out = join(folder, 'deep', 'out');
    expect((await writeFiles(out, files)).ok).toBe(true);
    expect(readdirSync(out, { recursive: true }).sort()).toEqual(['a.txt', 'sub', join('sub', 'b.bin')]);
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('one two');
    expect([...readFileSync(join(out, 'sub', 'b.bin'))]).toEqual([1, 2, 3]);
  });

  it('replaces earlier results and leaves other files alone', async () => {
    writeFileSync(join(folder, 'a.txt'), 'earlier');
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    await writeFiles(folder, files);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one two');
    expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('is all or nothing: what fails half-way leaves no file and no folder', async () => {
    const out = join(folder, 'new', 'out');
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const content = (function* () {
      yield 'begins';
      throw full;
    })();
    const outcome = await writeFiles(out, [...files, { name: 'c.txt', content }]);
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'output.unwritable' }] });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps earlier results when a folder stands where a file must go', async () => {
    writeFileSync(join(folder, 'a.txt'), 'earlier');
    mkdirSync(join(folder, 'sub', 'b.bin'), { recursive: true });
    const outcome = await writeFiles(folder, files);
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'output.unwritable' }] });
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('earlier');
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'sub']);
  });
});

describe('asking whether results can be written', () => {
  it('leaves no trace where they can', () => {
    expect(probe(join(folder, 'deep', 'out')).ok).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('says why where the system lets no folder be made', () => {
    const outcome = probe('/proc/memloom/deep/out');
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'output.unwritable' }] });
  });

  it('says why below a regular file', () => {
    writeFileSync(join(folder, 'file'), '');
    const outcome = probe(join(folder, 'file', 'out'));
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'output.unwritable' }] });
    if (!outcome.ok) expect(outcome.problems[0].message).toContain('part of the path is a file');
  });

  it('says why where the folder itself is a file', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(probe(join(folder, 'file')).ok).toBe(false);
  });
});
