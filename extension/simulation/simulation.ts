import type { Outcome, Problem, Recording, RecordRequest, RunProgress, RunRequest } from '@memloom/sim-core';
import { failure, success } from '@memloom/sim-core';
import type { SeriesSummary } from '../results/series.ts';
import type { ResultSummary } from '../results/summary.ts';
import type { Answer, Ask, QuestionKind } from '../waveforms/questions.ts';
import type { StartWorker } from './handle.ts';
import type { FromWorker, Learned, ToWorker } from './messages.ts';

/** Curves in a worker that answers questions about them. */
export interface OpenSeries {
  readonly series: readonly SeriesSummary[];
  /** Rejects once the worker is gone. */
  readonly ask: Ask;
  /** Ends the worker. */
  dispose(): void;
}

/** A run in the worker that made it. */
export interface OpenRun extends OpenSeries {
  readonly summary: ResultSummary;
  readonly learned: Learned;
}

/** A finished run in the worker that made it, or a stored one in a worker that opened it. */
export interface OpenResult extends OpenRun {
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
  if (signal.aborted) return undefined;
  return openIn(converse(start, progress), { kind: 'run', request, keep: true }, signal);
}

/** Records an inference in a worker of its own; aborting `signal` ends that worker at once and gives undefined. */
export async function recordInference(
  start: StartWorker,
  request: RecordRequest,
  signal: AbortSignal,
  progress: (progress: RunProgress) => void,
): Promise<Outcome<Recording> | undefined> {
  if (signal.aborted) return undefined;
  const worker = converse(start, progress);
  const done = await worker.order({ kind: 'record', request }, signal);
  worker.terminate();
  if (!done?.ok) return done;
  if (done.value.kind !== 'recorded') throw new Error('The worker recorded nothing.');
  return success(done.value.recording);
}

/** Opens the stored form of an earlier result. */
export async function openResult(start: StartWorker, bytes: Uint8Array): Promise<Outcome<OpenResult>> {
  return (await openIn(converse(start, ignore), { kind: 'open', bytes }, never)) ?? workerEnded(0);
}

/** Opens a table of measured data. */
export async function openTable(
  start: StartWorker,
  name: string,
  text: string,
): Promise<Outcome<OpenSeries>> {
  const worker = converse(start, ignore);
  const done = await worker.order({ kind: 'import', name, text }, never);
  if (done?.ok && done.value.kind === 'imported')
    return success({ series: done.value.series, ask: worker.ask, dispose: worker.terminate });
  worker.terminate();
  return done === undefined || done.ok ? workerEnded(0) : done;
}

const never = new AbortController().signal;
const ignore = () => {};

async function openIn(
  worker: Conversation,
  order: Order,
  signal: AbortSignal,
): Promise<Outcome<OpenResult> | undefined> {
  const done = await worker.order(order, signal);
  if (!done?.ok) {
    worker.terminate();
    return done;
  }
  if (done.value.kind !== 'ready' || done.value.bytes === undefined)
    throw new Error('The worker opened no result.');
  return success({ ...openedBy(worker, done.value), bytes: done.value.bytes });
}

const openedBy = (
  { ask, terminate }: Conversation,
  { summary, learned }: Extract<Done, { kind: 'ready' }>,
): OpenRun => ({ summary, learned, series: summary.series, ask, dispose: terminate });

/** A worker that runs again and again; each run takes the place of the one before, whose curves are gone. */
export interface Simulator {
  /** One at a time; aborting `signal` ends the worker and gives undefined. */
  run(request: RunRequest, signal: AbortSignal): Promise<Outcome<OpenRun> | undefined>;
  dispose(): void;
}

export function startSimulator(start: StartWorker): Simulator {
  const worker = converse(start, ignore);
  let turn = 0;
  return {
    run: async (request, signal) => {
      const mine = ++turn;
      const done = await worker.order({ kind: 'run', request, keep: false }, signal);
      if (!done?.ok) return done;
      if (done.value.kind !== 'ready') throw new Error('The worker ran nothing.');
      const ask: Ask = (...asked) =>
        mine === turn ? worker.ask(...asked) : Promise.reject(new Error('A later run has taken its place.'));
      return success(openedBy({ ...worker, ask }, done.value));
    },
    dispose: worker.terminate,
  };
}

type Order = Exclude<ToWorker, { kind: 'ask' }>;
type Done = Extract<FromWorker, { kind: 'ready' | 'imported' | 'recorded' }>;

/** A worker that is spoken to. */
interface Conversation {
  /** Gives the worker something to do, one thing at a time; aborting `signal` ends the worker and gives undefined. */
  order(message: Order, signal: AbortSignal): Promise<Outcome<Done> | undefined>;
  readonly ask: Ask;
  terminate(): void;
}

function converse(start: StartWorker, progress: (progress: RunProgress) => void): Conversation {
  const questions = pendingQuestions();
  /** Ends what the worker does now. */
  let finish: (outcome: Outcome<Done> | undefined) => void = ignore;
  let ended: Outcome<never> | undefined;
  const message = (received: FromWorker) => {
    if (received.kind === 'progress') progress(received.progress);
    else if (received.kind === 'failed') finish(failure(...received.problems));
    else if (received.kind === 'answer') questions.answer(received.id, received.answer);
    else if (received.kind === 'refused') questions.refuse(received.id, new Refused(received.message));
    else finish(success(received));
  };
  const worker = start({
    message,
    error: (error) => finish(failure(crash(error))),
    exit: (code) => close(code),
  });
  const close = (code: number) => {
    questions.reject(new Error('The worker that holds the result has ended.'));
    ended ??= workerEnded(code);
    finish(ended);
  };
  const terminate = () => {
    worker.terminate();
    // A web worker does not say that it has ended.
    close(0);
  };
  const order: Conversation['order'] = (what, signal) =>
    new Promise((resolve) => {
      if (ended !== undefined) return resolve(ended);
      const abort = () => {
        finish(undefined);
        terminate();
      };
      finish = (outcome) => {
        finish = ignore;
        signal.removeEventListener('abort', abort);
        resolve(outcome);
      };
      signal.addEventListener('abort', abort);
      worker.post(what);
    });
  return {
    order,
    ask: (kind, asked) =>
      questions.add((id) => worker.post({ kind: 'ask', id, question: { kind, ...asked } as never })),
    terminate,
  };
}

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
