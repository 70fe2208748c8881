// Holds the curves of the benchmark as the simulation worker does, and answers what the page asks.
import { type Series, summarise, type TitledSeries } from '../../extension/results/series.ts';
import type { SeriesQuestion } from '../../extension/waveforms/answer.ts';
import { answerQuestion } from '../../extension/waveforms/answer.ts';

const scope = globalThis as unknown as {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onmessage:
    | ((event: {
        data: { id?: number; question?: SeriesQuestion; samples?: number; columns?: number };
      }) => void)
    | null;
};
let all: ReadonlyMap<string, Series> = new Map();

scope.onmessage = ({ data: { id, question, samples, columns } }) => {
  if (samples !== undefined && columns !== undefined) {
    const series = curves(samples, columns);
    all = new Map([[series.id, series]]);
    scope.postMessage({ ready: summarise(series) });
  } else if (question !== undefined) scope.postMessage({ id, answer: answerQuestion(all, question) });
};

/** Sums of two sines and pseudo-random noise, unevenly sampled. */
function curves(samples: number, columns: number): TitledSeries {
  const each = samples / columns;
  const x = new Float64Array(each);
  for (let at = 0; at < each; at++) x[at] = 1e-9 * (at + 0.3 * ((at * 7919) % 3));
  return {
    id: 'traces',
    title: 'Benchmark',
    xName: 'time',
    xUnit: 's',
    x,
    lanes: [],
    columns: Array.from({ length: columns }, (_, column) => {
      const values = new Float64Array(each);
      for (let at = 0; at < each; at++)
        values[at] = Math.sin(at * 1e-6 * (column + 1)) + 1e-4 * ((at * 2654435761) % 1000);
      return { name: `run.layer.s[${column}]`, unit: 'V', role: 'line' as const, values };
    }),
  };
}
