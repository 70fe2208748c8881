import type { Identified } from './values.ts';

export interface DatasetDesign extends Identified {
  readonly source: DataSource;
  readonly scale: DataScale;
  /** Fraction of the data, from its beginning, that trains; ignored where a test file is given. */
  readonly split: number;
  readonly framing: Framing;
}

export type DataSource =
  /** A table with a header; `columns` are the features, `target` the column to be forecast. */
  | {
      readonly kind: 'csv';
      readonly file: string;
      readonly columns: readonly string[];
      readonly target: string;
    }
  /** The UCR archive's form: a class label, then the series' values, separated by tabs or commas. */
  | { readonly kind: 'ucr'; readonly file: string; readonly testFile?: string; readonly positive: number }
  /** Synthetic wafer-like process traces. */
  | {
      readonly kind: 'wafer';
      readonly train: number;
      readonly test: number;
      readonly length: number;
      /** Share of abnormal series. */
      readonly abnormal: number;
      readonly seed: number;
    };

export interface DataScale {
  readonly kind: 'none' | 'minmax' | 'standard';
  readonly low: number;
  readonly high: number;
  /** `train`: fitted to the training part alone. `all`: to all values, as some published recipes do. */
  readonly fit: 'train' | 'all';
}

export type Framing =
  /**
   * Sliding windows over one long series. `steps` time steps of input; `features`: that many past values enter at
   * each step; the target is the value `ahead` steps after the window's last. `omitLast` pairs are left out at the
   * end of each part.
   */
  | { readonly kind: 'window'; readonly steps: number; readonly ahead: number; readonly omitLast: number }
  /** The whole series is one sequence with a target at each step. */
  | { readonly kind: 'sequence'; readonly ahead: number }
  /** Each row is one series with one class. `stride`: the mean of so many samples makes one time step. */
  | { readonly kind: 'series'; readonly stride: number };
