import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { copyExample, startMemloom, withFolder } from './terminal.ts';

describe('a run that is interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 130],
    ['SIGHUP', 130],
  ] as const)('by %s ends at once with %i and leaves nothing', async (signal, expected) => {
    await withFolder(async (folder) => {
      copyExample('airline', folder);
      const file = join(folder, 'airline.loom');
      writeFileSync(file, readFileSync(file, 'utf8').replace('for 100 epochs', 'for 1000000 epochs'));
      const before = readdirSync(folder);
      const child = startMemloom(folder, ['run', 'airline.loom', '--out', 'new/out']);
      const ended = once(child, 'exit');
      await delay(2500);
      expect(child.exitCode).toBeNull();
      const asked = performance.now();
      child.kill(signal);
      const [code] = await ended;
      expect(code).toBe(expected);
      expect(performance.now() - asked).toBeLessThan(1000);
      expect(readdirSync(folder)).toEqual(before);
    });
  });
});

describe('a reader that has seen enough', () => {
  it('ends a command without an error', async () => {
    await withFolder(async (folder) => {
      const child = startMemloom(folder, ['run', '--help']);
      child.stdout.destroy();
      let err = '';
      child.stderr.on('data', (text) => {
        err += text;
      });
      const [code] = await once(child, 'exit');
      expect({ code, err }).toEqual({ code: 0, err: '' });
    });
  });
});
