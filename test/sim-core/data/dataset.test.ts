import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { autoregressionMetrics, baselines, persistenceMetrics } from '../../../sim-core/data/baselines.ts';
import { loadDataset } from '../../../sim-core/data/dataset.ts';
import type { ClassificationData, ForecastData } from '../../../sim-core/data/loaded-data.ts';
import { invertScaling } from '../../../sim-core/data/scale.ts';
import type { DatasetDesign, Framing } from '../../../sim-core/design/design.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const csv = (framing: Framing, changes: Partial<DatasetDesign> = {}): DatasetDesign => ({
  id: 'dataset:series',
  name: 'series',
  source: { kind: 'csv', file: 'a.csv', columns: ['v'], target: 'v' },
  scale: { kind: 'none', low: 0, high: 1, fit: 'train' },
  split: 0.6,
  framing,
  ...changes,
});

const window = (steps: number, ahead = 1, omitLast = 0): Framing => ({
  kind: 'window',
  steps,
  ahead,
  omitLast,
});

/** The values 0 .. count - 1, so that each value tells its row. */
const counting = (count: number): Uint8Array =>
  encode(`v,w\n${Array.from({ length: count }, (_, at) => `${at},${100 + at}`).join('\n')}`);

function forecast(dataset: DatasetDesign, file: Uint8Array): ForecastData {
  const data = loadDataset(dataset, { 'a.csv': file });
  if (!data.ok) throw new Error(data.problems[0].message);
  if (data.value.kind !== 'forecast') throw new Error('A table gives a forecast.');
  return data.value;
}

const problemOf = (dataset: DatasetDesign, file: string, outputs?: number) => {
  const data = loadDataset(dataset, { 'a.csv': encode(file) }, outputs);
  if (data.ok) throw new Error('Expected a problem.');
  return data.problems[0];
};

describe('loadDataset with windows', () => {
  it('keeps every window and target within its part', () => {
    const { train, test, index } = forecast(csv(window(2)), counting(10));
    expect([...train.inputs]).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
    expect([...train.targets]).toEqual([2, 3, 4, 5]);
    expect([...test.inputs]).toEqual([6, 7, 7, 8]);
    expect([...test.targets]).toEqual([8, 9]);
    expect([...index.test]).toEqual([8, 9]);
    expect(train).toMatchObject({ count: 4, steps: 2, features: 1, outputs: 1, targetSteps: 1 });
  });

  it('looks `ahead` steps beyond the window and leaves out the last pairs', () => {
    const { train, test } = forecast(csv(window(2, 2, 1)), counting(11));
    expect([...train.targets]).toEqual([3, 4]);
    expect([...train.inputs]).toEqual([0, 1, 1, 2]);
    expect(test.count).toBe(1);
  });

  it('interleaves features step by step and forecasts another column', () => {
    const source = { kind: 'csv', file: 'a.csv', columns: ['v', 'w'], target: 'w' } as const;
    const { train } = forecast(csv(window(2), { source }), counting(10));
    expect([...train.inputs.subarray(0, 4)]).toEqual([0, 100, 1, 101]);
    expect(train.targets[0]).toBe(102);
    expect(train.features).toBe(2);
  });

  it('frames the airline data as the published recipe does: 94/46 pairs for one step, 92/44 for three', () => {
    const counts = [1, 3].map((steps) => {
      const { train, test } = airline(steps);
      return [train.count, test.count];
    });
    expect(counts).toEqual([
      [94, 46],
      [92, 44],
    ]);
  });
});

describe('loadDataset with one sequence', () => {
  it('gives a target at each step', () => {
    const { train, test, index } = forecast(csv({ kind: 'sequence', ahead: 1 }), counting(10));
    expect([...train.inputs]).toEqual([0, 1, 2, 3, 4]);
    expect([...train.targets]).toEqual([1, 2, 3, 4, 5]);
    expect(test).toMatchObject({ count: 1, steps: 3, targetSteps: 3 });
    expect([...index.test]).toEqual([7, 8, 9]);
  });
});

