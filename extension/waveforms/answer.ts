import type { Series } from '../results/series.ts';
import { exportWaveforms } from './export.ts';
import { labelAt, laneWindow } from './lanes.ts';
import { measure } from './measure.ts';
import type { Answer, Question, QuestionKind } from './questions.ts';
import { valueAt } from './segments.ts';
import { snap } from './snap.ts';
import { spectrum } from './spectrum.ts';
import { windowOf } from './window.ts';

/** Questions about series; the others are about tables. */
export type SeriesQuestion = Exclude<Question, { readonly kind: 'table' | 'maps' }>;

/** Answers what a view asks of the series of a result. */
export function answerQuestion(
  all: ReadonlyMap<string, Series>,
  question: SeriesQuestion,
): Answer<QuestionKind> {
  const series = all.get(question.series) ?? nothing;
  // A view may still ask for what an earlier result had.
  const columns = 'columns' in question ? question.columns.filter((column) => column in series.columns) : [];
  switch (question.kind) {
    case 'window':
      return windowOf(series, { ...question, columns });
    case 'lanes':
      return series.lanes.map((lane) => laneWindow(lane, question.from, question.to, question.pixels));
    case 'values':
      return {
        values: question.at.map((at) => Float64Array.from(columns, (column) => valueAt(series, column, at))),
        labels: question.at.map((at) => series.lanes.map((lane) => labelAt(lane, at) ?? '')),
      };
    case 'snap':
      return question.column in series.columns
        ? snap(series, question.column, question.at, question.within, question.target)
        : question.at;
    case 'measure':
      return columns.map((column) => measure(series, column, question.from, question.to) ?? null);
    case 'spectrum': {
      const spectra = columns.map((column) => spectrum(series, column, question.from, question.to));
      return { x: spectra[0]?.x ?? new Float64Array(), columns: spectra.flatMap((one) => one.columns) };
    }
    case 'export':
      return exportWaveforms[question.format]({ ...question, series, columns });
  }
}

const nothing: Series = { id: '', x: new Float64Array(), xName: '', xUnit: '', columns: [], lanes: [] };
