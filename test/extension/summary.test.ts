import { describe, expect, it } from 'vitest';
import { seriesOf } from '../../extension/results/series.ts';
import { metricTable, summariseResult } from '../../extension/results/summary.ts';
import { exampleResult } from './result.ts';

describe('The table of metrics', () => {
  it('has the ideal network, then each hardware, then each baseline', () => {
    const { columns } = metricTable(exampleResult);
    expect(columns.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'ideal ideal',
      'hardware Analog',
      'hardware Digital',
      'baseline persistence',
      'baseline ar12',
    ]);
  });

  it('puts each value with its spread into its row, and leaves empty what was not measured', () => {
    const { rows } = metricTable(exampleResult);
    expect(rows.map(({ metric }) => metric)).toEqual(['rmse.train', 'rmse.test']);
    expect(rows[1]).toEqual({
      metric: 'rmse.test',
      unit: 'passengers',
      values: [{ mean: 50 }, { mean: 52, std: 1.5 }, { mean: 51, std: 0.25 }, { mean: 55 }, { mean: 48 }],
    });
    expect(rows[0].values.slice(1)).toEqual([null, null, null, null]);
  });
});

describe('The series of a result', () => {
  it('are training, predictions and traces, without the empty ones', () => {
    const untrained = {
      ...exampleResult,
      training: { loss: new Float64Array(), validationLoss: new Float64Array(), epochs: 0 },
    };
    expect(seriesOf(exampleResult).map(({ id }) => id)).toEqual(['training', 'prediction:test:y', 'traces']);
    expect(seriesOf(untrained).map(({ id }) => id)).toEqual(['prediction:test:y', 'traces']);
  });

  it('have the tables of analyses over their own abscissa, but not those of transients', () => {
    const column = (name: string, unit: string, ...values: number[]) => ({
      name,
      unit,
      values: Float64Array.from(values),
    });
    const tables = [
      {
        id: 'D.sine',
        title: '',
        kind: 'waveform',
        columns: [column('time', 's', 0, 1), column('voltage', 'V', 0, 1), column('x', '1', 0.1, 0.2)],
      },
      {
        id: 'A.bitLines',
        title: '',
        kind: 'map',
        axes: [
          { name: 'vector', length: 2 },
          { name: 'bitLine', length: 2 },
        ],
        columns: [column('current', 'A', 1, 2, 3, 4)],
      },
      { id: 'D.program', title: '', kind: 'list', columns: [column('device', '1', 0)] },
    ] as const;
    const found = seriesOf({ ...exampleResult, tables }).filter(({ id }) => id.startsWith('table:'));
    expect(found.map(({ id, xName, xUnit }) => [id, xName, xUnit])).toEqual([
      ['table:D.sine:voltage', 'time', 's'],
      ['table:D.sine:x', 'time', 's'],
      ['table:A.bitLines:current', 'bitLine', ''],
    ]);
    expect(found[2].columns.map(({ name, unit, values }) => [name, unit, ...values])).toEqual([
      ['vector 0', 'A', 1, 2],
      ['vector 1', 'A', 3, 4],
    ]);
  });

  it('have a band of one standard deviation around the mean of a hardware, none around the ideal network', () => {
    const predictions = seriesOf(exampleResult)[1];
    expect(predictions.columns.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'target target',
      'ideal line',
      'Analog line',
      'Analog low',
      'Analog high',
    ]);
    expect([...predictions.columns[3].values]).toEqual([10.5, 18.75]);
    expect([...predictions.columns[4].values]).toEqual([11.5, 19.25]);
    expect([...predictions.x]).toEqual([97, 98]);
  });

  it('take the classes of a prediction apart', () => {
    const [ideal] = exampleResult.predictions;
    const classes = {
      ...ideal,
      width: 2,
      mean: Float64Array.of(1, 2, 3, 4),
      target: Float64Array.of(1, 0, 0, 1),
      std: new Float64Array(4),
    };
    const [, predictions] = seriesOf({ ...exampleResult, predictions: [classes] });
    expect(predictions.columns.map(({ name, values }) => [name, ...values])).toEqual([
      ['target[0]', 1, 0],
      ['ideal[0]', 1, 3],
      ['target[1]', 0, 1],
      ['ideal[1]', 2, 4],
    ]);
  });

  it('interrupt traces where a new sample begins', () => {
    const traces = seriesOf(exampleResult)[2];
    expect([0, 1, 2, 3].map((at) => traces.breaks?.(at))).toEqual([false, false, true, false]);
  });

  it('are announced without their values', () => {
    const summary = summariseResult(exampleResult, { experiments: [] });
    expect(JSON.stringify(summary)).not.toContain('values":{');
    expect(summary.series[2]).toMatchObject({
      id: 'traces',
      from: 0,
      to: 3,
      columns: [{ name: 'ideal.rnn.c[0]', unit: '1' }],
    });
    expect(summary.warnings).toEqual(['A weight is clipped. Raise weightMax.']);
  });
});