describe('scaling', () => {
  it('fits to the training part unless told otherwise', () => {
    const scale = { kind: 'minmax', low: 0, high: 1, fit: 'train' } as const;
    const byTrain = forecast(csv(window(1), { scale }), counting(10));
    expect(byTrain.train.inputs[0]).toBe(0);
    expect(byTrain.test.targets.at(-1)).toBeCloseTo(9 / 5, 14);
    const byAll = forecast(csv(window(1), { scale: { ...scale, fit: 'all' } }), counting(10));
    expect(byAll.test.targets.at(-1)).toBeCloseTo(1, 14);
  });

  it('brings predictions back to the unit of the data', () => {
    for (const kind of ['minmax', 'standard'] as const) {
      const data = forecast(
        csv(window(1), { scale: { kind, low: -1, high: 2, fit: 'train' } }),
        counting(10),
      );
      const back = invertScaling(data.scaling, data.test.targets);
      for (let at = 0; at < back.length; at++) expect(back[at]).toBeCloseTo(7 + at, 12);
    }
  });

  it('standardises to mean 0 and deviation 1', () => {
    const { train } = forecast(
      csv({ kind: 'sequence', ahead: 1 }, { scale: { kind: 'standard', low: 0, high: 1, fit: 'train' } }),
      counting(10),
    );
    const all = [...train.inputs, train.targets[train.targets.length - 1]];
    expect(all.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(all.reduce((sum, value) => sum + value * value, 0) / all.length).toBeCloseTo(1, 12);
  });

  it('refuses a constant column', () => {
    const problem = problemOf(csv(window(1), { scale: minmaxOfAll }), `v\n${'3\n'.repeat(9)}`);
    expect(problem).toMatchObject({ code: 'data.constant-column', data: { file: 'a.csv' } });
  });
});

const minmaxOfAll = { kind: 'minmax', low: 0, high: 1, fit: 'all' } as const;

describe('what cannot be loaded', () => {
  const origin = { file: 'x.loom', start: { line: 3, character: 0 }, end: { line: 3, character: 5 } };

  it('is a problem that leads to the data file and to the text', () => {
    expect(problemOf(csv(window(1), { origin }), 'v\n1\nx\n')).toMatchObject({ origin, data: { line: 3 } });
  });

  it.each([
    ['too few rows for one window', csv(window(9)), 'v\n1\n2\n3\n4\n', 'data.too-short'],
    ['one row, before its scale', csv(window(1), { scale: minmaxOfAll }), 'v\n1\n', 'data.too-short'],
    ['no test part', csv(window(1), { split: 1 }), 'v\n1\n2\n3\n4\n', 'data.too-short'],
    ['a table framed as series', csv({ kind: 'series', stride: 1 }), 'v\n1\n', 'data.framing'],
  ])('%s', (_, dataset, text, code) => {
    expect(problemOf(dataset, text).code).toBe(code);
  });

  it('is a missing file, also one named like a property of every object', () => {
    const source = { kind: 'csv', file: 'toString', columns: ['v'], target: 'v' } as const;
    const data = loadDataset(csv(window(1), { source }), {});
    expect(data.ok ? undefined : data.problems[0].code).toBe('data.missing-file');
  });
});

describe('baselines on the airline passengers', () => {
  // Reference: the published recipe's pairs, evaluated with an independent least-squares routine (two decimals).
  it.each([
    [1, 23.18, 48.66],
    [3, 23.37, 49.02],
  ])('persistence, window of %d', (steps, train, test) => {
    const metrics = persistenceMetrics(airline(steps));
    expect(metrics['persistence.rmse.train']).toBeCloseTo(train, 2);
    expect(metrics['persistence.rmse.test']).toBeCloseTo(test, 2);
  });

  it.each([
    [1, 22.72, 48.76],
    [3, 21.45, 44.43],
    [12, 11.13, 23.82],
  ])('AR(%d)', (lags, train, test) => {
    const metrics = autoregressionMetrics(airline(3), lags);
    if (!metrics.ok) throw new Error('long enough');
    expect(metrics.value[`ar${lags}.rmse.train`]).toBeCloseTo(train, 2);
    expect(metrics.value[`ar${lags}.rmse.test`]).toBeCloseTo(test, 2);
  });

  it('leaves AR(12) out, with a warning, where the data are too short', () => {
    const result = baselines(forecast(csv(window(1)), encode('v\n1\n3\n2\n5\n4\n6\n3\n2\n')));
    expect(Object.keys(result.metrics)).toEqual(['persistence.rmse.train', 'persistence.rmse.test']);
    expect(result.warnings[0].code).toBe('data.no-autoregression');
  });

  it('leaves AR(12) out, with a warning, where lags depend on each other', () => {
    const result = baselines(forecast(csv(window(1)), counting(100)));
    expect(result.metrics['ar12.rmse.test']).toBeUndefined();
    expect(result.warnings[0].message).toContain('dependent');
  });
});

describe('loadDataset with labelled series', () => {
  const ucr = (changes: Partial<DatasetDesign> = {}): DatasetDesign => ({
    ...csv({ kind: 'series', stride: 2 }),
    source: { kind: 'ucr', file: 'a.csv', positive: -1 },
    split: 0.5,
    ...changes,
  });
  const file = '1\t1\t3\t5\n-1\t2\t4\t6\n1\t0\t0\t1\n-1\t7\t7\t8\n';

  function classes(dataset: DatasetDesign, text: string, outputs?: number): ClassificationData {
    const data = loadDataset(dataset, { 'a.csv': encode(text) }, outputs);
    if (!data.ok) throw new Error(data.problems[0].message);
    if (data.value.kind !== 'classification') throw new Error('Labelled series give classes.');
    return data.value;
  }

  it('averages strides, the last over what is left', () => {
    const { train } = classes(ucr(), file);
    expect([...train.inputs]).toEqual([2, 5, 3, 6]);
    expect(train).toMatchObject({ count: 2, steps: 2, features: 1, outputs: 1, targetSteps: 1 });
  });

  it('makes one target of the positive class, or one-hot targets', () => {
    expect([...classes(ucr(), file).train.targets]).toEqual([0, 1]);
    const twofold = classes(ucr(), file, 2);
    expect([...twofold.train.targets]).toEqual([0, 1, 1, 0]);
    expect(twofold).toMatchObject({ classes: ['-1', '1'], positive: 0 });
    expect([...twofold.index.test]).toEqual([2, 3]);
  });

  it('sets many classes against the positive one where there is one output', () => {
    const data = classes(ucr(), '1\t1\n-1\t2\n3\t4\n1\t1\n-1\t2\n3\t4\n');
    expect(data.labels.train).toEqual([0, 1, 0]);
    expect(data.classes).toEqual(['other', '-1']);
  });

  it.each([
    [
      'a positive class that is not there',
      ucr({ source: { kind: 'ucr', file: 'a.csv', positive: 4 } }),
      file,
      1,
      'data.missing-class',
    ],
    ['outputs that are not the classes', ucr(), file, 3, 'data.output-size'],
    ['no test series', ucr({ split: 1 }), file, 1, 'data.too-short'],
    ['a single class', ucr(), '-1\t1\n-1\t2\n', 1, 'data.missing-class'],
    ['series framed by a window', ucr({ framing: window(1) }), file, 1, 'data.framing'],
  ])('refuses %s', (_, dataset, text, outputs, code) => {
    expect(problemOf(dataset, text, outputs).code).toBe(code);
  });

  it('gives the majority and the nearest neighbour as baselines', () => {
    const { metrics } = baselines(classes(ucr({ split: 0.6 }), `1\t0\n1\t1\n-1\t5\n1\t0.6\n-1\t4\n`));
    expect(metrics).toMatchObject({
      'majority.accuracy.train': 2 / 3,
      'majority.accuracy.test': 0.5,
      'nearest.accuracy.test': 1,
      'nearest.recall.test': 1,
    });
  });
});

function airline(steps: number): ForecastData {
  const file = readFileSync(new URL('../../../examples/airline/airline-passengers.csv', import.meta.url));
  const dataset = csv(window(steps, 1, 1), {
    source: { kind: 'csv', file: 'a.csv', columns: ['passengers'], target: 'passengers' },
    scale: { kind: 'minmax', low: 0, high: 1, fit: 'all' },
    split: 0.67,
  });
  return forecast(dataset, file);
}
