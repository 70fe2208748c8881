import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyExample, memloom, root, withFolder } from './terminal.ts';

const { version } = JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8'));

describe('memloom', () => {
  it.each([[[]], [['--help']], [['help']]])('with %j lists its commands', (args) => {
    const { code, out } = memloom(root, args);
    expect(code).toBe(0);
    for (const name of ['check', 'run', 'fmt', 'init']) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it.each(['check', 'run', 'fmt', 'init'])('%s --help says usage, options and examples', (name) => {
    const { code, out } = memloom(root, [name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: memloom ${name}`);
    expect(out).toContain('Examples:');
    expect(memloom(root, ['help', name]).out).toBe(out);
  });

  it.each([[['--version']], [['run', '--version']]])('%j prints the version', (args) => {
    expect(memloom(root, args)).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('names the nearest command', () => {
    const { code, err } = memloom(root, ['chek']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean "check"?');
  });
});

describe('memloom check', () => {
  it('says nothing of a sound architecture', () => {
    const { code, out } = memloom(root, ['check', 'examples/airline/airline.loom']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  it('prints file, line, column, severity, code and message, counted from one', () => {
    withFolder((folder) => {
      writeFileSync(
        join(folder, 'bad.loom'),
        'import std.cells\n\nnetwork N(x: [1]) -> y: [1] {\n  y = dense(z, units = 1)\n}\n',
      );
      const { code, out } = memloom(folder, ['check', 'bad.loom']);
      expect(code).toBe(1);
      expect(out).toMatch(/^bad\.loom:4:13: error \S+ .*z/m);
      const json = JSON.parse(memloom(folder, ['check', 'bad.loom', '--json']).out);
      expect(json[0]).toMatchObject({
        file: 'bad.loom',
        range: { start: { line: 3, character: 12 }, end: { line: 3, character: 13 } },
        severity: 'error',
      });
      expect(Object.keys(json[0])).toEqual([
        'file',
        'range',
        'severity',
        'code',
        'message',
        'mend',
        'related',
      ]);
    });
  });

  it('prints the other side of a conflict, where it stands, and how to mend it', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'twice.loom'), 'device D = resistive()\ndevice D = resistive()\n');
      const { out } = memloom(folder, ['check', 'twice.loom']);
      const [line, note, mend] = out.trimEnd().split('\n');
      expect(line).toMatch(/^twice\.loom:2:8: error name\.duplicate /);
      expect(note).toMatch(/^ {2}twice\.loom:1:8: note \S/);
      expect(mend).toBe('  mend Rename one of them.');
      const [found] = JSON.parse(memloom(folder, ['check', 'twice.loom', '--json']).out);
      expect(found).toMatchObject({
        mend: 'Rename one of them.',
        related: [{ file: 'twice.loom', range: { start: { line: 0, character: 7 } } }],
      });
    });
  });

  it('gives an empty array for sound architectures', () => {
    const { code, out } = memloom(root, [
      'check',
      '--json',
      'examples/airline/airline.loom',
      'examples/wafer/wafer.loom',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([]);
  });

  it.each([['none.loom'], ['.']])('refuses %s, which is no file', (file) => {
    withFolder((folder) => {
      const { code, out, err } = memloom(folder, ['check', file, '--json']);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('error');
    });
  });
});

describe('a file that is no architecture by its name', () => {
  it.each([
    ['check', 'notes.txt'],
    ['run', 'notes.txt'],
    ['fmt', 'notes.txt'],
    ['run', '/dev/null'],
  ])('is refused by %s: %s', (command, file) => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'notes.txt'), 'import std.cells\n');
      const { code, out, err } = memloom(folder, [command, file]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/error file\.name .*does not end in \.loom/);
    });
  });
});

it('an import of a file that is no architecture by its name is an error with its place', () => {
  withFolder((folder) => {
    writeFileSync(join(folder, 'notes.txt'), 'import std.cells\n');
    writeFileSync(join(folder, 'a.loom'), 'import "notes.txt"\n');
    const { code, out, err } = memloom(folder, ['check', 'a.loom']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^a\.loom:1:8: error import\.notFound .*notes\.txt/);
  });
});

describe('memloom fmt', () => {
  const untidy = 'device   D=vteam( rOn=10 kOhm ){levels=64}\n';

  it('rewrites a file once and then leaves it', () => {
    withFolder((folder) => {
      const file = join(folder, 'a.loom');
      writeFileSync(file, untidy);
      expect(memloom(folder, ['fmt', '--check', 'a.loom'])).toMatchObject({ code: 1, out: 'a.loom\n' });
      expect(readFileSync(file, 'utf8')).toBe(untidy);
      expect(memloom(folder, ['fmt', 'a.loom']).code).toBe(0);
      const tidy = readFileSync(file, 'utf8');
      expect(tidy).toContain('device D = vteam(rOn = 10 kOhm)');
      expect(memloom(folder, ['fmt', '--check', 'a.loom'])).toMatchObject({ code: 0, out: '' });
      memloom(folder, ['fmt', 'a.loom']);
      expect(readFileSync(file, 'utf8')).toBe(tidy);
      expect(readdirSync(folder)).toEqual(['a.loom']);
    });
  });

  it('leaves a file that does not parse as it is', () => {
    withFolder((folder) => {
      const file = join(folder, 'a.loom');
      writeFileSync(file, 'device   D=');
      const { code, err } = memloom(folder, ['fmt', 'a.loom']);
      expect(code).toBe(2);
      expect(err).toMatch(/a\.loom:1:\d+: error/);
      expect(readFileSync(file, 'utf8')).toBe('device   D=');
    });
  });

  it('leaves a file that is not in UTF-8 as it is', () => {
    withFolder((folder) => {
      const file = join(folder, 'a.loom');
      const bytes = Buffer.from('// caf\xe9\ndevice   D =  vteam()\n', 'latin1');
      writeFileSync(file, bytes);
      const { code, err } = memloom(folder, ['fmt', 'a.loom']);
      expect(code).toBe(2);
      expect(err).toMatch(/^a\.loom:1: error file\.encoding/);
      expect(readFileSync(file)).toEqual(bytes);
    });
  });

  it('finds the examples formatted', () => {
    const files = ['examples/airline/airline.loom', 'examples/wafer/wafer.loom'];
    expect(memloom(root, ['fmt', '--check', ...files])).toMatchObject({ code: 0, out: '' });
  });
});

describe('memloom init', () => {
  it('writes an architecture that is sound, formatted, and holds what it expects', () => {
    withFolder((folder) => {
      expect(memloom(folder, ['init', 'mine'])).toMatchObject({ code: 0, err: '' });
      expect(readdirSync(join(folder, 'mine')).sort()).toEqual(['first.csv', 'first.loom']);
      expect(memloom(folder, ['check', 'mine/first.loom'])).toEqual({ code: 0, out: '', err: '' });
      expect(memloom(folder, ['fmt', '--check', 'mine/first.loom']).code).toBe(0);
      expect(memloom(folder, ['run', 'mine/first.loom'])).toMatchObject({ code: 0, err: '' });
    });
  });

  it('never overwrites', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'first.loom'), 'mine');
      const { code, err } = memloom(folder, ['init']);
      expect(code).toBe(2);
      expect(err).toContain('first.loom is there already');
      expect(readdirSync(folder)).toEqual(['first.loom']);
      expect(readFileSync(join(folder, 'first.loom'), 'utf8')).toBe('mine');
    });
  });
});

describe('the progress line', () => {
  it('is not drawn where standard error is no terminal', () => {
    withFolder((folder) => {
      copyExample('airline', folder);
      expect(memloom(folder, ['run', 'airline.loom', '--trials', '2']).err).toBe('');
    });
  });
});
