import type { RandomStream } from '../math/random.ts';
import {
  arrayTargets,
  lineSums,
  spanOf,
  sumLines,
  type TargetArray,
  type WeightArray,
  type Weights,
} from './array-targets.ts';
import { type Conductances, conductances, program, stick } from './conductance.ts';
import { type ReadStatistics, readStatistics } from './distribution.ts';
import { addDummies } from './dummy-rows.ts';
import type { Reading, Section } from './layout.ts';
import {
  columnParameter,
  type Line,
  layerParameter,
  linesOf,
  sectionTensor,
  tileParameter,
} from './read-out.ts';
import { linesOfDevices, matrixSize, placeInMatrix } from './sections.ts';

/** Receives what an array is this time; the values are valid during the call alone. */
export interface ArraySink {
  tensor(name: string, values: Float64Array): void;
  parameter(name: string, values: Float64Array): void;
}

/** A stream of its own for each kind of error, so that switching one off leaves the others' draws as they are. */
export type ErrorStreams = (kind: string) => RandomStream;

const perfectRead: ReadStatistics = { meanFactor: 1, meanOffset: 0, deviationFactor: 0, deviationOffset: 0 };

/** Writes an array's tensors and parameters for given weights, its errors drawn from the streams. */
export function arrayWriter(
  array: WeightArray,
): (weights: Weights, streams: ErrorStreams, sink: ArraySink) => void {
  const { layout, device } = array;
  const targets = arrayTargets(array);
  const actual = conductances(layout);
  const variance = conductances(layout);
  const deviceLines = linesOfDevices(layout);
  const lines = linesOf(layout.arrangement);
  const sums = lineSums(layout);
  const variances = lineSums(layout);
  const read = device.readNoise ? readStatistics(device.readNoise) : perfectRead;
  const noisy = device.readNoise !== undefined;
  const blocks = blockWriter(array, noisy, actual, variance);
  return (weights, streamOf, sink) => {
    const wanted = targets(weights);
    const streams = {
      programming: streamOf(`programming/${layout.layer}`),
      stuck: streamOf(`stuck/${layout.layer}`),
    };
    program(wanted.target, device.programming, streams.programming, actual);
    stick(actual, device, streams.stuck);
    if (noisy) readMoments(read, actual, variance);
    sumLines(actual, deviceLines, sums);
    if (noisy) sumLines(variance, deviceLines, variances);
    if (wanted.dummies) addLineDummies(array, wanted, { sums, variances, read, streams });
    for (const [index, line] of lines.entries()) {
      blocks(line, sink);
      for (const [at, reading] of layout.readings.entries()) {
        const [from, to] = spanOf(layout, at, line);
        const of = (values: readonly Float64Array[]) => values[index].subarray(from, to);
        const columns = { sums: of(sums), variances: of(variances), nominal: of(wanted.sums) };
        writeColumns(array, { line, reading, noisy, siemens: wanted.siemens, ...columns }, sink);
      }
    }
    writeLayerParameters(array, wanted, sink);
  };
}

/** Takes each conductance to its mean over the reads, and finds the variance about it. */
function readMoments(read: ReadStatistics, actual: Conductances, variance: Conductances): void {
  for (const side of ['plus', 'minus'] as const) {
    const conductance = actual[side];
    for (let p = 0; p < conductance.length; p++) {
      const deviation = read.deviationFactor * conductance[p] + read.deviationOffset;
      variance[side][p] = deviation * deviation;
      conductance[p] = read.meanFactor * conductance[p] + read.meanOffset;
    }
  }
}

/** Each tile has dummy rows of its own, under every bit line that it has. */
function addLineDummies(
  { layout, device }: WeightArray,
  wanted: TargetArray,
  {
    sums,
    variances,
    read,
    streams,
  }: {
    readonly sums: readonly Float64Array[];
    readonly variances: readonly Float64Array[];
    readonly read: ReadStatistics;
    readonly streams: { readonly programming: RandomStream; readonly stuck: RandomStream };
  },
): void {
  const into = { conductance: 0, variance: 0 };
  for (const [index, line] of linesOf(layout.arrangement).entries())
    for (const [at, { tile }] of layout.readings.entries()) {
      const dummies = wanted.dummies?.[tile];
      const [from, to] = spanOf(layout, at, line);
      for (let unit = from; dummies && unit < to; unit++) {
        into.conductance = sums[index][unit];
        into.variance = variances[index][unit];
        addDummies(dummies, wanted.sums[index][unit], device, read, streams, into);
        sums[index][unit] = into.conductance;
        variances[index][unit] = into.variance;
      }
    }
}

