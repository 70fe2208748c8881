import type { ChildProcess } from 'node:child_process';
import childProcess from 'node:child_process';
import workerThreads from 'node:worker_threads';

// Loaded before the extension is, so that the tests can end what it starts, as a system that runs out of memory would.

/** Processes and workers that the extension has started, the latest last. */
export const processes: ChildProcess[] = [];
export const workers: workerThreads.Worker[] = [];

const { fork } = childProcess;
childProcess.fork = ((...args: Parameters<typeof fork>) => {
  const started = fork(...args);
  processes.push(started);
  return started;
}) as typeof fork;

workerThreads.Worker = class extends workerThreads.Worker {
  constructor(...args: ConstructorParameters<typeof workerThreads.Worker>) {
    super(...args);
    workers.push(this);
  }
};
