import { expect, it } from 'vitest';
import { predictionsCsv, tableCsv, tracesCsv } from '../../cli/result/csv.ts';
import { resultFiles } from '../../cli/result/files.ts';
import { readSafetensors } from '../../sim-core/weights/safetensors.ts';
import { forecastResult } from './synthetic-result.ts';

const all = (pieces: Iterable<string | Uint8Array>): string => [...pieces].map(String).join('');
const rowsOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
const fileOf = (name: string) => {
  const file = resultFiles(forecastResult, '<html>').find((each) => each.name === name);
  if (!file) throw new Error(`There is no file ${name}.`);
  return file.content;
};

it('predictions.csv has every target and prediction to the last bit', () => {
  const [head, ...rows] = rowsOf(all(predictionsCsv(forecastResult.predictions)));
  expect(head).toEqual(['run', 'subset', 'output', 'index', 'component', 'target', 'mean', 'std']);
  expect(rows).toHaveLength(3 * (92 + 44));
  const expected = forecastResult.predictions.flatMap((prediction) =>
    Array.from(prediction.target, (target, at) => [
      prediction.run,
      prediction.subset,
      target,
      prediction.mean[at],
    ]),
  );
  expect(rows.map((row) => [row[0], row[1], Number(row[5]), Number(row[6])])).toEqual(expected);
});

it('predictions.csv numbers the components of a sample', () => {
  const prediction = {
    run: 'ideal',
    subset: 'test',
    output: 'a,b',
    width: 2,
    index: Float64Array.of(10, 11),
    target: Float64Array.of(0, 1, 1, 0),
    mean: Float64Array.of(0.1, 0.9, 0.8, 0.2),
    std: new Float64Array(4),
  } as const;
  expect(
    all(predictionsCsv([prediction]))
      .split('\n')
      .slice(1, 4),
  ).toEqual([
    'ideal,test,"a,b",10,0,0,0.1,0',
    'ideal,test,"a,b",10,1,1,0.9,0',
    'ideal,test,"a,b",11,0,1,0.8,0',
  ]);
});

it('traces.csv has a column for each signal, with the unit of voltages', () => {
  const [head, ...rows] = rowsOf(all(tracesCsv(forecastResult.traces)));
  expect(head.slice(0, 3)).toEqual(['sample', 'step', 'ideal.rnn.i[0]']);
  expect(head).toContain('VoltageMode.rnn.c[1] (V)');
  expect(rows).toHaveLength(44 * 3);
  expect(rows[131].slice(0, 2)).toEqual(['43', '2']);
  expect(Number(rows[7][2])).toBe(forecastResult.traces.columns[0].values[7]);
});

it('result.json has metrics, provenance and predictions as plain arrays', () => {
  const value = JSON.parse(all(fileOf('result.json')));
  expect(value.metrics).toEqual(forecastResult.metrics);
  expect(value.provenance).toEqual(forecastResult.provenance);
  expect(value.predictions[0].mean).toEqual(Array.from(forecastResult.predictions[0].mean));
  expect(value.training.loss).toHaveLength(100);
  expect(value.weights).toEqual([
    { name: 'rnn.i.x', shape: [2, 1] },
    { name: 'rnn.i.bias', shape: [2] },
  ]);
});

it('weights.safetensors reads back to the same tensors', () => {
  const [bytes] = [...fileOf('weights.safetensors')];
  if (typeof bytes === 'string') throw new Error('Weights are bytes.');
  const outcome = readSafetensors(bytes, 'weights.safetensors');
  const byName = [...forecastResult.weights].sort((a, b) => (a.name < b.name ? -1 : 1));
  expect(outcome).toEqual({ ok: true, value: byName });
});

it('a table has a column for each quantity, behind its positions along the axes', () => {
  const table = {
    id: 'Gates.nodes',
    title: '',
    kind: 'map',
    axes: [
      { name: 'row', length: 2 },
      { name: 'column', length: 3 },
    ],
    columns: [{ name: 'voltage', unit: 'V', values: Float64Array.of(0, 0.1, 0.2, 1, 1.1, 1.2) }],
  } as const;
  expect(all(tableCsv(table))).toBe(
    'row,column,voltage (V)\n0,0,0\n0,1,0.1\n0,2,0.2\n1,0,1\n1,1,1.1\n1,2,1.2\n',
  );
});

it('an experiment without a network has no files of one, but its tables', () => {
  const bare = {
    ...forecastResult,
    predictions: [],
    tables: [
      {
        id: 'D.sine',
        title: '',
        kind: 'hysteresis',
        columns: [{ name: 't', unit: 's', values: Float64Array.of(0) }],
      },
    ],
  } as const;
  expect(resultFiles(bare, '').map(({ name }) => name)).toEqual(['result.json', 'D.sine.csv', 'report.html']);
});
