import { Worker } from 'node:worker_threads';
import type { Outcome, Result, RunMessage, RunProgress, RunRequest, WorkerMessage } from '@memloom/sim-core';

/** Runs a request in a thread of its own. Rejects only for bugs of the engine. */
export function simulate(
  request: RunRequest,
  progress: (progress: RunProgress) => void,
): Promise<Outcome<Result>> {
  const worker = new Worker(new URL('./simulation-worker.mjs', import.meta.url));
  const outcome = new Promise<Outcome<Result>>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The simulation's thread ended with ${code}.`)));
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') progress(message.progress);
      if (message.kind === 'done') resolve(message.outcome);
      if (message.kind === 'failed') reject(new Error(message.message));
    });
  });
  worker.postMessage({ kind: 'run', id: 0, request } satisfies RunMessage);
  return outcome.finally(() => worker.terminate());
}
