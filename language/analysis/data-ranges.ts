import { type DatasetDesign, loadDataset, type Problem } from '@memloom/sim-core';
import { URI } from 'vscode-uri';
import type { Place } from '../diagnostics/report.ts';
import { anything, hull, type Interval, interval, isBounded } from '../types/ranges/interval.ts';
import type { Analysis } from './context.ts';
import { rangeText } from './figures.ts';
import type { NetworkUse } from './pairs.ts';
import { datasetPlace } from './places.ts';

/** What a data set puts into a network and asks of it. */
export interface DataRanges {
  readonly input: Interval;
  /** Values to be forecast, where they are known; classes have none. */
  readonly target?: Interval;
}

/** Ranges of a data set after its scaling: of its values, where the host reads them, otherwise as the scaling says. */
export function dataRanges(dataset: DatasetDesign | undefined, { readData }: Analysis): DataRanges {
  if (!dataset) return { input: anything };
  const files = filesOf(dataset, readData);
  return (files && measure(dataset, files).ranges) ?? scaledRanges(dataset);
}

/** Why a run would refuse the data of files that the host reads. */
export function dataProblems(dataset: DatasetDesign, { readData }: Analysis): readonly Problem[] {
  const files = filesOf(dataset, readData);
  return files ? measure(dataset, files).problems : [];
}

/** What a finding about an input of the network, or about its target, has to say of the data; nothing of other signals. */
export function dataSide(
  { network, dataset }: NetworkUse,
  signal: string,
  analysis: Analysis,
): readonly { readonly place: Place; readonly message: string }[] {
  const text = dataset && analysis.declarations.dataset(dataset.name);
  const ranges = dataRanges(dataset, analysis);
  const isInput = network.inputs.some(({ name }) => signal === `"${name}"`);
  const range = isInput ? ranges.input : signal === 'target' ? ranges.target : undefined;
  if (!text || !range || !isBounded(range)) return [];
  const what = isInput ? 'gives' : 'asks for';
  return [{ place: datasetPlace(text), message: `${text.name} ${what} values in ${rangeText(range)}.` }];
}

/** With a scaling to a range that range is known; the part that it is not fitted to may lie a little beyond. */
function scaledRanges({ source, scale }: DatasetDesign): DataRanges {
  if (scale.kind !== 'minmax') return { input: anything };
  const input = interval(scale.low, scale.high);
  return { input, ...(source.kind === 'csv' ? { target: input } : {}) };
}

/** Generated values that are made while a text is checked: a tenth of a second's worth. */
const mostGenerated = 1e6;

/** The files of a data set; undefined where one cannot be read here. */
function filesOf(
  { source }: DatasetDesign,
  readData: Analysis['readData'],
): ReadonlyMap<string, Uint8Array> | undefined {
  if (source.kind === 'wafer') {
    const count = (source.train + source.test) * source.length;
    return count <= mostGenerated ? new Map() : undefined;
  }
  const names = [source.file, ...(source.kind === 'ucr' && source.testFile ? [source.testFile] : [])];
  const files = new Map<string, Uint8Array>();
  for (const name of names) {
    const bytes = readData?.(URI.parse(name));
    if (!bytes) return undefined;
    files.set(name, bytes);
  }
  return files;
}

type Loaded = Extract<ReturnType<typeof loadDataset>, { readonly ok: true }>['value'];

interface Found {
  readonly key: string;
  readonly files: readonly Uint8Array[];
  readonly ranges?: DataRanges;
  readonly problems: readonly Problem[];
}

/** What was found of the last data sets. */
const found: Found[] = [];
const mostKept = 16;

/** Reads a data set as a run would. */
function measure(dataset: DatasetDesign, files: ReadonlyMap<string, Uint8Array>): Found {
  const { source, scale, split, framing } = dataset;
  const key = JSON.stringify([source, scale, split, framing]);
  const bytes = [...files.values()];
  const isSame = (other: Found) =>
    other.key === key && other.files.every((file, index) => file === bytes[index]);
  const known = found.find(isSame);
  if (known) return known;
  const loaded = loadDataset(dataset, Object.fromEntries(files));
  const result: Found = loaded.ok
    ? { key, files: bytes, ranges: rangesOf(loaded.value), problems: [] }
    : { key, files: bytes, problems: loaded.problems };
  found.unshift(result);
  found.length = Math.min(found.length, mostKept);
  return result;
}

function rangesOf(data: Loaded): DataRanges {
  const input = hull(spanOf(data.train.inputs), spanOf(data.test.inputs));
  const isForecast = data.kind === 'forecast';
  const target = isForecast ? hull(spanOf(data.train.targets), spanOf(data.test.targets)) : undefined;
  return { input, ...(target ? { target } : {}) };
}

function spanOf(values: Float64Array): Interval {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return interval(low, high);
}
