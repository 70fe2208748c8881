import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { copyExample, startMemloom, withFolder } from './terminal.ts';

/** What a run is in the middle of when it is interrupted: how the example is changed, and when that has come. */
const phases = {
  training: {
    example: 'airline',
    change: ['for 100 epochs', 'for 1000000 epochs'],
    reached: () => delay(2500),
  },
  trials: { example: 'airline', change: ['trials 100', 'trials 1000000'], reached: () => delay(4000) },
  // All signals of all test samples: files of many megabytes.
  writing: {
    example: 'wafer',
    change: ['for 60 epochs', 'for 1 epochs', 'probe rnn.f, rnn.c, rnn.h', 'probe rnn'],
    reached: untilWriting,
  },
} as const;

const cases = Object.keys(phases).flatMap((phase) =>
  ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, phase] as [NodeJS.Signals, keyof typeof phases]),
);

describe('a run that is interrupted', () => {
  it.each(cases)(
    'by %s in the middle of %s ends at once with 130 and leaves nothing',
    async (signal, phase) => {
      const { example, change, reached } = phases[phase];
      await withFolder(async (folder) => {
        copyExample(example, folder);
        const file = join(folder, `${example}.loom`);
        writeFileSync(file, changed(readFileSync(file, 'utf8'), change));
        const before = readdirSync(folder);
        const child = startMemloom(folder, ['run', `${example}.loom`, '--out', 'new/out']);
        let err = '';
        child.stderr.on('data', (text) => {
          err += text;
        });
        const ended = once(child, 'exit');
        await reached(join(folder, 'new/out'));
        expect({ code: child.exitCode, err }).toEqual({ code: null, err: '' });
        const asked = performance.now();
        child.kill(signal);
        const [code] = await ended;
        expect({ code, err }).toEqual({ code: 130, err: '' });
        expect(performance.now() - asked).toBeLessThan(1000);
        expect(readdirSync(folder)).toEqual(before);
      });
    },
  );
});

/** Every other entry of `change` replaced by the one that follows it. */
function changed(text: string, [from, to, ...more]: readonly string[]): string {
  if (!text.includes(from)) throw new Error(`The example does not say "${from}".`);
  const once = text.replace(from, to);
  return more.length > 0 ? changed(once, more) : once;
}

/** Waits until the run writes its waveforms below `out`, under a temporary name. */
async function untilWriting(out: string): Promise<void> {
  // Before it computes, the run tries whether it can write, and takes its folders away again.
  const written = () => readdir(out, { recursive: true }).catch(() => []);
  while (!(await written()).some((path) => path.endsWith('traces.csv'))) {
    expect(existsSync(join(out, 'result.json'))).toBe(false);
    await delay(2);
  }
}

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
