import type { Result } from '@memloom/sim-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familySeries } from '../../extension/results/family-series.ts';
import { isWaveform, seriesOf, summarise } from '../../extension/results/series.ts';
import { decodeResult, encodeResult } from '../../extension/results/stored.ts';
import { exportWaveforms } from '../../extension/waveforms/export.ts';
import { layoutLanes } from '../../extension/waveforms/lane-layout.ts';
import { exampleDesign, exampleResult } from './result.ts';

/** A family of one signal over two samples of two steps, one value for each member throughout. */
const withMembers = (values: readonly number[]): Result => ({
  ...exampleResult,
  families: [
    {
      run: 'Analog',
      parameter: 'trial',
      members: values.map((value, at) => ({ text: String(at + 1), metrics: { 'rmse.test': value } })),
      sample: Float64Array.of(0, 0, 1, 1),
      step: Float64Array.of(0, 1, 0, 1),
      columns: [
        {
          name: 'Analog.rnn.c[0]',
          unit: 'V',
          values: values.map((value) => new Float64Array(4).fill(value)),
        },
      ],
    },
  ],
});

describe('A family as a series', () => {
  const result = withMembers([5, 1, 4, 2, 3]);
  const [series] = familySeries(result);
  const source = (shown = series) => ({
    place: 0,
    ref: { kind: 'file', uri: 'memory:' } as const,
    title: 'run',
    series: summarise(shown),
  });

  it('has the median within its band, then every member', () => {
    expect(series.columns.map(({ role, values }) => [role, values[0]])).toEqual([
      ['low', 1.2],
      ['line', 3],
      ['high', 4.8],
      ['member', 5],
      ['member', 1],
      ['member', 4],
      ['member', 2],
      ['member', 3],
    ]);
  });

  it('is a waveform of its own, with a break where a sample begins', () => {
    expect(
      seriesOf(result)
        .filter(isWaveform)
        .map(({ id }) => id),
    ).toEqual(['traces', 'family:Analog:trial']);
    expect([1, 2, 3].map((ordinal) => series.breaks?.(ordinal))).toEqual([false, true, false]);
    expect(summarise(series).family?.members[3]).toEqual({ text: '4', metrics: { 'rmse.test': 2 } });
  });

  it('keeps its band around most members, whatever they are', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 60 }), (values) => {
        const [low, line, high] = familySeries(withMembers(values))[0].columns.map(
          (column) => column.values[0],
        );
        const inside = values.filter((value) => value >= low && value <= high).length;
        expect(low).toBeLessThanOrEqual(line);
        expect(line).toBeLessThanOrEqual(high);
        // At most the twentieth part on each side is outside, to whole members.
        expect(values.length - inside).toBeLessThanOrEqual(2 * Math.ceil(0.05 * (values.length - 1)));
      }),
    );
  });

  it('draws the band below and the line above, members between them where they are wanted', () => {
    const roles = (members: boolean) =>
      layoutLanes([source()], ['Analog.rnn.c[0]'], 'signal', members).map(({ curves }) =>
        curves.map(({ role }) => role),
      );
    expect(roles(false)).toEqual([['low', 'high', 'line']]);
    expect(roles(true)).toEqual([['low', 'high', ...Array.from({ length: 5 }, () => 'member'), 'line']]);
  });

  it('is exported under names that differ', () => {
    const bytes = exportWaveforms.csv({ series, columns: [0, 1, 2, 3], from: 0, to: 3 });
    const [head, row] = new TextDecoder().decode(bytes).split('\n');
    expect(head).toBe(
      'time step (step),sample,Analog.rnn.c[0] 5 % (V),Analog.rnn.c[0] (V),Analog.rnn.c[0] 95 % (V),Analog.rnn.c[0] 1 (V)',
    );
    expect(row).toBe('0,0,1.2,3,4.8,5');
  });

  it('comes back from its stored form', () => {
    expect(decodeResult(encodeResult({ result, design: exampleDesign }))?.result.families).toEqual(
      result.families,
    );
  });
});
