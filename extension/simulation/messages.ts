import type { Problem, Recording, RecordRequest, Result, RunProgress, RunRequest } from '@memloom/sim-core';
import type { SeriesSummary } from '../results/series.ts';
import type { ResultSummary } from '../results/summary.ts';
import type { Answer, Question, QuestionKind } from '../waveforms/questions.ts';

/** What the extension asks of a simulation worker: something to hold, then any number of questions about it. */
export type ToWorker =
  /** Runs, and gives the result in its stored form too where it is to be kept. */
  | { readonly kind: 'run'; readonly request: RunRequest; readonly keep: boolean }
  /** Opens the stored bytes of an earlier result. */
  | { readonly kind: 'open'; readonly bytes: Uint8Array }
  /** Opens a table of measured data. */
  | { readonly kind: 'import'; readonly name: string; readonly text: string }
  /** Records one inference value by value. */
  | { readonly kind: 'record'; readonly request: RecordRequest }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question };

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  /** The run is done or the result is open; `bytes` are the result in its stored form. */
  | {
      readonly kind: 'ready';
      readonly summary: ResultSummary;
      readonly learned: Learned;
      readonly bytes?: Uint8Array;
    }
  | { readonly kind: 'imported'; readonly series: readonly SeriesSummary[] }
  | { readonly kind: 'recorded'; readonly recording: Recording }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer<QuestionKind> }
  /** Why a question has no answer. */
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };

/** What a later run can take over instead of learning it again. */
export type Learned = Pick<Result, 'weights' | 'training'>;
