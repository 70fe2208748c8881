import type { Outcome } from '../design/problem.ts';
import type { RunProgress, RunRequest } from './request.ts';
import type { Result } from './result.ts';

/**
 * What a host and a simulation worker say to each other, over any message port: a worker thread of Node, a Web Worker,
 * a webview. A run occupies its worker until it ends; to cancel it, end the worker.
 */
export interface RunMessage {
  readonly kind: 'run';
  /** Chosen by the host; comes back with every answer to this run. */
  readonly id: number;
  readonly request: RunRequest;
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: RunProgress }
  | { readonly kind: 'done'; readonly id: number; readonly outcome: Outcome<Result> }
  /** An exception: a bug of the engine, not of the request. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** The worker's side of a message port. */
export interface WorkerPort {
  postMessage(message: WorkerMessage, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: RunMessage) => void): void;
}
