import { Worker } from 'node:worker_threads';
import type { Outcome, RunProgress, RunRequest } from '@memloom/sim-core';
import { failure, success } from '@memloom/sim-core';
import type { SeriesQuery, SeriesWindow } from '../results/series.ts';
import type { ResultSummary } from '../results/summary.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** A finished run in the worker that made it, or a stored one in a worker that opened it. */
export interface OpenResult {
  readonly summary: ResultSummary;
  /** The result in its stored form. */
  readonly bytes: Uint8Array;
  window(query: SeriesQuery): Promise<SeriesWindow>;
  /** Ends the worker; windows that are still asked for stay unanswered. */
  dispose(): void;
}

/** Runs in a worker of its own; aborting `signal` ends that worker at once and gives undefined. */
export function simulate(
  workerFile: string,
  request: RunRequest,
  signal: AbortSignal,
  progress: (progress: RunProgress) => void,
): Promise<Outcome<OpenResult> | undefined> {
  return converse(workerFile, { kind: 'run', request }, signal, progress);
}

/** Opens the stored form of an earlier result. */
export async function openResult(workerFile: string, bytes: Uint8Array): Promise<Outcome<OpenResult>> {
  const opened = await converse(workerFile, { kind: 'open', bytes }, new AbortController().signal, () => {});
  return opened ?? workerEnded(0);
}

function converse(
  workerFile: string,
  first: ToWorker,
  signal: AbortSignal,
  progress: (progress: RunProgress) => void,
): Promise<Outcome<OpenResult> | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const worker = new Worker(workerFile);
    const windows = new Map<number, (window: SeriesWindow) => void>();
    const finish = (outcome: Outcome<OpenResult> | undefined) => {
      signal.removeEventListener('abort', abort);
      if (!outcome?.ok) void worker.terminate();
      resolve(outcome);
    };
    const abort = () => finish(undefined);
    signal.addEventListener('abort', abort);
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'progress') progress(message.progress);
      else if (message.kind === 'failed') finish(failure(...message.problems));
      else if (message.kind === 'ready') finish(success(openedBy(worker, windows, message)));
      else answer(windows, message);
    });
    worker.on('error', (error) => finish(failure(crash(error))));
    worker.on('exit', (code) => finish(workerEnded(code)));
    worker.postMessage(first);
  });
}

type Ready = Extract<FromWorker, { kind: 'ready' }>;
type Answer = Extract<FromWorker, { kind: 'window' }>;
type Windows = Map<number, (window: SeriesWindow) => void>;

function openedBy(worker: Worker, windows: Windows, { summary, bytes }: Ready): OpenResult {
  let lastId = 0;
  // An open result alone must not keep the process alive.
  worker.unref();
  return {
    summary,
    bytes,
    window: (query) =>
      new Promise((resolve) => {
        const id = ++lastId;
        windows.set(id, resolve);
        worker.postMessage({ kind: 'window', id, query } satisfies ToWorker);
      }),
    dispose: () => void worker.terminate(),
  };
}

function answer(windows: Windows, { id, window }: Answer): void {
  windows.get(id)?.(window);
  windows.delete(id);
}

const crash = (error: Error) => ({
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
