import { describe, expect, it } from 'vitest';
import type { ExperimentDesign } from '../../../sim-core/design/design.ts';
import { largestFamily } from '../../../sim-core/run/families.ts';
import type { RunRequest } from '../../../sim-core/run/request.ts';
import type { Result, TraceFamily } from '../../../sim-core/run/result.ts';
import { run } from '../../../sim-core/run/run.ts';
import { airlineRequest } from './airline-design.ts';

const trials = 5;
const request = (experiment: Partial<ExperimentDesign> = {}, epochs = 3): RunRequest => ({
  ...airlineRequest({ train: { epochs }, experiment }),
  trials,
  families: true,
});

function resultOf(asked: RunRequest): Result {
  const result = run(asked);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

const sweep = (owner: string, parameter: string, values: readonly number[]): Partial<ExperimentDesign> => ({
  sweep: {
    path: { owner, parameter },
    values: values.map((value) => ({ text: String(value), value: { kind: 'number', value } })),
  } as ExperimentDesign['sweep'],
});

const member = ({ columns }: TraceFamily, at: number) =>
  columns.map(({ name, values }) => ({ name, values: values[at] }));

const tracesOf = ({ traces }: Result, run: string) =>
  traces.columns
    .filter(({ name }) => name.startsWith(`${run}.`))
    .map(({ name, values }) => ({ name, values }));

describe('The waveforms of all trials', () => {
  const result = resultOf(request());
  const ofTrials = result.families;

  it('are there for each hardware, one member to a trial', () => {
    expect(ofTrials.map(({ run: name, parameter }) => `${name} ${parameter}`)).toEqual([
      'VoltageMode trial',
      'CurrentMode trial',
    ]);
    for (const { members } of ofTrials)
      expect(members.map(({ text }) => text)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('begin with those that the traces have, and differ', () => {
    for (const family of ofTrials) {
      expect(member(family, 0)).toEqual(tracesOf(result, family.run));
      for (const { values } of family.columns) expect(values[1]).not.toEqual(values[0]);
    }
  });

  it('come with metrics whose mean and median are those of the result', () => {
    for (const { run: name, members } of ofTrials) {
      const values = members.map(({ metrics }) => metrics['rmse.test']).sort((a, b) => a - b);
      const mean = values.reduce((sum, value) => sum + value, 0) / trials;
      expect(mean / result.metrics[`${name}.rmse.test`]).toBeCloseTo(1, 12);
      expect(values[2]).toBe(result.metrics[`${name}.rmse.test.median`]);
    }
  });

  it('change no other number, and are not there unless they are asked for', () => {
    const without = resultOf({ ...request(), families: false });
    expect(without.families).toEqual([]);
    expect({ ...without, families: ofTrials }).toEqual(result);
  });

  it('are cut to the room that there is: samples first, then trials', () => {
    const [family] = resultOf({ ...request({}, 1), trials: 2500 }).families;
    const numbers = family.columns.length * family.members.length * family.step.length;
    expect(numbers).toBeLessThanOrEqual(largestFamily);
    expect(family.members).toHaveLength(2500);
    expect(family.step.length).toBeLessThan(result.traces.step.length);
  });
});

describe('The waveforms over a sweep', () => {
  it('have a member for each value, the one of the design itself as the traces have it', () => {
    const result = resultOf(request(sweep('HfO2', 'programming', [0, 0.02, 0.1])));
    const swept = result.families.filter(({ parameter }) => parameter === 'HfO2.programming');
    // What is swept in a device leaves the ideal network as it is.
    expect(swept.map((family) => family.run)).toEqual(['VoltageMode', 'CurrentMode']);
    for (const family of swept) {
      expect(family.members.map(({ text }) => text)).toEqual(['0', '0.02', '0.1']);
      const own = result.sweep?.points.findIndex(
        ({ metrics }) => metrics['VoltageMode.rmse.test'] === result.metrics['VoltageMode.rmse.test'],
      );
      expect(own).toBeGreaterThanOrEqual(0);
      expect(member(family, own ?? -1)).toEqual(tracesOf(result, family.run));
      expect(family.members[0].metrics).toEqual(result.sweep?.points[0].metrics);
    }
  });

  it('are of the ideal network too where the sweep changes the weights', () => {
    const result = resultOf(request(sweep('forecast', 'epochs', [3, 6])));
    const ideal = result.families.find((family) => family.run === 'ideal');
    expect(ideal && member(ideal, 0)).toEqual(tracesOf(result, 'ideal'));
  });

  it('are left out where the values have no abscissa in common', () => {
    const result = resultOf(request(sweep('passengers', 'window', [3, 4])));
    expect(result.sweep?.points).toHaveLength(2);
    expect(result.families.filter(({ parameter }) => parameter !== 'trial')).toEqual([]);
  });
});
