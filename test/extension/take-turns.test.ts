import { describe, expect, it } from 'vitest';
import { onlyWaveforms } from '../../extension/run/live-request.ts';
import type { StartWorker, WorkerEvents } from '../../extension/simulation/handle.ts';
import type { ToWorker } from '../../extension/simulation/messages.ts';
import { takeTurns } from '../../extension/simulation/take-turns.ts';
import { airlineRequest } from '../sim-core/run/airline-design.ts';

/** Workers that do nothing by themselves. */
function idleWorkers() {
  const started: { events: WorkerEvents; posted: ToWorker[]; ended: boolean }[] = [];
  const start: StartWorker = (events) => {
    const worker = { events, posted: [] as ToWorker[], ended: false };
    started.push(worker);
    return {
      post: (message) => worker.posted.push(message),
      terminate: () => {
        worker.ended = true;
      },
    };
  };
  return { start, started };
}

const ready = { kind: 'ready', summary: { series: [] }, learned: {} } as never;
const request = airlineRequest();
const signal = new AbortController().signal;

describe('Two workers', () => {
  it('take turns, so that one answers about the last run while the other makes the next', async () => {
    const { start, started } = idleWorkers();
    const turns = takeTurns(start);
    for (const at of [0, 1, 0]) {
      const run = turns.run(request, signal);
      started[at].events.message(ready);
      expect(await run).toMatchObject({ ok: true });
    }
    expect(started.map(({ posted, ended }) => [posted.length, ended])).toEqual([
      [2, false],
      [1, false],
    ]);
  });

  it('leave the run that is shown alone when the next one is aborted, and go on with another', async () => {
    const { start, started } = idleWorkers();
    const turns = takeTurns(start);
    const first = turns.run(request, signal);
    started[0].events.message(ready);
    await first;
    const abort = new AbortController();
    const second = turns.run(request, abort.signal);
    abort.abort();
    expect(await second).toBeUndefined();
    expect(started.map(({ ended }) => ended)).toEqual([false, true, false]);
    const third = turns.run(request, signal);
    started[2].events.message(ready);
    expect(await third).toMatchObject({ ok: true });
  });

  it('say that a worker has ended, also where it ended before it was asked', async () => {
    const { start, started } = idleWorkers();
    const turns = takeTurns(start);
    turns.warm();
    started[0].events.exit(9);
    expect(await turns.run(request, signal)).toMatchObject({
      ok: false,
      problems: [{ code: 'run.worker-ended' }],
    });
  });

  it('start no other worker once they are no longer needed, also where that ends a run', async () => {
    const { start, started } = idleWorkers();
    const turns = takeTurns(start);
    const abort = new AbortController();
    const run = turns.run(request, abort.signal);
    abort.abort();
    turns.dispose();
    expect(await run).toBeUndefined();
    turns.warm();
    expect(started.map(({ ended }) => ended)).toEqual([true]);
  });

  it('answer about a run only as long as its worker holds it, and leave no question without an answer', async () => {
    const { start, started } = idleWorkers();
    const turns = takeTurns(start);
    const runIn = async (at: number) => {
      const run = turns.run(request, signal);
      started[at].events.message(ready);
      const outcome = await run;
      if (!outcome?.ok) throw new Error('It did not run.');
      return outcome.value;
    };
    const query = { series: 's', columns: [], at: [] };
    const first = await runIn(0);
    const second = await runIn(1);
    await runIn(0);
    await expect(first.ask('values', query)).rejects.toThrow('A later run');
    const waiting = second.ask('values', query);
    turns.dispose();
    await expect(waiting).rejects.toThrow('has ended');
  });
});

it('Waveforms need the first trial alone, and of the experiment neither sweep nor expectations', () => {
  const full = airlineRequest({ experiment: { expectations: [{ text: 'rmse.test < 1' } as never] } });
  const { trials, families, design } = onlyWaveforms({ ...full, trials: 100, families: true });
  expect({ trials, families }).toEqual({ trials: 1, families: false });
  expect(design.experiments[0]).toMatchObject({ expectations: [], analyses: [], sweep: undefined });
  expect({ ...design, experiments: [] }).toEqual({ ...full.design, experiments: [] });
});
