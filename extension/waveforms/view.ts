import type { SeriesSummary } from '../results/series.ts';
import type { ExportFormat } from './export.ts';
import type { Answer, Question, QuestionKind } from './questions.ts';

/** Where the curves of a waveforms view come from: a kept result, or a table of measured data. */
export type SourceRef =
  | { readonly kind: 'result'; readonly id: string; readonly uri: string; readonly experiment: string }
  | { readonly kind: 'file'; readonly uri: string };

export interface WaveformSource {
  /** Place among the opened sources; a source with several series is there once for each. */
  readonly place: number;
  readonly ref: SourceRef;
  readonly title: string;
  readonly series: SeriesSummary;
}

/** What shares a lane: one trace alone, all units and runs of a signal, or all traces of a unit. */
export type Layout = 'trace' | 'signal' | 'unit';

export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A vertical cursor, or a horizontal one in a lane. */
export interface Cursor {
  readonly name: string;
  readonly at: number;
}
export interface Level extends Cursor {
  readonly lane: string;
}

/** What a waveforms view keeps over a reload and a restart. */
export interface WaveformsState {
  readonly sources: readonly SourceRef[];
  /** Which series of the results is shown: time steps, or continuous time on a hardware. */
  readonly series?: string;
  /** Names of the traces that are shown, of every source that has them. */
  readonly shown: readonly string[];
  readonly layout: Layout;
  /** The visible part; left out: all. */
  readonly range?: Interval;
  /** Lanes whose values are not scaled by what is visible. */
  readonly scales: Readonly<Record<string, Interval>>;
  readonly cursors: readonly Cursor[];
  readonly levels: readonly Level[];
  /** Names of the traces that are drawn as steps. */
  readonly stepped: readonly string[];
  readonly snap: 'none' | 'sample' | 'extremum' | 'edge';
  readonly measures: boolean;
  readonly spectrum: boolean;
  /** Whether every member of a family is drawn, and which one is picked out. */
  readonly members: boolean;
  readonly member?: number;
}

/** How the view's own run stands to its text. */
export type TextMark =
  /** It is of the text as it stands, kept or simulated just now. */
  | { readonly kind: 'current' }
  | { readonly kind: 'live'; readonly milliseconds: number }
  /** The text has changed since, and is being simulated. */
  | { readonly kind: 'pending' }
  /** The text has changed since; why nothing newer is shown, in words. */
  | { readonly kind: 'stale'; readonly why: string };

export type ToWaveforms =
  | {
      readonly kind: 'sources';
      /** Counts the messages of this kind. */
      readonly revision: number;
      readonly sources: readonly WaveformSource[];
      /** Signals that are shown at first: layers, or `LAYER.SIGNAL`; empty: the states of the first units. */
      readonly plots: readonly string[];
      /** What could not be opened, in words. */
      readonly missing: readonly string[];
    }
  | { readonly kind: 'mark'; readonly mark: TextMark }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer<QuestionKind> }
  /** Show these signals: layers, or `LAYER.SIGNAL`. */
  | { readonly kind: 'choose'; readonly signals: readonly string[] }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };

export type FromWaveforms =
  | { readonly kind: 'loaded' }
  /** A question to the source with this place in the list. */
  | { readonly kind: 'ask'; readonly id: number; readonly source: number; readonly question: Question }
  /** The first cursor has moved, or is gone. */
  | { readonly kind: 'cursor'; readonly source: number; readonly series: string; readonly at?: number }
  /** The reader wants to see the text that a trace came from. */
  | { readonly kind: 'reveal'; readonly source: number; readonly trace: string }
  | { readonly kind: 'picture'; readonly format: 'png' | 'svg'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'export';
      readonly format: ExportFormat;
      readonly source: number;
      readonly series: string;
      readonly columns: readonly number[];
      readonly range: Interval;
    }
  | { readonly kind: 'overlay' }
  | { readonly kind: 'import' }
  | { readonly kind: 'remove'; readonly source: number }
  /** The view has drawn: what is visible, of which sources, and milliseconds of script that the drawing took. */
  | {
      readonly kind: 'drawn';
      readonly lanes: number;
      readonly curves: number;
      readonly script: number;
      /** The revision of the sources of which the curves are; 0 before the first answer. */
      readonly revision: number;
    }
  | { readonly kind: 'broken'; readonly message: string };

/** The sources whose curves run over the same abscissa as those chosen; measured data lie over whatever is shown. */
export function sourcesOf(
  opened: readonly WaveformSource[],
  series: string | undefined,
): readonly WaveformSource[] {
  const wanted = opened.find((one) => one.series.id === series) ?? opened[0];
  return opened.filter(({ ref, series: own }) => ref.kind === 'file' || own.id === wanted?.series.id);
}

/** The traces that a first look wants: what is plotted, or else the states of the first unit on each network. */
export function firstState(
  sources: readonly WaveformSource[],
  plots: readonly string[] = [],
): WaveformsState {
  const names = [...new Set(sources.flatMap(({ series }) => series.columns.map(({ name }) => name)))];
  const plotted = tracesOf(sources, plots);
  const firstUnits = names.filter((name) => !/\[\d+\]$/.test(name) || name.endsWith('[0]'));
  const states = firstUnits.filter((name) => /\.[ch](\[0\])?$/.test(name));
  return {
    sources: sources.map(({ ref }) => ref),
    shown: plotted.length > 0 ? plotted : (states.length > 0 ? states : firstUnits).slice(0, 6),
    layout: 'signal',
    scales: {},
    cursors: [],
    levels: [],
    stepped: [],
    snap: 'sample',
    measures: false,
    spectrum: false,
    members: false,
  };
}

/** The traces of some signals: of a layer all, of `LAYER.SIGNAL` every unit on every run. */
export function tracesOf(sources: readonly WaveformSource[], signals: readonly string[]): readonly string[] {
  const names = [...new Set(sources.flatMap(({ series }) => series.columns.map(({ name }) => name)))];
  return names.filter((name) => {
    const path = `.${name.replace(/\[\d+\].*$/, '')}.`;
    return signals.some((signal) => path.includes(`.${signal}.`));
  });
}

/** Names of cursors in order: A to Z, then A2 … */
export function nextName(taken: readonly Cursor[]): string {
  const names = new Set(taken.map(({ name }) => name));
  for (let at = 0; ; at++) {
    const name = String.fromCharCode(65 + (at % 26)) + (at < 26 ? '' : String(Math.floor(at / 26) + 1));
    if (!names.has(name)) return name;
  }
}
