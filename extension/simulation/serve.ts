import { crossbarMaps, type ResultTable, type RunProgress, record, run } from '@memloom/sim-core';
import { type Series, seriesOf, summarise, type TitledSeries } from '../results/series.ts';
import { decodeResult, encodeResult, type StoredResult } from '../results/stored.ts';
import { summariseResult, summariseTable } from '../results/summary.ts';
import { tableColumns } from '../results/tables.ts';
import { answerQuestion } from '../waveforms/answer.ts';
import { importCsv } from '../waveforms/import-csv.ts';
import type { Question } from '../waveforms/questions.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** Milliseconds between two reports of progress: more would only keep the extension host busy. */
const reportInterval = 50;

/**
 * The simulation worker, whatever it runs in: runs an experiment or opens a stored result, then answers what views ask
 * of the last one. Gives what takes a message.
 */
export function serveSimulation(send: (message: FromWorker) => void): (message: ToWorker) => void {
  let series: ReadonlyMap<string, Series> = new Map();
  let stored: StoredResult | undefined;
  let maps: readonly ResultTable[] | undefined;
  const hold = (all: readonly TitledSeries[]) => {
    series = new Map(all.map((entry) => [entry.id, entry]));
  };
  const ready = (opened: StoredResult, bytes?: Uint8Array) => {
    const { weights, training } = opened.result;
    stored = opened;
    maps = undefined;
    hold(seriesOf(opened.result));
    const summary = summariseResult(opened.result, opened.design);
    send({ kind: 'ready', summary, learned: { weights, training }, bytes });
  };
  const mapsOf = () => {
    if (stored === undefined) return [];
    if (maps === undefined) {
      const found = crossbarMaps(stored.design, stored.result);
      if (!found.ok) throw new Error(found.problems[0].message);
      maps = found.value;
    }
    return maps;
  };
  const answer = (question: Question) => {
    if (question.kind === 'maps') return mapsOf().map(summariseTable);
    if (question.kind !== 'table') return answerQuestion(series, question);
    const own = stored?.result.tables.find(({ id }) => id === question.table);
    const table = own ?? mapsOf().find(({ id }) => id === question.table);
    return tableColumns(table, question.columns, question.most);
  };
  return (message) => {
    switch (message.kind) {
      case 'run': {
        const progress = throttled((report) => send({ kind: 'progress', progress: report }));
        const outcome = run(message.request, { progress });
        if (!outcome.ok) return send({ kind: 'failed', problems: outcome.problems });
        const opened = { result: outcome.value, design: message.request.design };
        return ready(opened, message.keep ? encodeResult(opened) : undefined);
      }
      case 'record': {
        const progress = throttled((report) => send({ kind: 'progress', progress: report }));
        const outcome = record(message.request, { progress });
        return send(
          outcome.ok
            ? { kind: 'recorded', recording: outcome.value }
            : { kind: 'failed', problems: outcome.problems },
        );
      }
      case 'open': {
        const opened = decodeResult(message.bytes);
        return opened === undefined
          ? send({ kind: 'failed', problems: [unreadable] })
          : ready(opened, message.bytes);
      }
      case 'import': {
        const imported = importCsv(message.name, message.text);
        if (!imported.ok) return send({ kind: 'failed', problems: imported.problems });
        hold([imported.value]);
        return send({ kind: 'imported', series: [summarise(imported.value)] });
      }
      case 'ask':
        try {
          return send({ kind: 'answer', id: message.id, answer: answer(message.question) });
        } catch (error) {
          // What cannot be answered must not take the result with it: the worker holds it for other questions.
          const text = error instanceof Error ? error.message : String(error);
          return send({ kind: 'refused', id: message.id, message: text });
        }
    }
  };
}

const unreadable = {
  code: 'run.unreadable-result',
  message: 'The stored result cannot be read.',
  hint: 'Run the experiment again.',
};

function throttled(report: (progress: RunProgress) => void): (progress: RunProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - last < reportInterval) return;
    last = now;
    report(progress);
  };
}
