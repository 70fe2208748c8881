import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyExample, memloom, withFolder } from './terminal.ts';

it('examples/devices meets its expectations and gives the figures of its page', { timeout: 60_000 }, () => {
  withFolder((folder) => {
    copyExample('devices', folder);
    const { code, out, err } = memloom(folder, ['run', 'devices.loom', '--json', '--out', 'o']);
    expect(code, err).toBe(0);
    expect(err).toBe('');
    const experiments: readonly {
      readonly name: string;
      readonly measurements: Readonly<Record<string, number>>;
      readonly artifacts: { readonly report: string };
    }[] = JSON.parse(out).experiments;
    const all = Object.assign({}, ...experiments.map(({ measurements }) => measurements));
    expect(all['Hp.sine.onOff']).toBeCloseTo(4.3, 1);
    expect(all['Hp.sine3.onOff']).toBeCloseTo(1.005, 3);
    expect(all['HfO2.program.success']).toBeGreaterThan(0.9);
    expect(all['PhaseChange.program.error']).toBeCloseTo(0.088, 2);
    for (const { artifacts } of experiments)
      expect(
        readFileSync(join(folder, artifacts.report), 'utf8').match(/<figure id="table-/g),
      ).not.toBeNull();
  });
});
