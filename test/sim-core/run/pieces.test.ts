import { describe, expect, it } from 'vitest';
import { judge } from '../../../sim-core/run/expectations.ts';
import { requiredFiles } from '../../../sim-core/run/files.ts';
import { addTo, deviations, emptyMoments } from '../../../sim-core/run/moments.ts';
import { planRun } from '../../../sim-core/run/plan.ts';
import { canonicalJson, hashOf, provenanceOf } from '../../../sim-core/run/provenance.ts';
import { airlineDesign, airlineRequest } from './airline-design.ts';

describe('judge', () => {
  const expectation = (metric: string, comparator: '<' | '<=' | '>' | '>=', value: number) => ({
    text: `${metric} ${comparator} ${value}`,
    metric,
    comparator,
    value,
  });

  it('compares each metric as written, bounds included or not', () => {
    const judged = judge(
      [
        expectation('rmse.test', '<', 50),
        expectation('rmse.test', '<=', 50),
        expectation('rmse.test', '>', 50),
        expectation('rmse.test', '>=', 50),
      ],
      { 'rmse.test': 50 },
    );
    expect(judged.ok && judged.value.map(({ holds }) => holds)).toEqual([false, true, false, true]);
    expect(judged.ok && judged.value[0]).toEqual({ text: 'rmse.test < 50', value: 50, holds: false });
  });

  it('names the nearest metric for one that the run does not give', () => {
    const judged = judge([expectation('rmse.tset', '<', 1)], { 'rmse.test': 50, 'mae.test': 40 });
    if (judged.ok) throw new Error('Expected a problem.');
    expect(judged.problems[0].code).toBe('run.unknown-metric');
    expect(judged.problems[0].hint).toContain('"rmse.test"');
  });
});

describe('requiredFiles', () => {
  it('names the data and the weights, each with its kind', () => {
    const design = airlineDesign({ experiment: { weights: { file: 'w.safetensors' } } });
    expect(requiredFiles(design, design.experiments[0]).map(({ name, kind }) => [name, kind])).toEqual([
      ['airline-passengers.csv', 'data'],
      ['w.safetensors', 'weights'],
    ]);
  });

  it('names a UCR file that is both train and test once, and nothing for a generator', () => {
    const base = airlineDesign({});
    const names = (source: (typeof base.datasets)[number]['source']) => {
      const design = { ...base, datasets: [{ ...base.datasets[0], source }] };
      return requiredFiles(design, design.experiments[0]).map(({ name }) => name);
    };
    expect(names({ kind: 'ucr', file: 'a.tsv', positive: -1 })).toEqual(['a.tsv']);
    expect(names({ kind: 'ucr', file: 'a.tsv', testFile: 'b.tsv', positive: -1 })).toEqual([
      'a.tsv',
      'b.tsv',
    ]);
    expect(names({ kind: 'wafer', train: 1, test: 1, length: 8, abnormal: 0, seed: 1 })).toEqual([]);
  });
});

describe('moments', () => {
  it('are the mean and the sample standard deviation, stable for large offsets', () => {
    const moments = emptyMoments(2);
    for (const values of [
      [1e9 + 1, 5],
      [1e9 + 2, 5],
      [1e9 + 3, 5],
      [1e9 + 4, 5],
    ]) {
      addTo(moments, values);
    }
    expect([...moments.mean]).toEqual([1e9 + 2.5, 5]);
    expect(deviations(moments)[0]).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(deviations(moments)[1]).toBe(0);
  });

  it('have no spread for a single vector', () => {
    const moments = emptyMoments(1);
    addTo(moments, [3]);
    expect([...deviations(moments)]).toEqual([0]);
  });
});

describe('planRun', () => {
  const problemOf = (changes: Parameters<typeof airlineDesign>[0], request = {}) => {
    const plan = planRun({ ...airlineRequest(changes), ...request });
    if (plan.ok) throw new Error('Expected a problem.');
    return plan.problems[0];
  };

  it('finds what the experiment names and lets the request replace seed and trials', () => {
    const plan = planRun({ ...airlineRequest(), seed: 3, trials: 5 });
    expect(plan.ok && { ...plan.value, experiment: plan.value.experiment.name }).toMatchObject({
      experiment: 'forecast',
      network: { name: 'Forecast' },
      dataset: { name: 'passengers' },
      seed: 3,
      trials: 5,
      hardware: ['VoltageMode', 'CurrentMode'],
    });
  });

  it.each([
    [{}, { experiment: 'forcast' }, 'run.unknown-experiment', 'Did you mean "forecast"?'],
    [{ experiment: { network: 'Forecas' } }, {}, 'run.unknown-network', '"Forecast"'],
    [{ experiment: { data: 'passenger' } }, {}, 'run.unknown-dataset', '"passengers"'],
    [{ train: { on: 'VoltageMod' } }, {}, 'run.unknown-hardware', '"VoltageMode"'],
    [{}, { trials: 0 }, 'run.trials', 'from 1'],
    [{}, { trials: 1.5 }, 'run.trials', 'from 1'],
    [{}, { seed: -1 }, 'run.seed', 'from 0'],
    [{}, { seed: Number.NaN }, 'run.seed', 'from 0'],
  ])('refuses %j with request %j: %s', (changes, request, code, hint) => {
    const problem = problemOf(changes, request);
    expect(problem.code).toBe(code);
    expect(problem.hint).toContain(hint);
  });
});

describe('provenance', () => {
  it('hashes as SHA-256 does', () => {
    // FIPS 180-2, appendix B.1.
    expect(hashOf(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('writes equal values as equal text, whatever the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  });

  it('does not depend on where the text of the design lies, but on all that it says', () => {
    const design = airlineDesign({});
    const origin = {
      file: 'file:///x.loom',
      start: { line: 1, character: 2 },
      end: { line: 1, character: 9 },
    };
    const moved = { ...design, networks: design.networks.map((network) => ({ ...network, origin })) };
    const hash = (of: typeof design) => provenanceOf('1', 7, of, {}).design;
    expect(hash(moved)).toBe(hash(design));
    expect(hash(airlineDesign({ steps: 1 }))).not.toBe(hash(design));
  });
});
