import type { DataSource, DatasetDesign, Framing } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { numericColumn, parseCsv } from './csv.ts';
import { type DataFiles, fileOf } from './data-file.ts';
import type { ForecastData, Subsets } from './loaded-data.ts';
import type { SampleSet } from './sample-set.ts';
import { applyScaling, fitScaling, type Scaling } from './scale.ts';

type CsvSource = Extract<DataSource, { kind: 'csv' }>;
type ForecastFraming = Exclude<Framing, { kind: 'series' }>;

interface Column {
  readonly raw: Float64Array;
  readonly scaled: Float64Array;
  readonly scaling: Scaling;
}

/**
 * Forecasting pairs from the columns of a table: `floor(rows · split)` rows train, the others test, and every window
 * lies within its part.
 */
export function loadForecast(dataset: DatasetDesign, files: DataFiles): Outcome<ForecastData> {
  const { source, framing } = dataset;
  if (source.kind !== 'csv' || framing.kind === 'series')
    throw new Error('loadDataset admits only tables here.');
  const raw = readColumns(source, dataset, files);
  if (!raw.ok) return raw;
  const rows = raw.value.get(source.target)?.length ?? 0;
  const cut = trainingRows(rows, dataset.split);
  const parts: Subsets<Part> = { train: { from: 0, to: cut }, test: { from: cut, to: rows } };
  for (const part of ['train', 'test'] as const) {
    if (pairsIn(framing, parts[part]) < 1)
      return failure(tooShort(dataset, source.file, part, parts[part], framing));
  }
  const columns = scaledColumns(raw.value, source, dataset);
  if (!columns.ok) return columns;
  const { features, target } = columns.value;
  const frame = (part: Part): SampleSet => frameSamples(framing, features, target, part);
  const index = { train: targetIndex(framing, parts.train), test: targetIndex(framing, parts.test) };
  const actual = (rows: Float64Array): Float64Array => rows.map((row) => target.raw[row]);
  return success({
    kind: 'forecast',
    target: source.target,
    scaling: target.scaling,
    train: frame(parts.train),
    test: frame(parts.test),
    index,
    actual: { train: actual(index.train), test: actual(index.test) },
    series: { train: target.raw.slice(0, cut), test: target.raw.slice(cut) },
    ahead: framing.ahead,
    lags: framing.kind === 'window' ? framing.steps : 1,
    omitLast: framing.kind === 'window' ? framing.omitLast : 0,
  });
}

export const trainingRows = (rows: number, split: number): number => Math.floor(rows * split);

/** Rows `from .. to - 1` of the table. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** The numbers of the features' and the target's columns, by name. */
function readColumns(
  source: CsvSource,
  dataset: DatasetDesign,
  files: DataFiles,
): Outcome<ReadonlyMap<string, Float64Array>> {
  const bytes = fileOf(files, source.file, dataset);
  if (!bytes.ok) return bytes;
  const table = parseCsv(bytes.value, source.file);
  if (!table.ok) return table;
  const columns = new Map<string, Float64Array>();
  for (const name of [...source.columns, source.target]) {
    const column = numericColumn(table.value, name);
    if (!column.ok) return column;
    columns.set(name, column.value);
  }
  return success(columns);
}

function scaledColumns(
  raw: ReadonlyMap<string, Float64Array>,
  source: CsvSource,
  dataset: DatasetDesign,
): Outcome<{ features: readonly Column[]; target: Column }> {
  const columns = new Map<string, Column>();
  for (const [name, values] of raw) {
    const fitted =
      dataset.scale.fit === 'all' ? values : values.subarray(0, trainingRows(values.length, dataset.split));
    const scaling = fitScaling(dataset.scale, fitted, name);
    if (!scaling.ok) return inFile(scaling, source.file);
    columns.set(name, { raw: values, scaled: applyScaling(scaling.value, values), scaling: scaling.value });
  }
  const column = (name: string): Column => columns.get(name) as Column;
  return success({ features: source.columns.map(column), target: column(source.target) });
}

/** Windows, or target steps of the one sequence, that a part holds. */
function pairsIn(framing: ForecastFraming, part: Part): number {
  const length = part.to - part.from;
  return framing.kind === 'sequence'
    ? length - framing.ahead
    : length - framing.steps - framing.ahead + 1 - framing.omitLast;
}

function frameSamples(
  framing: ForecastFraming,
  features: readonly Column[],
  target: Column,
  part: Part,
): SampleSet {
  const pairs = pairsIn(framing, part);
  const [count, steps, targetSteps] =
    framing.kind === 'sequence' ? [1, pairs, pairs] : [pairs, framing.steps, 1];
  const inputs = new Float64Array(count * steps * features.length);
  let at = 0;
  for (let sample = 0; sample < count; sample++) {
    for (let step = 0; step < steps; step++) {
      for (const { scaled } of features) inputs[at++] = scaled[part.from + sample + step];
    }
  }
  const targets = targetIndex(framing, part).map((row) => target.scaled[row]);
  return { count, steps, features: features.length, inputs, outputs: 1, targetSteps, targets };
}

/** Row of each target. */
function targetIndex(framing: ForecastFraming, part: Part): Float64Array {
  const first = part.from + (framing.kind === 'sequence' ? 0 : framing.steps - 1) + framing.ahead;
  return Float64Array.from({ length: pairsIn(framing, part) }, (_, pair) => first + pair);
}

const inFile = <T>(outcome: Outcome<T> & { ok: false }, file: string): Outcome<never> =>
  failure(...outcome.problems.map((problem) => ({ ...problem, data: { file } })));

const tooShort = (
  dataset: DatasetDesign,
  file: string,
  part: string,
  { from, to }: Part,
  framing: ForecastFraming,
): Problem => ({
  code: 'data.too-short',
  message: `The ${part} part of dataset "${dataset.name}" has ${to - from} rows, too few for one ${
    framing.kind === 'sequence' ? 'step' : `window of ${framing.steps} steps`
  } and a target ${framing.ahead} ahead.`,
  hint: 'Shorten the window, move the split, or supply more rows.',
  data: { file },
});
