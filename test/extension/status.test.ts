import { describe, expect, it } from 'vitest';
import { durationText, headline, remaining, statusOf } from '../../extension/experiments/status.ts';
import { type KeptRun, parseKeptRun } from '../../extension/results/kept-run.ts';
import { emptyQueue, enqueue, withdraw } from '../../extension/simulation/queue.ts';
import { exampleResult } from './result.ts';

const run: KeptRun = {
  id: '1-forecast',
  uri: 'file:///a.loom',
  experiment: 'forecast',
  time: 1,
  duration: 2,
  provenance: exampleResult.provenance,
  metrics: exampleResult.metrics,
  metricUnits: exampleResult.metricUnits,
  expectations: exampleResult.expectations,
};
const design = exampleResult.provenance.design;

describe('The state of an experiment', () => {
  it('is what it does, then whether its text has changed, then whether its expectations hold', () => {
    const failing = { ...run, expectations: [{ text: 'rmse.test < 1', value: 50, holds: false }] };
    expect(statusOf({ design }, 'running', run)).toBe('running');
    expect(statusOf({ design }, 'waiting', run)).toBe('waiting');
    expect(statusOf({ design }, 'idle', undefined)).toBe('never');
    expect(statusOf({ design: 'other' }, 'idle', run)).toBe('stale');
    expect(statusOf({ design }, 'idle', run)).toBe('holds');
    expect(statusOf({ design }, 'idle', failing)).toBe('fails');
  });

  it('stays what it was while the text has errors', () =>
    expect(statusOf({ design: undefined }, 'idle', run)).toBe('holds'));
});

describe('The line of a run', () => {
  it('has the figure of the ideal network and that of each hardware', () =>
    expect(headline({ ...run, metrics: { ...run.metrics, 'nrmse.test': 0.1 } })).toBe(
      'rmse.test 50, Analog 52, Digital 51 passengers',
    ));
  it('tells times in the largest unit that fits', () =>
    expect([400, 59_000, 61_000, 7_500_000].map(durationText)).toEqual([
      '1 s',
      '59 s',
      '1 min',
      '2 h 5 min',
    ]));
});

describe('The time that remains', () => {
  it('is what the rest takes at the pace so far', () => expect(remaining(3000, 0.25)).toBe(9000));
  it('is not guessed from too little', () => {
    expect(remaining(3000, 0.01)).toBeUndefined();
    expect(remaining(100, 0.5)).toBeUndefined();
  });
});

describe('A kept run', () => {
  it('is read back as it was written', () => expect(parseKeptRun(JSON.stringify(run))).toEqual(run));
  it.each(['', '{', '[]', '{"id":"1"}', 'null'])('is none in %j', (text) =>
    expect(parseKeptRun(text)).toBeUndefined(),
  );
});

describe('What waits', () => {
  it('can be withdrawn, and the rest keeps its order', () => {
    const entries = ['a', 'b', 'c'].map((key) => ({ key, value: key }));
    const queue = entries.reduce(enqueue<string>, emptyQueue);
    expect(withdraw(queue, 'b').waiting.map(({ key }) => key)).toEqual(['a', 'c']);
  });
});
