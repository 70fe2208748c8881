import { beforeAll, describe, expect, it } from 'vitest';
import type { RunProgress } from '../../../sim-core/run/request.ts';
import type { Result } from '../../../sim-core/run/result.ts';
import { run } from '../../../sim-core/run/run.ts';
import reference from '../../oracles/airline/reference.json' with { type: 'json' };
import { airlineDesign, airlineRequest } from './airline-design.ts';

function resultOf(...[request, host]: Parameters<typeof run>): Result {
  const result = run(request, host);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

/** RMSE of the ideal network for seeds 1, 2, …, in passengers. */
function idealErrors(steps: number, seeds: number): Record<'train' | 'test', readonly number[]> {
  const request = airlineRequest({ steps, experiment: { infer: undefined, expectations: [] } });
  const runs = Array.from({ length: seeds }, (_, k) => resultOf({ ...request, seed: k + 1 }).metrics);
  return { train: runs.map((run) => run['rmse.train']), test: runs.map((run) => run['rmse.test']) };
}

/** Largest distance between the distribution of a sample and one that is given by its percentiles (Kolmogorov). */
function distance(sample: readonly number[], percentiles: readonly number[]): number {
  const below = (value: number) => {
    const above = percentiles.findIndex((percentile) => percentile > value);
    if (above <= 0) return above < 0 ? 1 : 0;
    const [low, high] = [percentiles[above - 1], percentiles[above]];
    return (above - 1 + (value - low) / (high - low)) / 100;
  };
  const sorted = [...sample].sort((a, b) => a - b);
  return Math.max(
    ...sorted.map((value, k) =>
      Math.max(Math.abs(below(value) - k / sorted.length), Math.abs(below(value) - (k + 1) / sorted.length)),
    ),
  );
}

/** What is exceeded by chance in one of a hundred samples of that size (Smirnov's asymptotic form). */
const critical = (count: number): number => 1.628 / Math.sqrt(count);

describe('the airline experiment, trained as the published Keras recipe does', () => {
  it.each([1, 3] as const)(
    'with look-back %i errs as an independent evaluation does, over 24 seeds',
    (steps) => {
      const errors = idealErrors(steps, 24);
      for (const subset of ['train', 'test'] as const) {
        const { quantiles } = reference.rmse[`${steps} ${subset}`];
        expect(distance(errors[subset], quantiles), subset).toBeLessThan(critical(24));
      }
    },
  );

  it('with look-back 1 has a test RMSE of 47 to 55 for each of 8 seeds', () => {
    for (const error of idealErrors(1, 8).test) {
      expect(error).toBeGreaterThan(47);
      expect(error).toBeLessThan(55);
    }
  }, 120_000);

  // A seed lies within 49 to 70 in 88 % of the cases (test/oracles/airline): of seeds 1 to 8, all but the fifth do.
  it('with 3 time steps has a mean test RMSE of 49 to 70 over 8 seeds, and 7 of them within', () => {
    const { test } = idealErrors(3, 8);
    const mean = test.reduce((sum, error) => sum + error, 0) / test.length;
    expect(mean).toBeGreaterThan(49);
    expect(mean).toBeLessThan(70);
    expect(test.filter((error) => error > 49 && error < 70).length).toBeGreaterThanOrEqual(7);
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
