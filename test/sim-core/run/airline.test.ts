import { beforeAll, describe, expect, it } from 'vitest';
import type { RunProgress } from '../../../sim-core/run/request.ts';
import type { Result } from '../../../sim-core/run/result.ts';
import { run } from '../../../sim-core/run/run.ts';
import { airlineDesign, airlineRequest } from './airline-design.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

function resultOf(...[request, host]: Parameters<typeof run>): Result {
  const result = run(request, host);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

/** A metric of the ideal network over the seeds, in passengers. */
function idealErrors(steps: number): { train: number[]; test: number[] } {
  const runs = seeds.map((seed) => {
    const request = airlineRequest({ steps, experiment: { infer: undefined, expectations: [] } });
    return resultOf({ ...request, seed }).metrics;
  });
  return { train: runs.map((run) => run['rmse.train']), test: runs.map((run) => run['rmse.test']) };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Three standard errors between a mean over `seeds` and one over 16 re-runs with that deviation. */
const tolerance = (deviation: number): number => 3 * deviation * Math.sqrt(1 / seeds.length + 1 / 16);

describe('the airline experiment, trained as the published Keras recipe does', () => {
  // Reference: 16 independent re-runs of the recipe in another framework, mean and standard deviation.
  it('with look-back 1 has a test RMSE of 47 to 55 for every seed, as the re-runs have', () => {
    const { train, test } = idealErrors(1);
    for (const error of test) {
      expect(error).toBeGreaterThan(47);
      expect(error).toBeLessThan(55);
    }
    expect(Math.abs(mean(test) - 49.54)).toBeLessThan(tolerance(1.75));
    expect(Math.abs(mean(train) - 22.92)).toBeLessThan(tolerance(0.21));
  });

  // Single seeds scatter beyond the range of 16 re-runs (49 to 70): about one in eight does, in either direction.
  it('with 3 time steps has a mean test RMSE within 49 to 70, as the re-runs have', () => {
    const { train, test } = idealErrors(3);
    expect(mean(test)).toBeGreaterThan(49);
    expect(mean(test)).toBeLessThan(70);
    expect(test.filter((error) => error > 49 && error < 70).length).toBeGreaterThanOrEqual(6);
    expect(Math.abs(mean(test) - 58.96)).toBeLessThan(tolerance(5.67));
    expect(Math.abs(mean(train) - 24.46)).toBeLessThan(tolerance(2.12));
  });
});

describe('a run of the airline experiment', () => {
  const progress: RunProgress[] = [];
  let result: Result;
  beforeAll(() => {
    result = resultOf({ ...airlineRequest(), trials: 20 }, { progress: (report) => progress.push(report) });
  });

  it('gives metrics of the ideal network and mean and spread of each hardware', () => {
    expect(Object.keys(result.metrics)).toEqual(
      expect.arrayContaining([
        'rmse.train',
        'rmse.test',
        'VoltageMode.rmse.test',
        'CurrentMode.rmse.test.std',
      ]),
    );
    expect(result.metrics['VoltageMode.rmse.test.std']).toBeGreaterThan(0);
    expect(result.metricUnits).toMatchObject({ rmse: 'passengers', mae: 'passengers', r2: '' });
    expect(Object.values(result.metrics).every(Number.isFinite)).toBe(true);
  });

  it('sets plain baselines beside them, on the same pairs', () => {
    expect(result.baselines['persistence.rmse.test']).toBeCloseTo(49.02, 2);
    expect(result.baselines['ar12.rmse.test']).toBeCloseTo(23.82, 2);
  });

  it('predicts in passengers, beside the true values at their place in the table', () => {
    const ideal = result.predictions.find(({ run: name, subset }) => name === 'ideal' && subset === 'test');
    if (ideal === undefined) throw new Error('There is a prediction.');
    // The last pair is left out: the 144 values end with November 1960 (390) as the last target.
    expect(ideal.index.at(-1)).toBe(142);
    expect(ideal.target.at(-1)).toBe(390);
    expect(ideal.target.length).toBe(44);
    const squares = ideal.mean.reduce((sum, value, at) => sum + (value - ideal.target[at]) ** 2, 0);
    expect(Math.sqrt(squares / 44)).toBeCloseTo(result.metrics['rmse.test'], 9);
    expect(ideal.std.every((value) => value === 0)).toBe(true);
    const runs = result.predictions.map(({ run: name, subset }) => `${name} ${subset}`);
    expect(runs).toEqual([
      'ideal train',
      'ideal test',
      'VoltageMode train',
      'VoltageMode test',
      'CurrentMode train',
      'CurrentMode test',
    ]);
  });

  it('records the probed signals of every run, 44 samples of 3 steps', () => {
    const { sample, step, columns } = result.traces;
    expect(columns.length).toBe(3 * 6 * 4);
    expect(sample.length).toBe(44 * 3);
    expect([...sample.subarray(0, 4)]).toEqual([0, 0, 0, 1]);
    expect([...step.subarray(0, 4)]).toEqual([0, 1, 2, 0]);
    expect(columns[0]).toMatchObject({ name: 'ideal.rnn.i[0]', unit: '1' });
    expect(columns.find(({ name }) => name === 'CurrentMode.rnn.h[3]')?.unit).toBe('V');
  });

  it('records waveforms that obey the equations of the cell', () => {
    const column = (signal: string) => {
      const found = result.traces.columns.find(({ name }) => name === `ideal.rnn.${signal}[2]`);
      if (found === undefined) throw new Error(signal);
      return found.values;
    };
    const [i, f, z, o, c, h] = ['i', 'f', 'z', 'o', 'c', 'h'].map(column);
    for (let row = 0; row < i.length; row++) {
      const before = row % 3 === 0 ? 0 : c[row - 1];
      expect(c[row]).toBeCloseTo(f[row] * before + i[row] * z[row], 12);
      expect(h[row]).toBeCloseTo(o[row] * Math.tanh(c[row]), 12);
    }
  });

  it('gives hardware waveforms that follow the ideal ones at 0.1 V per unit', () => {
    const values = (name: string) =>
      result.traces.columns.find((column) => column.name === name)?.values ?? [];
    const ideal = values('ideal.rnn.f[0]');
    const onHardware = values('VoltageMode.rnn.f[0]');
    const error = Math.max(...Array.from(ideal, (value, row) => Math.abs(onHardware[row] - 0.1 * value)));
    expect(error).toBeGreaterThan(1e-6);
    expect(error).toBeLessThan(0.03);
  });

  it('says how the layers sit in their arrays: 12 x 16 and 10 x 1 devices', () => {
    const voltage = result.arrays.filter(({ hardware }) => hardware === 'VoltageMode');
    expect(voltage.map(({ layer, rows, columns, devices }) => [layer, rows, columns, devices])).toEqual([
      ['rnn', 12, 16, 192],
      ['y', 10, 1, 10],
    ]);
  });

  it('gives the weights by layer, gate and operand, as [units, inputs]', () => {
    const shapes = Object.fromEntries(result.weights.map(({ name, shape }) => [name, shape]));
    expect(shapes).toMatchObject({
      'rnn.i.x': [4, 1],
      'rnn.f.h': [4, 4],
      'rnn.o.bias': [4],
      'y.weight': [1, 4],
      'y.bias': [1],
    });
  });

  it('trains: the loss of the last epoch is a small part of the first', () => {
    expect(result.training.loss.length).toBe(100);
    expect(result.training.loss[99]).toBeLessThan(0.2 * result.training.loss[0]);
  });

  it('judges the expectation', () => {
    const value = result.metrics['rmse.test'];
    expect(result.expectations).toEqual([{ text: 'rmse.test < 70', value, holds: value < 70 }]);
  });

  it('tells of its progress, ever forward, from training to the last trial', () => {
    const fractions = progress.map(({ fraction }) => fraction);
    expect(fractions.every((fraction, at) => at === 0 || fraction >= fractions[at - 1])).toBe(true);
    expect(fractions[0]).toBeLessThan(0.05);
    expect(fractions.at(-1)).toBeCloseTo(1, 12);
    expect(progress[0]).toMatchObject({
      phase: 'train',
      detail: 'epoch 1 of 100',
      loss: result.training.loss[0],
    });
    expect(new Set(progress.map(({ phase }) => phase))).toEqual(new Set(['train', 'infer']));
  });

  it('carries version, seed and hashes', () => {
    expect(result.provenance).toMatchObject({ version: '0.0.0-test', seed: 7 });
    expect(result.provenance.design).toMatch(/^[0-9a-f]{64}$/);
    expect(result.provenance.data['airline-passengers.csv']).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a sweep', () => {
  const sweep = (owner: string, parameter: string, values: readonly number[]) => ({
    train: { epochs: 2 },
    experiment: {
      infer: { hardware: ['CurrentMode'], trials: 5, probes: [] },
      expectations: [],
      sweep: {
        path: { owner, parameter },
        values: values.map((value) => ({ text: String(value), value: { kind: 'number', value } as const })),
      },
    },
  });

  it('of a device meets the same weights and the same draws of errors at each value', () => {
    const result = resultOf(airlineRequest(sweep('HfO2', 'programming', [0, 0.02, 0.1])));
    const points = result.sweep?.points ?? [];
    expect(result.sweep?.parameter).toBe('HfO2.programming');
    expect(points.map(({ text, value }) => [text, value])).toEqual([
      ['0', 0],
      ['0.02', 0.02],
      ['0.1', 0.1],
    ]);
    for (const { metrics } of points) expect(metrics['rmse.test']).toBe(result.metrics['rmse.test']);
    // The design's own value is 2 %.
    expect(points[1].metrics).toEqual(result.metrics);
    const spreads = points.map(({ metrics }) => metrics['CurrentMode.rmse.train.std']);
    expect(spreads[2]).toBeGreaterThan(spreads[0]);
  });

  it('of the data or the training trains anew', () => {
    const result = resultOf(airlineRequest(sweep('forecast', 'epochs', [2, 6])));
    const [same, longer] = result.sweep?.points ?? [];
    expect(same.metrics).toEqual(result.metrics);
    expect(longer.metrics['rmse.train']).toBeLessThan(same.metrics['rmse.train']);
  });

  it('of what cannot be fails before anything is computed', () => {
    let worked = false;
    const request = airlineRequest(sweep('HfO2', 'programing', [0.1]));
    const outcome = run(request, { progress: () => (worked = true) });
    expect(outcome.ok ? undefined : outcome.problems[0].hint).toContain('programming');
    expect(worked).toBe(false);
  });
});

describe('training on hardware', () => {
  it('evaluates and differentiates through its errors, and still learns', () => {
    const changes = { train: { epochs: 30, on: 'CurrentMode' }, experiment: { infer: undefined } };
    const onHardware = resultOf(airlineRequest(changes));
    const ideal = resultOf(airlineRequest({ ...changes, train: { epochs: 30 } }));
    expect(onHardware.weights).not.toEqual(ideal.weights);
    expect(onHardware.training.loss[29]).toBeLessThan(0.5 * onHardware.training.loss[0]);
  });
});

it('the hand-written design names nothing that does not exist', () => {
  const design = airlineDesign({});
  const crossbars = design.crossbars.map(({ name }) => name);
  expect(crossbars).toEqual(expect.arrayContaining(design.hardware.map(({ crossbar }) => crossbar)));
});
