import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../cli/spice/engine.ts';
import { unwrap } from '../sim-core/circuit/circuits.ts';
import { copyExample, memloom, root, withFolder } from './terminal.ts';

const examples = join(root, 'examples');

/** Every architecture of the examples that needs no data of others. */
const architectures = readdirSync(examples).flatMap((example) =>
  readdirSync(join(examples, example))
    .filter((file) => file.endsWith('.loom') && file !== 'wafer-ucr.loom')
    .map((file) => [example, file] as const),
);

/** Why an architecture has no circuit of behavioural blocks. */
const refusals: Readonly<Record<string, string>> = {
  'devices.loom': 'export.no-hardware',
  'voltage-vs-current.loom': 'run.no-experiment',
  'non-idealities.loom': 'transient.managed',
};

async function runAll(
  folder: string,
): Promise<readonly (readonly [string, ReadonlyMap<string, Float64Array>])[]> {
  const engine = unwrap(await openEngine());
  const runs: (readonly [string, ReadonlyMap<string, Float64Array>])[] = [];
  for (const name of readdirSync(folder))
    runs.push([name, unwrap(await engine.run(readFileSync(join(folder, name), 'utf8')))]);
  return runs;
}

describe('the export of an example', () => {
  it.each(architectures)(
    '%s/%s runs in ngspice, or says why it cannot be',
    (example, file) =>
      withFolder(async (folder) => {
        copyExample(example, folder);
        const { code, err } = memloom(folder, ['export', 'spice', file, '--out', 'circuits']);
        const refusal = refusals[file];
        if (refusal !== undefined) {
          expect(code).toBe(2);
          expect(err).toContain(refusal);
          return;
        }
        expect({ code, err }).toEqual({ code: 0, err: '' });
        const runs = await runAll(join(folder, 'circuits'));
        expect(runs.length).toBeGreaterThan(0);
        for (const [name, vectors] of runs) {
          const text = readFileSync(join(folder, 'circuits', name), 'utf8');
          const stop = Number(/^\.tran \S+ (\S+)/m.exec(text)?.[1]);
          const time = vectors.get('time') ?? new Float64Array(0);
          expect([name, Math.abs(time[time.length - 1] / stop - 1) < 1e-9]).toEqual([name, true]);
          expect([name, [...vectors.values()].every((values) => values.every(Number.isFinite))]).toEqual([
            name,
            true,
          ]);
        }
      }),
    240_000,
  );

  it.each(
    architectures.filter(
      ([, file]) => refusals[file] === undefined || refusals[file] === 'transient.managed',
    ),
  )(
    '%s/%s has its arrays solved in ngspice',
    (example, file) =>
      withFolder(async (folder) => {
        copyExample(example, folder);
        const args = ['export', 'spice', file, '--level', 'crossbar', '--out', 'arrays'];
        expect(memloom(folder, args)).toMatchObject({ code: 0, err: '' });
        const runs = await runAll(join(folder, 'arrays'));
        expect(runs.length).toBeGreaterThan(1);
        for (const [name, vectors] of runs) {
          // Kirchhoff: what the drivers give leaves through the feet of the bit lines.
          const sum = (branch: RegExp) =>
            [...vectors].reduce((total, [key, [value]]) => (branch.test(key) ? total + value : total), 0);
          const [driven, sensed] = [-sum(/^i\(vdrive/), sum(/^i\(vsense/)];
          const size = [...vectors].reduce(
            (most, [key, [value]]) => (/^i\(vdrive/.test(key) ? Math.max(most, Math.abs(value)) : most),
            0,
          );
          expect(size).toBeGreaterThan(0);
          expect([name, Math.abs(driven - sensed) <= 1e-9 * size]).toEqual([name, true]);
        }
      }),
    240_000,
  );

  it('has the arrays of all hardware that is evaluated, and the cells of that with a transient', () =>
    withFolder((folder) => {
      copyExample('airline-transient', folder);
      const path = join(folder, 'airline-transient.loom');
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        text
          .replace('transient 3 steps {', 'transient 1 step on Shared {')
          .replace('for 40 epochs', 'for 1 epochs')
          .replaceAll(/^ *expect .*$/gm, ''),
      );
      for (const level of ['crossbar', 'blocks'])
        expect(
          memloom(folder, ['export', 'spice', 'airline-transient.loom', '--level', level, '--out', level]),
        ).toMatchObject({ code: 0, err: '' });
      const hardware = (level: string) =>
        new Set(readdirSync(join(folder, level)).flatMap((name) => /Parallel|Shared/.exec(name)?.[0] ?? []));
      expect(hardware('crossbar')).toEqual(new Set(['Parallel', 'Shared']));
      expect(hardware('blocks')).toEqual(new Set(['Shared']));
    }));
});
