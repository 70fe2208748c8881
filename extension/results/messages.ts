import type { KeptRun } from './kept-run.ts';
import type { SeriesQuery, SeriesWindow } from './series.ts';
import type { ResultSummary } from './summary.ts';

/** Which stored result a view shows, and the experiment that it came from. */
export interface ShownResult {
  readonly id: string;
  readonly uri: string;
  readonly experiment: string;
}

/** What the extension says to the results view. */
export type ToResultsView =
  | { readonly kind: 'result'; readonly shown: ShownResult; readonly summary: ResultSummary }
  | { readonly kind: 'window'; readonly id: number; readonly window: SeriesWindow }
  | { readonly kind: 'table'; readonly id: number; readonly values: readonly Float64Array[] }
  /** How a run of the experiment goes: the training loss of each epoch so far. */
  | {
      readonly kind: 'progress';
      readonly phase: string;
      readonly fraction: number;
      readonly loss: readonly number[];
    }
  /** The run that went on has ended without a result. */
  | { readonly kind: 'stopped' }
  /** The kept runs of the experiment, the latest first, and whether its text has changed since the last one. */
  | { readonly kind: 'history'; readonly runs: readonly KeptRun[]; readonly stale: boolean }
  /** There is nothing to show, for the reason given. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** What the results view says to the extension. */
export type FromResultsView =
  /** The view is loaded and waits for a result. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'window'; readonly id: number; readonly query: SeriesQuery }
  | {
      readonly kind: 'table';
      readonly id: number;
      readonly table: string;
      readonly columns: readonly number[];
      readonly most: number;
    }
  /** The reader wants to see the waveforms, or the arrays, of the result. */
  | { readonly kind: 'show'; readonly view: 'waveforms' | 'arrays' }
  /** The reader wants to see another kept run. */
  | { readonly kind: 'open'; readonly id: string }
  /** Something in the view went wrong that should not. */
  | { readonly kind: 'broken'; readonly message: string }
  /** The view has drawn the result: rows of metrics and plots that are visible. */
  | { readonly kind: 'drawn'; readonly experiment: string; readonly rows: number; readonly plots: number };

/** What the results view keeps over a reload: which result it shows, and how. */
export interface ResultsViewState {
  readonly shown: ShownResult;
  /** Identities of the sections that are folded. */
  readonly folded?: readonly string[];
}
