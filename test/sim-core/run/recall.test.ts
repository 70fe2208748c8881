import { expect, it } from 'vitest';
import type { DeviceDesign } from '../../../sim-core/design/design.ts';
import type { Result } from '../../../sim-core/run/result.ts';
import { run } from '../../../sim-core/run/run.ts';
import { airlineRequest } from './airline-design.ts';

type Request = ReturnType<typeof airlineRequest>;

const request: Request = { ...airlineRequest({ train: { epochs: 3 } }), trials: 2 };

/** The result, and whether anything was learned for it. */
function resultOf(of: Request): { result: Result; learned: boolean } {
  let learned = false;
  const outcome = run(of, {
    progress: ({ detail }) => {
      learned ||= detail.startsWith('epoch');
    },
  });
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return { result: outcome.value, learned };
}

const withFewLevels = (device: DeviceDesign): DeviceDesign => ({
  ...device,
  array: { ...device.array, levels: 4 },
});

const { result: first } = resultOf(request);

it('takes weights from an earlier run that learned the same, and gives the same result', () => {
  const again = resultOf({ ...request, learned: first });
  expect(again).toEqual({ result: first, learned: false });
});

it('takes them where only the hardware differs, with the result of a run that learns', () => {
  const { design } = request;
  const noisier = design.devices.map(withFewLevels);
  const changed = { ...request, design: { ...design, devices: noisier } };
  const fresh = resultOf(changed);
  expect(fresh.learned).toBe(true);
  expect(fresh.result.metrics).not.toEqual(first.metrics);
  expect(resultOf({ ...changed, learned: first })).toEqual({ ...fresh, learned: false });
});

const csv = 'airline-passengers.csv';
// The last month is left out.
const shorter = request.files[csv].slice(0, -12);

it.each<[string, Request]>([
  ['the seed', { ...request, seed: 8 }],
  ['the version', { ...request, version: '0.0.1' }],
  ['the data', { ...request, files: { [csv]: shorter } }],
  ['the training', { ...request, design: airlineRequest({ train: { epochs: 4 } }).design }],
  [
    'the framing of the data',
    { ...request, design: airlineRequest({ train: { epochs: 3 }, steps: 1 }).design },
  ],
])('learns anew where %s differs', (_, changed) => {
  const { learned, result } = resultOf({ ...changed, learned: first });
  expect(learned).toBe(true);
  expect(result.training.key).not.toBe(first.training.key);
});

it('learns anew on other hardware where the hardware is in the loop', () => {
  const inLoop = airlineRequest({ train: { epochs: 1, on: 'VoltageMode' } });
  const { result } = resultOf({ ...inLoop, trials: 1 });
  const devices = inLoop.design.devices.map(withFewLevels);
  const changed = { ...inLoop, trials: 1, design: { ...inLoop.design, devices }, learned: result };
  expect(resultOf(changed).learned).toBe(true);
});
