import type { DatasetDesign } from '../design/design.ts';
import { quoted } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { type DataFiles, fileOf } from './data-file.ts';
import { trainingRows } from './forecast.ts';
import type { ClassificationData, Subsets } from './loaded-data.ts';
import type { SampleSet } from './sample-set.ts';
import { applyScaling, fitScaling } from './scale.ts';
import { type LabelledSeries, parseUcr } from './ucr.ts';
import { abnormalLabel, generateWafer } from './wafer-generator.ts';

/** Labelled series, each one sample with one class; `stride` samples are averaged into one time step. */
export function loadClassification(
  dataset: DatasetDesign,
  files: DataFiles,
  outputs: number,
): Outcome<ClassificationData> {
  const read = readSeries(dataset, files);
  if (!read.ok) return read;
  const { train, test, positive } = read.value;
  const known = [...new Set([...train.labels, ...test.labels])].sort((a, b) => a - b);
  const fault = unusable(dataset, read.value, known, outputs);
  if (fault !== undefined) return failure(fault);
  const scaling = fitScaling(
    dataset.scale,
    joined(dataset.scale.fit === 'all' ? [train, test] : [train]),
    dataset.name,
  );
  if (!scaling.ok) return scaling;
  const stride = dataset.framing.kind === 'series' ? dataset.framing.stride : 1;
  const position = (label: number): number =>
    outputs > 1 ? known.indexOf(label) : Number(label === positive);
  const labels = { train: train.labels.map(position), test: test.labels.map(position) };
  const frame = (subset: LabelledSeries, classes: readonly number[]): SampleSet => ({
    ...averaged(subset, stride, (values) => applyScaling(scaling.value, values)),
    ...classTargets(classes, outputs),
  });
  const first = read.value.oneFile ? train.series.length : 0;
  return success({
    kind: 'classification',
    classes: outputs > 1 ? known.map(String) : ['other', String(positive)],
    positive: position(positive),
    train: frame(train, labels.train),
    test: frame(test, labels.test),
    labels,
    index: {
      train: Float64Array.from(train.labels, (_, at) => at),
      test: Float64Array.from(test.labels, (_, at) => first + at),
    },
  });
}

interface ReadSeries extends Subsets<LabelledSeries> {
  readonly positive: number;
  /** Train and test are parts of one file. */
  readonly oneFile: boolean;
}

function readSeries(dataset: DatasetDesign, files: DataFiles): Outcome<ReadSeries> {
  const { source } = dataset;
  if (source.kind === 'csv') throw new Error('loadDataset admits only labelled series here.');
  if (source.kind === 'wafer')
    return success({ ...generateWafer(source), positive: abnormalLabel, oneFile: false });
  const all = readUcr(source.file, dataset, files);
  if (!all.ok) return all;
  if (source.testFile === undefined) {
    const cut = trainingRows(all.value.series.length, dataset.split);
    return success({
      train: slice(all.value, 0, cut),
      test: slice(all.value, cut),
      positive: source.positive,
      oneFile: true,
    });
  }
  const test = readUcr(source.testFile, dataset, files);
  return test.ok
    ? success({ train: all.value, test: test.value, positive: source.positive, oneFile: false })
    : test;
}

function readUcr(file: string, dataset: DatasetDesign, files: DataFiles): Outcome<LabelledSeries> {
  const bytes = fileOf(files, file, dataset);
  return bytes.ok ? parseUcr(bytes.value, file) : bytes;
}

const slice = (all: LabelledSeries, from: number, to?: number): LabelledSeries => ({
  labels: all.labels.slice(from, to),
  series: all.series.slice(from, to),
  length: all.length,
});

/** Means of `stride` samples; the last step averages what is left. */
function averaged(
  subset: LabelledSeries,
  stride: number,
  scaled: (values: Float64Array) => Float64Array,
): Pick<SampleSet, 'count' | 'steps' | 'features' | 'inputs'> {
  const steps = Math.ceil(subset.length / stride);
  const inputs = new Float64Array(subset.series.length * steps);
  subset.series.forEach((series, sample) => {
    const values = scaled(series);
    for (let step = 0; step < steps; step++) {
      const from = step * stride;
      const to = Math.min(from + stride, values.length);
      let sum = 0;
      for (let at = from; at < to; at++) sum += values[at];
      inputs[sample * steps + step] = sum / (to - from);
    }
  });
  return { count: subset.series.length, steps, features: 1, inputs };
}

/** One-hot, or with one output the number 0 or 1 itself. */
function classTargets(
  classes: readonly number[],
  outputs: number,
): Pick<SampleSet, 'outputs' | 'targetSteps' | 'targets'> {
  const targets = new Float64Array(classes.length * outputs);
  classes.forEach((position, sample) => {
    if (outputs > 1) targets[sample * outputs + position] = 1;
    else targets[sample] = position;
  });
  return { outputs, targetSteps: 1, targets };
}

function joined(subsets: readonly LabelledSeries[]): Float64Array {
  const series = subsets.flatMap((subset) => subset.series);
  const values = new Float64Array(series.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of series) {
    values.set(part, at);
    at += part.length;
  }
  return values;
}

function unusable(
  dataset: DatasetDesign,
  { train, test, positive }: ReadSeries,
  classes: readonly number[],
  outputs: number,
): Problem | undefined {
  const problem = (code: string, what: string, hint: string): Problem => ({
    code: `data.${code}`,
    message: `Dataset "${dataset.name}" ${what}.`,
    hint,
    ...(dataset.source.kind === 'ucr' ? { data: { file: dataset.source.file } } : {}),
  });
  if (train.series.length === 0 || test.series.length === 0) {
    const part = train.series.length === 0 ? 'training' : 'test';
    return problem('too-short', `has no ${part} series`, 'Move the split, or name a test file.');
  }
  if (train.length !== test.length) {
    const lengths = `has training series of ${train.length} values and test series of ${test.length}`;
    return problem('ragged-row', lengths, 'Train and test need series of one length.');
  }
  const missing = [positive, ...classes].find((label) => !train.labels.includes(label));
  if (missing !== undefined) {
    const known = quoted([...new Set(train.labels)].map(String));
    const what = `has no training series of class ${missing}; it has ${known}`;
    return problem('missing-class', what, 'Name another positive class, or move the split.');
  }
  if (classes.length === 1) return problem('missing-class', 'has a single class', 'A classifier needs two.');
  if (outputs === 1 || outputs === classes.length) return undefined;
  const hint = `Give the output layer ${classes.length} units, or 1 for the positive class against the rest.`;
  return problem('output-size', `has ${classes.length} classes, the network has ${outputs} outputs`, hint);
}
