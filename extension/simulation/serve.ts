import { type Result, type RunProgress, run } from '@memloom/sim-core';
import { type Series, seriesOf, summarise, type TitledSeries } from '../results/series.ts';
import { decodeResult, encodeResult } from '../results/stored.ts';
import { summariseResult } from '../results/summary.ts';
import { answerQuestion } from '../waveforms/answer.ts';
import { importCsv } from '../waveforms/import-csv.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** Milliseconds between two reports of progress: more would only keep the extension host busy. */
const reportInterval = 50;

/**
 * The simulation worker, whatever it runs in: runs one experiment or opens one stored result, then answers what views
 * ask of it. Gives what takes a message.
 */
export function serveSimulation(send: (message: FromWorker) => void): (message: ToWorker) => void {
  let series: ReadonlyMap<string, Series> = new Map();
  const hold = (all: readonly TitledSeries[]) => {
    series = new Map(all.map((entry) => [entry.id, entry]));
  };
  const ready = (result: Result, bytes = encodeResult(result)) => {
    hold(seriesOf(result));
    send({ kind: 'ready', summary: summariseResult(result), bytes });
  };
  return (message) => {
    switch (message.kind) {
      case 'run': {
        const progress = throttled((report) => send({ kind: 'progress', progress: report }));
        const outcome = run(message.request, { progress });
        return outcome.ok ? ready(outcome.value) : send({ kind: 'failed', problems: outcome.problems });
      }
      case 'open': {
        const result = decodeResult(message.bytes);
        return result === undefined
          ? send({ kind: 'failed', problems: [unreadable] })
          : ready(result, message.bytes);
      }
      case 'import': {
        const imported = importCsv(message.name, message.text);
        if (!imported.ok) return send({ kind: 'failed', problems: imported.problems });
        hold([imported.value]);
        return send({ kind: 'imported', series: [summarise(imported.value)] });
      }
      case 'ask':
        return send({ kind: 'answer', id: message.id, answer: answerQuestion(series, message.question) });
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
