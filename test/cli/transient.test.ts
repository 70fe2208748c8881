import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { memloom, root, withFolder } from './terminal.ts';

it('the airline cell in nanoseconds: expectations, phases, waveforms and a report', {
  timeout: 60_000,
}, () => {
  withFolder((folder) => {
    const file = join(root, 'examples/airline-transient/airline-transient.loom');
    const { code, out, err } = memloom(folder, ['run', file, '--out', 'out']);
    expect(code, `${out}${err}`).toBe(0);
    expect(out).toMatch(/Phases of a time step on Parallel\nrnn\.c +\S+ ns +needs \S+ ns +of that /);
    expect(out).toMatch(/rnn\.i\[3\] \+ rnn\.f\[3\] \+ rnn\.z\[3\] +\S+ ns/);
    const [head, first, ...rows] = readFileSync(join(folder, 'out/transient.Parallel.csv'), 'utf8')
      .trim()
      .split('\n');
    expect(head).toMatch(/^time \(s\),rnn\.i\[0\] \(V\),rnn\.i\[1\] \(V\),/);
    expect(first).toMatch(/^0,0,0,/);
    expect(rows.length).toBeGreaterThan(50);
    const times = rows.map((row) => Number(row.split(',')[0]));
    expect(times.every((time, k) => k === 0 || time >= times[k - 1])).toBe(true);
    const report = readFileSync(join(folder, 'out/report.html'), 'utf8');
    expect(report).toContain('aria-label="Timing diagram of one time step"');
    expect(report).toContain('<h2>Transient on Shared</h2>');
    expect(report).toContain('rnn.c on Parallel');
    expect(report).not.toMatch(/NaN|undefined/);
  });
});
