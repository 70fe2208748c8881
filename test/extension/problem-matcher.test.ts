import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memloom, withFolder } from '../cli/terminal.ts';

const { contributes } = JSON.parse(
  readFileSync(new URL('../../extension/package.json', import.meta.url), 'utf8'),
);
const [{ pattern }] = contributes.problemMatchers;

/** What the problem matcher of the extension finds in what the terminal tool prints. */
function found(printed: string) {
  return printed.split('\n').flatMap((line) => {
    const match = new RegExp(pattern.regexp).exec(line);
    if (match === null) return [];
    const { file, line: at, column, severity, code, message } = pattern;
    return [[file, at, column, severity, code, message].map((group: number) => match[group])];
  });
}

describe('The problem matcher', () => {
  it('finds each finding of memloom check at its place', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'a.loom'), 'device D = resistive(rOn = 10 kOhm, rOff = 1 V)\n');
      const { out, err } = memloom(folder, ['check', 'a.loom']);
      expect(found(out + err)).toEqual([
        ['a.loom', '1', '44', 'error', expect.stringMatching(/^\w+\.\w+$/), expect.stringContaining('V')],
      ]);
    });
  });

  it('finds what memloom run says of a data file', () => {
    withFolder((folder) => {
      memloom(folder, ['init']);
      writeFileSync(join(folder, 'first.csv'), 'load\n1\nmany\n3\n');
      const { err } = memloom(folder, ['run', 'first.loom']);
      expect(found(err)).toEqual([
        ['first.csv', '3', expect.anything(), 'error', expect.any(String), expect.stringContaining('many')],
      ]);
    });
  });

  it('names severities as VS Code does', () => {
    expect(found('a.loom:1:2: information size.unused It is so.')).toEqual([
      ['a.loom', '1', '2', 'info', 'size.unused', 'It is so.'],
    ]);
  });
});
