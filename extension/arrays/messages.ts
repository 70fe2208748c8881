import type { ShownResult } from '../results/messages.ts';
import type { TableSummary } from '../results/summary.ts';

/** What the extension says to the view of arrays. */
export type ToArrays =
  | { readonly kind: 'maps'; readonly shown: ShownResult; readonly maps: readonly TableSummary[] }
  | { readonly kind: 'values'; readonly id: number; readonly values: readonly Float64Array[] }
  | { readonly kind: 'unavailable'; readonly message: string };

export type FromArrays =
  | { readonly kind: 'loaded' }
  | {
      readonly kind: 'values';
      readonly id: number;
      readonly table: string;
      readonly columns: readonly number[];
    }
  /** The reader wants to see the text behind a bit line of a map. */
  | { readonly kind: 'reveal'; readonly table: string; readonly line: string }
  /** A map is drawn: its size, and milliseconds of script that the drawing took. */
  | { readonly kind: 'drawn'; readonly rows: number; readonly columns: number; readonly script: number }
  | { readonly kind: 'broken'; readonly message: string };

/** What the view keeps over a reload: which result, which map and which quantity of it. */
export interface ArraysState {
  readonly shown: ShownResult;
  readonly map?: string;
  readonly quantity?: number;
}
