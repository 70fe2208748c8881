import { describe, expect, it } from 'vitest';
import { emptyQueue, enqueue, finishRunning, startNext } from '../../extension/simulation/queue.ts';

const entry = (key: string) => ({ key, value: key });

describe('The queue of runs', () => {
  it('runs one at a time, in the order in which they were asked for', () => {
    const waiting = enqueue(enqueue(emptyQueue, entry('a')), entry('b'));
    const first = startNext(waiting);
    expect(first.running?.key).toBe('a');
    expect(startNext(first)).toBe(first);
    expect(startNext(finishRunning(first)).running?.key).toBe('b');
  });

  it('holds one waiting run of an experiment, also while it runs', () => {
    const running = startNext(enqueue(emptyQueue, entry('a')));
    const again = enqueue(running, entry('a'));
    expect(again.waiting).toHaveLength(1);
    expect(enqueue(again, entry('a'))).toBe(again);
  });

  it('is empty in the end', () => {
    const done = finishRunning(startNext(enqueue(emptyQueue, entry('a'))));
    expect(startNext(done)).toBe(done);
    expect(done.running).toBeUndefined();
  });
});
