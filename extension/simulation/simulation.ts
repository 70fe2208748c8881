import type { Outcome, Problem, RunProgress, RunRequest } from '@memloom/sim-core';
import { failure, success } from '@memloom/sim-core';
import type { SeriesSummary } from '../results/series.ts';
import type { ResultSummary } from '../results/summary.ts';
import type { Answer, Ask, QuestionKind } from '../waveforms/questions.ts';
import type { StartWorker, WorkerHandle } from './handle.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** Curves in a worker that answers questions about them. */
export interface OpenSeries {
  readonly series: readonly SeriesSummary[];
  /** Rejects once the worker is gone. */
  readonly ask: Ask;
  /** Ends the worker. */
  dispose(): void;
}

/** A finished run in the worker that made it, or a stored one in a worker that opened it. */
export interface OpenResult extends OpenSeries {
  readonly summary: ResultSummary;
  /** The result in its stored form. */
  readonly bytes: Uint8Array;
}

/** Runs in a worker of its own; aborting `signal` ends that worker at once and gives undefined. */
export async function simulate(
  start: StartWorker,
  request: RunRequest,
  signal: AbortSignal,
  progress: (progress: RunProgress) => void,
): Promise<Outcome<OpenResult> | undefined> {
  const opened = await converse(start, { kind: 'run', request }, signal, progress);
  return opened && withSummary(opened);
}

/** Opens the stored form of an earlier result. */
export async function openResult(start: StartWorker, bytes: Uint8Array): Promise<Outcome<OpenResult>> {
  const opened = await converse(start, { kind: 'open', bytes }, never, ignore);
  return withSummary(opened ?? workerEnded(0));
}

/** Opens a table of measured data. */
export async function openTable(
  start: StartWorker,
  name: string,
  text: string,
): Promise<Outcome<OpenSeries>> {
  return (await converse(start, { kind: 'import', name, text }, never, ignore)) ?? workerEnded(0);
}

const never = new AbortController().signal;
const ignore = () => {};

interface Opened extends OpenSeries {
  readonly summary?: ResultSummary;
  readonly bytes?: Uint8Array;
}

function withSummary(opened: Outcome<Opened>): Outcome<OpenResult> {
  if (!opened.ok) return opened;
  const { summary, bytes } = opened.value;
  if (summary === undefined || bytes === undefined) throw new Error('The worker opened no result.');
  return success({ ...opened.value, summary, bytes });
}

function converse(
  start: StartWorker,
  first: ToWorker,
  signal: AbortSignal,
  progress: (progress: RunProgress) => void,
): Promise<Outcome<Opened> | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const questions = pendingQuestions();
    const finish = (outcome: Outcome<Opened> | undefined) => {
      signal.removeEventListener('abort', abort);
      if (!outcome?.ok) worker.terminate();
      resolve(outcome);
    };
    const abort = () => finish(undefined);
    const message = (received: FromWorker) => {
      if (received.kind === 'progress') progress(received.progress);
      else if (received.kind === 'failed') finish(failure(...received.problems));
      else if (received.kind === 'answer') questions.answer(received.id, received.answer);
      else if (received.kind === 'refused') questions.refuse(received.id, new Refused(received.message));
      else finish(success(openedBy(worker, questions, received)));
    };
    signal.addEventListener('abort', abort);
    const worker = start({
      message,
      error: (error) => finish(failure(crash(error))),
      exit: (code) => {
        questions.reject(new Error('The worker that holds the result has ended.'));
        finish(workerEnded(code));
      },
    });
    worker.post(first);
  });
}

function openedBy(
  worker: WorkerHandle,
  questions: PendingQuestions,
  received: Extract<FromWorker, { kind: 'ready' | 'imported' }>,
): Opened {
  const { series } = received.kind === 'ready' ? received.summary : received;
  return {
    ...received,
    series,
    ask: (kind, asked) =>
      questions.add((id) => worker.post({ kind: 'ask', id, question: { kind, ...asked } as never })),
    dispose: () => worker.terminate(),
  };
}

type PendingQuestions = ReturnType<typeof pendingQuestions>;

/** Questions that wait for their answers. */
function pendingQuestions() {
  const waiting = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>();
  let lastId = 0;
  let ended: Error | undefined;
  return {
    add: <Kind extends QuestionKind>(send: (id: number) => void) =>
      new Promise<Answer<Kind>>((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        waiting.set(++lastId, { resolve, reject });
        send(lastId);
      }),
    answer: (id: number, answer: Answer<QuestionKind>) => {
      waiting.get(id)?.resolve(answer as never);
      waiting.delete(id);
    },
    refuse: (id: number, error: Error) => {
      waiting.get(id)?.reject(error);
      waiting.delete(id);
    },
    reject: (error: Error) => {
      ended = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}

/** The worker is well and cannot answer; asking again would change nothing. */
export class Refused extends Error {}

const crash = (error: Error): Problem => ({
  code: 'run.crashed',
  message: `The simulation stopped with an internal error: ${error.message}`,
  hint: 'Please report it with the architecture that causes it; the log has the details.',
});

const workerEnded = (code: number) =>
  failure({
    code: 'run.worker-ended',
    message: `The simulation's worker ended unexpectedly (code ${code}).`,
    hint: 'Run the experiment again; nothing that was saved is lost.',
  });