/** Writes the matrices of every section as they stand in `actual` and `variance`. */
function blockWriter(
  { layout }: WeightArray,
  noisy: boolean,
  actual: Conductances,
  variance: Conductances,
): (line: Line, sink: ArraySink) => void {
  const sections = layout.readings.flatMap((reading) => reading.sections);
  const sizes = sections.map((section) => {
    const { rows, columns } = matrixSize(section, false);
    return rows * columns;
  });
  const scratch = new Float64Array(Math.max(...sizes));
  return (line, sink) => {
    for (const [index, section] of sections.entries()) {
      const matrix = (values: Conductances, sign: 1 | -1) =>
        onLine(values, line, sign, section, scratch.subarray(0, sizes[index]));
      sink.tensor(sectionTensor(section, line, 'conductance'), matrix(actual, -1));
      if (!noisy) continue;
      sink.tensor(sectionTensor(section, line, 'variance'), matrix(variance, 1));
      if (line === 'pair') sink.tensor(sectionTensor(section, line, 'covariance'), matrix(variance, -1));
    }
  };
}

/** The devices of a section on a line, or `plus + sign·minus`; a diagonal within a row of zeros. */
function onLine(
  { plus, minus }: Conductances,
  line: Line,
  sign: 1 | -1,
  section: Section,
  scratch: Float64Array,
): Float64Array {
  const { first, count } = section;
  if (line === 'reference') return minus.subarray(section.minus, section.minus + section.elements);
  const place = placeInMatrix(section);
  scratch.fill(0);
  for (let p = 0; p < count; p++)
    scratch[place + p] =
      line === 'plus'
        ? plus[first + p]
        : line === 'minus'
          ? minus[section.minus + p]
          : plus[first + p] + sign * minus[section.minus + p];
  return scratch;
}

interface ReadColumns {
  readonly line: Line;
  readonly reading: Reading;
  readonly noisy: boolean;
  readonly siemens: number;
  readonly sums: Float64Array;
  readonly variances: Float64Array;
  /** Sums that the weights ask for. */
  readonly nominal: Float64Array;
}

/** A line without any device, as a tile may have, would have no voltage of its own; it is taken to ground. */
const leastConductance = 1e-30;

function writeColumns({ layout, crossbar, scale }: WeightArray, columns: ReadColumns, sink: ArraySink): void {
  const { line, reading, noisy, siemens, sums, variances, nominal } = columns;
  const voltage = crossbar.readout === 'voltage';
  const perSiemens = scale / (siemens * crossbar.vRead);
  const write = (what: Parameters<typeof columnParameter>[3], values: Float64Array) =>
    sink.parameter(columnParameter(layout, reading, line, what), values);
  write('gColumn', voltage ? sums.map((sum) => Math.max(leastConductance, sum + crossbar.load)) : sums);
  if (voltage && noisy) write('variance', variances);
  if (voltage && crossbar.normalise === 'amplifier')
    write(
      'gain',
      nominal.map((sum) => (sum + crossbar.load) * perSiemens),
    );
}

/** `rF·k_w·vRead = scale`; behind equal sums `gain = scale·(total + load)/(k_w·vRead)`. */
function writeLayerParameters(
  { layout, crossbar, scale }: WeightArray,
  { siemens, dummies }: TargetArray,
  sink: ArraySink,
): void {
  const perSiemens = scale / (siemens * crossbar.vRead);
  if (crossbar.readout === 'current')
    sink.parameter(layerParameter(layout, 'rF'), Float64Array.of(perSiemens));
  for (const [index, { total }] of (dummies ?? []).entries())
    sink.parameter(
      tileParameter(layout, layout.tiles[index], 'gain'),
      Float64Array.of((total + crossbar.load) * perSiemens),
    );
}
