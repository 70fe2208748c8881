import type { DatasetDesign } from '../design/design.ts';
import { failure, type Outcome, type Problem } from '../design/problem.ts';
import { loadClassification } from './classification.ts';
import type { DataFiles } from './data-file.ts';
import { loadForecast } from './forecast.ts';
import type { LoadedData } from './loaded-data.ts';

/**
 * Loads a dataset. `outputs` is the width of the network's output and decides the form of class targets: with 1, the
 * target is 1 for the positive class and 0 for every other; else it is one-hot over all classes.
 */
export function loadDataset(dataset: DatasetDesign, files: DataFiles, outputs = 1): Outcome<LoadedData> {
  const forecasts = dataset.source.kind === 'csv';
  if (forecasts === (dataset.framing.kind === 'series')) return failure(unfitFraming(dataset));
  const loaded: Outcome<LoadedData> = forecasts
    ? loadForecast(dataset, files)
    : loadClassification(dataset, files, outputs);
  // Every problem of a dataset also leads to the dataset's text.
  if (loaded.ok || dataset.origin === undefined) return loaded;
  return failure(...loaded.problems.map((problem) => ({ origin: dataset.origin, ...problem })));
}

const unfitFraming = (dataset: DatasetDesign): Problem => ({
  code: 'data.framing',
  message:
    dataset.source.kind === 'csv'
      ? `Dataset "${dataset.name}" reads a table, which cannot be framed as labelled series.`
      : `Dataset "${dataset.name}" holds labelled series, which cannot be framed as "${dataset.framing.kind}".`,
  hint:
    dataset.source.kind === 'csv'
      ? 'Frame it by a window or as one sequence.'
      : 'Frame it as series with a stride.',
  origin: dataset.origin,
});
