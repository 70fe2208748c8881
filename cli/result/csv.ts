import type { Prediction, ResultTable, TraceTable } from '@memloom/sim-core';

/** Rows in one piece of output. */
const block = 1000;

/** One row for each predicted value: what was expected, the mean prediction and its deviation over the trials. */
export function* predictionsCsv(predictions: readonly Prediction[]): Generator<string> {
  yield line(['run', 'subset', 'output', 'index', 'component', 'target', 'mean', 'std']);
  for (const { run, subset, output, index, width, target, mean, std } of predictions) {
    yield* rows(target.length, (at) => {
      const sample = Math.floor(at / width);
      return [run, subset, output, index[sample], at % width, target[at], mean[at], std[at]];
    });
  }
}

/** One row for each sample and time step, one column for each signal, with its unit where it has one. */
export function* tracesCsv({ sample, step, columns }: TraceTable): Generator<string> {
  yield line(['sample', 'step', ...columns.map(heading)]);
  yield* rows(sample.length, (at) => [sample[at], step[at], ...columns.map(({ values }) => values[at])]);
}

/** One row for each row of the table, behind its positions along the table's axes where it has any. */
export function* tableCsv({ axes = [], columns }: ResultTable): Generator<string> {
  yield line([...axes.map(({ name }) => name), ...columns.map(heading)]);
  const strides = axes.map((_, at) =>
    axes.slice(at + 1).reduce((product, { length }) => product * length, 1),
  );
  yield* rows(columns[0].values.length, (at) => [
    ...axes.map(({ length }, axis) => Math.floor(at / strides[axis]) % length),
    ...columns.map(({ values }) => values[at]),
  ]);
}

const heading = ({ name, unit }: { readonly name: string; readonly unit: string }): string =>
  unit === '1' || unit === '' ? name : `${name} (${unit})`;

function* rows(count: number, row: (at: number) => readonly (string | number)[]): Generator<string> {
  for (let start = 0; start < count; start += block) {
    const end = Math.min(count, start + block);
    yield Array.from({ length: end - start }, (_, k) => line(row(start + k))).join('');
  }
}

const line = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\n`;

/** Quoted where it must be (RFC 4180). */
const cell = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  const text = value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
