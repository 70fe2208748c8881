import type { Problem, RunProgress, RunRequest } from '@memloom/sim-core';
import type { SeriesQuery, SeriesWindow } from '../results/series.ts';
import type { ResultSummary } from '../results/summary.ts';

/** What the extension asks of a simulation worker: one `run` or one `open`, then any number of windows. */
export type ToWorker =
  | { readonly kind: 'run'; readonly request: RunRequest }
  /** Opens the stored bytes of an earlier result. */
  | { readonly kind: 'open'; readonly bytes: Uint8Array }
  /** The part of the result's series that a plot shows now. */
  | { readonly kind: 'window'; readonly id: number; readonly query: SeriesQuery };

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  /** The run is done or the result is open; `bytes` are the result in its stored form. */
  | { readonly kind: 'ready'; readonly summary: ResultSummary; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] }
  | { readonly kind: 'window'; readonly id: number; readonly window: SeriesWindow };
