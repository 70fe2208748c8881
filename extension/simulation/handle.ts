import type { FromWorker, ToWorker } from './messages.ts';

/** A simulation worker as its host sees it, whatever it runs in. */
export interface WorkerHandle {
  post(message: ToWorker): void;
  /** Ends the worker at once, even in the middle of a computation. */
  terminate(): void;
}

export interface WorkerEvents {
  message(message: FromWorker): void;
  /** The worker threw what it should not, or could not be started. */
  error(error: Error): void;
  /** The worker is gone; nothing comes any more. */
  exit(code: number): void;
}

export type StartWorker = (events: WorkerEvents) => WorkerHandle;
