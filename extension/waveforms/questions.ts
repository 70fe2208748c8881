import type { SeriesQuery, SeriesWindow } from '../results/series.ts';
import type { TableSummary } from '../results/summary.ts';
import type { ExportFormat } from './export.ts';
import type { LaneWindow } from './lanes.ts';
import type { Measures } from './measure.ts';
import type { SnapTarget } from './snap.ts';

/** Columns of a series within a range of its abscissa. */
interface Range {
  readonly series: string;
  readonly columns: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** What a view can ask of the worker that holds a result, and what each answer is. */
export interface Questions {
  /** The part of a series that a plot shows now. */
  readonly window: { readonly asked: SeriesQuery; readonly answer: SeriesWindow };
  /** The digital lanes of a series. */
  readonly lanes: {
    readonly asked: {
      readonly series: string;
      readonly from: number;
      readonly to: number;
      readonly pixels: number;
    };
    readonly answer: readonly LaneWindow[];
  };
  /** The columns' values at each abscissa: [abscissa][column], and the lanes' labels there. */
  readonly values: {
    readonly asked: {
      readonly series: string;
      readonly columns: readonly number[];
      readonly at: readonly number[];
    };
    readonly answer: {
      readonly values: readonly Float64Array[];
      readonly labels: readonly (readonly string[])[];
    };
  };
  readonly snap: {
    readonly asked: {
      readonly series: string;
      readonly column: number;
      readonly at: number;
      readonly within: number;
      readonly target: SnapTarget;
    };
    readonly answer: number;
  };
  /** The measures of each column; null, which outlives a message to a view, where it has none. */
  readonly measure: { readonly asked: Range; readonly answer: readonly (Measures | null)[] };
  /** Amplitudes over frequency, all columns over the frequencies of the first. */
  readonly spectrum: { readonly asked: Range; readonly answer: SeriesWindow };
  /** Columns of a table, every so manyth row of it, so that no more than `most` rows come. */
  readonly table: {
    readonly asked: { readonly table: string; readonly columns: readonly number[]; readonly most: number };
    readonly answer: readonly Float64Array[];
  };
  /** The maps of the result's arrays, computed when they are first asked for; their values come by `table`. */
  readonly maps: { readonly asked: Record<never, never>; readonly answer: readonly TableSummary[] };
  readonly export: {
    readonly asked: Range & { readonly format: ExportFormat };
    readonly answer: Uint8Array;
  };
}

export type QuestionKind = keyof Questions;

export type Question = {
  [Kind in QuestionKind]: { readonly kind: Kind } & Questions[Kind]['asked'];
}[QuestionKind];

export type Answer<Kind extends QuestionKind> = Questions[Kind]['answer'];

/** Asks the holder of a result. */
export type Ask = <Kind extends QuestionKind>(
  kind: Kind,
  asked: Questions[Kind]['asked'],
) => Promise<Answer<Kind>>;
