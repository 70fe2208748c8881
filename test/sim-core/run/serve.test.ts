import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { failure, success } from '../../../sim-core/design/problem.ts';
import type { RunMessage, WorkerMessage, WorkerPort } from '../../../sim-core/run/protocol.ts';
import type { Run } from '../../../sim-core/run/request.ts';
import type { Result } from '../../../sim-core/run/result.ts';
import { serve } from '../../../sim-core/run/serve.ts';
import { airlineRequest } from './airline-design.ts';

const message: RunMessage = { kind: 'run', id: 5, request: airlineRequest() };

/** What the worker says to one run, and which buffers it transfers. */
function answers(runner: Run): { messages: WorkerMessage[]; transferred: number } {
  const messages: WorkerMessage[] = [];
  let transferred = 0;
  const port: WorkerPort = {
    postMessage: (answer, transfer = []) => {
      messages.push(answer);
      transferred += transfer.length;
    },
    onMessage: (listener) => listener(message),
  };
  serve(port, runner);
  return { messages, transferred };
}

describe('serve', () => {
  it('thins progress but keeps the first and the last word of every phase', () => {
    const { messages } = answers((_, host) => {
      for (let k = 0; k <= 10_000; k++)
        host?.progress?.({ phase: 'train', detail: '', fraction: k / 20_000 });
      for (let k = 0; k <= 10_000; k++)
        host?.progress?.({ phase: 'infer', detail: 'A', fraction: (10_000 + k) / 20_000 });
      return failure({ code: 'x', message: 'y' });
    });
    const fractions = messages.flatMap((answer) =>
      answer.kind === 'progress' ? [answer.progress.fraction] : [],
    );
    expect(fractions.length).toBeLessThan(210);
    expect(fractions.length).toBeGreaterThan(100);
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(messages.at(-1)).toEqual({ kind: 'done', id: 5, outcome: failure({ code: 'x', message: 'y' }) });
  });

  it('reports an exception as a failure of the engine', () => {
    const { messages } = answers(() => {
      throw new Error('node 3 is missing');
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      kind: 'failed',
      id: 5,
      message: expect.stringContaining('node 3 is missing'),
    });
  });

  it('transfers every array once, through a real port', async () => {
    const shared = Float64Array.of(1, 2);
    const result = {
      training: { loss: shared, validationLoss: shared },
      weights: [{ values: Float64Array.of(3) }],
    };
    expect(answers(() => success(result as unknown as Result)).transferred).toBe(2);
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise<WorkerMessage>((resolve) => port2.once('message', resolve));
    serve(
      {
        postMessage: (answer, transfer = []) => port1.postMessage(answer, [...transfer]),
        onMessage: (listener) => port1.on('message', listener),
      },
      () => success(result as unknown as Result),
    );
    port2.postMessage(message);
    expect(await answered).toMatchObject({
      kind: 'done',
      outcome: { value: { weights: [{ values: Float64Array.of(3) }] } },
    });
    port1.close();
    expect(shared.length).toBe(0);
  });
});
