import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../sim-core/design/problem.ts';
import type { Result } from '../../../sim-core/run/result.ts';
import { run } from '../../../sim-core/run/run.ts';
import { designOf } from '../../language/program.ts';
import { circuitText, unwrap } from '../circuit/circuits.ts';

const table = `value\n${Array.from({ length: 40 }, (_, k) => `${Math.round(100 + 50 * Math.sin(k / 2))}`).join('\n')}\n`;

/** Runs an experiment with a transient on a small network; `statement` and `expectations` are the text's. */
async function ran(statement: string, expectations = '', hardware = '', more = ''): Promise<Outcome<Result>> {
  const text = circuitText({
    units: 2,
    hardware,
    more: `${more}
      dataset numbers from "numbers.csv" {
        column = "value" scale = minmax(-1, 1) window = 3 steps split = 70 %
      }
      experiment e {
        network N data numbers
        train adam(rate = 1e-2) for 2 epochs
        infer on Analog trials 2
        ${statement}
        ${expectations}
      }`,
  });
  const design = await designOf(text);
  const source = design.datasets[0].source;
  const file = source.kind === 'csv' ? source.file : '';
  const files = { [file]: new TextEncoder().encode(table) };
  return run({ design, experiment: 'e', files, version: '0' });
}

async function transientOf(statement: string, more: string) {
  const result = unwrap(await ran(statement, '', '', more));
  const waves = result.tables.find(({ id }) => id === result.transients[0].table);
  return [result.transients[0], result.measurements, waves?.columns ?? []] as const;
}

describe('a run with a transient', () => {
  it('gives waveforms, settled values within the budget, and measurements that expectations name', async () => {
    const result = unwrap(
      await ran('transient 3 steps { probe rnn.c, y }', 'expect transient.Analog.deviation < 0.001'),
    );
    expect(result.transients).toHaveLength(1);
    const [{ schedule, intervals, settled, table: id }] = result.transients;
    expect(schedule.map(({ name }) => name)).toEqual(['rnn.c', 'rnn.h', 'y']);
    expect(intervals).toHaveLength(9);
    const waves = result.tables.find((candidate) => candidate.id === id);
    expect(waves?.columns.map(({ name }) => name)).toEqual(['time', 'rnn.c[0]', 'rnn.c[1]', 'y.output[0]']);
    const [time] = waves?.columns ?? [];
    expect(time.values.at(-1)).toBeCloseTo(intervals[8].end, 15);
    expect(settled.map(({ name }) => name)).toContain('rnn.o[1]');
    expect(result.expectations).toMatchObject([{ holds: true }]);
    const stepTime = result.measurements.find(({ name }) => name === 'transient.Analog.stepTime');
    expect(stepTime?.value).toBeCloseTo(
      schedule.reduce((sum, { duration }) => sum + duration, 0),
      15,
    );
  });

  it('compares settled values with read-outs that settle, whatever time the hardware states for them', async () => {
    const result = unwrap(await ran('transient 3 steps', '', 'settling = 15 ns'));
    const deviation = result.measurements.find(({ name }) => name === 'transient.Analog.deviation');
    expect(deviation?.value).toBeLessThan(1e-3);
  });

  it('takes the durations that the experiment states, and warns where they are too short', async () => {
    const result = unwrap(await ran('transient 2 steps { phase rnn.c = 30 ns, phase y = 1 us }'));
    const [{ schedule }] = result.transients;
    expect(schedule[0].duration).toBe(30e-9);
    expect(schedule[2].duration).toBeCloseTo(1e-6, 20);
    const warnings = result.warnings.filter(({ code }) => code === 'transient.settle');
    expect(warnings).toHaveLength(1);
    expect(warnings[0].message).toMatch(
      /the phase of rnn\.c lasts 30\.0 ns, but takes \d+ ns to settle, of that /,
    );
    expect(warnings[0].origin?.start.line).toBeGreaterThan(0);
    const deviation = result.measurements.find(({ name }) => name === 'transient.Analog.deviation');
    expect(deviation?.value).toBeGreaterThan(1e-3);
  });

  it.each([
    'param power = 10 uW param area = 200 um^2',
    'param bias = 10 uA supply = 2 V idle = 0.5 * (1 + in / unit) power = idle * supply * bias area = 200 um^2',
  ])('adds what the supplies give, by phase and circuit, and areas, where blocks state %s', async (costs) => {
    const powered = `
      block Powered(in: V, unit: V) -> out: V {
        ${costs}
        param rails = -1 V .. 1 V
        param pole = 20 MHz
        out = clamp(unit * tanh(in / unit), rails)
      }
      hardware Other extends Analog { tanh on Powered }`;
    const text = `transient 2 steps on Other { probe power(rnn.tanh) }`;
    const [{ energy, schedule }, measurements, waves] = await transientOf(text, powered);
    const stepTime = schedule.reduce((sum, { duration }) => sum + duration, 0);
    const n = energy.elements.length;
    const tanh = energy.elements.indexOf('rnn.tanh');
    const of = (element: number) =>
      energy.supplies.reduce((sum, joules, k) => (k % n === element ? sum + joules : sum), 0);
    // Two units, two time steps.
    expect(of(tanh) / (2 * 10e-6 * 2 * stepTime)).toBeCloseTo(1, 12);
    // The candidate gate and the state's activation, two units each.
    expect(measurements.find(({ name }) => name === 'transient.Other.area')?.value).toBeCloseTo(
      4 * 200e-12,
      20,
    );
    expect(waves[1].values[5]).toBeCloseTo(20e-6, 12);
  });

  it('simulates the sample that it is asked for', async () => {
    const first = unwrap(await ran('transient 1 step { probe rnn.i }'));
    const third = unwrap(await ran('transient 1 step { sample = 2 probe rnn.i }'));
    expect(third.transients[0].sample).toBe(2);
    expect(third.transients[0].settled[0].settled).not.toEqual(first.transients[0].settled[0].settled);
  });

  it.each([
    ['transient 4 steps', 'transient.steps'],
    ['transient 3 steps { sample = 1000 }', 'transient.sample'],
    ['transient 3 steps { phase rnn.i = 10 ns }', 'transient.phase'],
  ])('refuses "%s" before anything is trained', async (statement, code) => {
    expect(await ran(statement)).toMatchObject({ ok: false, problems: [{ code }] });
  });

  it('gives the same bits for the same request', async () => {
    const [a, b] = [unwrap(await ran('transient 2 steps')), unwrap(await ran('transient 2 steps'))];
    expect(a.transients).toEqual(b.transients);
    expect(a.tables).toEqual(b.tables);
  });
});
