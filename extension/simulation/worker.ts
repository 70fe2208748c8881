// The entry of the simulation worker: runs one experiment or opens one stored result, then answers what plots ask.
import { parentPort } from 'node:worker_threads';
import { type Result, type RunProgress, run } from '@memloom/sim-core';
import { decimate } from '../results/decimate.ts';
import { type Series, type SeriesQuery, type SeriesWindow, seriesOf } from '../results/series.ts';
import { decodeResult, encodeResult } from '../results/stored.ts';
import { summariseResult } from '../results/summary.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** Milliseconds between two reports of progress: more would only keep the extension host busy. */
const reportInterval = 50;

const port = parentPort;
if (port === null) throw new Error('The simulation worker must be started as a worker thread.');
const send = (message: FromWorker) => port.postMessage(message);
let series: ReadonlyMap<string, Series> = new Map();

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'run': {
      const outcome = run(message.request, {
        progress: throttled((progress) => send({ kind: 'progress', progress })),
      });
      return outcome.ok ? ready(outcome.value) : send({ kind: 'failed', problems: outcome.problems });
    }
    case 'open': {
      const result = decodeResult(message.bytes);
      if (result !== undefined) return ready(result, message.bytes);
      const problem = {
        code: 'run.unreadable-result',
        message: 'The stored result cannot be read.',
        hint: 'Run the experiment again.',
      };
      return send({ kind: 'failed', problems: [problem] });
    }
    case 'window':
      return send({ kind: 'window', id: message.id, window: windowOf(message.query) });
  }
});

function ready(result: Result, bytes = encodeResult(result)): void {
  series = new Map(seriesOf(result).map((entry) => [entry.id, entry]));
  send({ kind: 'ready', summary: summariseResult(result), bytes });
}

function windowOf(query: SeriesQuery): SeriesWindow {
  const entry = series.get(query.series);
  return entry === undefined
    ? { x: new Float64Array(), columns: query.columns.map(() => new Float64Array()) }
    : decimate(entry, query);
}

function throttled(report: (progress: RunProgress) => void): (progress: RunProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - last < reportInterval) return;
    last = now;
    report(progress);
  };
}
