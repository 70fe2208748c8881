import type { RandomStream } from '../math/random.ts';
import {
  arrayTargets,
  sumLines,
  type TargetArray,
  unitCount,
  unitOfPairs,
  type WeightArray,
  type Weights,
} from './array-targets.ts';
import {
  type ConductancePairs,
  conductancePairs,
  type ProgrammableDevice,
  program,
  stick,
} from './conductance.ts';
import { type ReadStatistics, readStatistics } from './distribution.ts';
import { addDummies, type DummyRows } from './dummy-rows.ts';
import type { ArrayLayout, WeightBlock } from './layout.ts';
import { arrayParameter, blockTensor, columnParameter, type Line, linesOf } from './read-out.ts';

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
  const actual = conductancePairs(layout.pairCount);
  const variance = conductancePairs(layout.pairCount);
  const units = unitOfPairs(layout);
  const lines = linesOf(layout.pairs);
  const sums = lines.map(() => new Float64Array(unitCount(layout)));
  const variances = lines.map(() => new Float64Array(unitCount(layout)));
  const block = new Float64Array(Math.max(...layout.blocks.map(({ count }) => count)));
  const read = device.readNoise ? readStatistics(device.readNoise) : perfectRead;
  const noisy = device.readNoise !== undefined;
  return (weights, streamOf, sink) => {
    const wanted = targets(weights);
    const streams = {
      programming: streamOf(`programming/${layout.layer}`),
      stuck: streamOf(`stuck/${layout.layer}`),
    };
    program(wanted.target, device.programming, streams.programming, actual);
    stick(actual, device, streams.stuck);
    if (noisy) readMoments(read, actual, variance);
    sumLines(actual, units, sums);
    if (noisy) sumLines(variance, units, variances);
    lines.forEach((line, index) => {
      if (wanted.dummies)
        addLineDummies(wanted.dummies, wanted.sums[index], sums[index], variances[index], {
          device,
          read,
          streams,
        });
      writeBlocks(layout, line, noisy, actual, variance, block, sink);
      writeColumns(array, line, noisy, wanted, index, sums[index], variances[index], sink);
    });
    writeArrayParameters(array, wanted, sink);
  };
}

/** Takes each conductance to its mean over the reads, and finds the variance about it. */
function readMoments(read: ReadStatistics, actual: ConductancePairs, variance: ConductancePairs): void {
  for (const side of ['plus', 'minus'] as const) {
    const conductance = actual[side];
    for (let p = 0; p < conductance.length; p++) {
      const deviation = read.deviationFactor * conductance[p] + read.deviationOffset;
      variance[side][p] = deviation * deviation;
      conductance[p] = read.meanFactor * conductance[p] + read.meanOffset;
    }
  }
}

function addLineDummies(
  dummies: DummyRows,
  nominal: Float64Array,
  sums: Float64Array,
  variances: Float64Array,
  {
    device,
    read,
    streams,
  }: {
    readonly device: ProgrammableDevice;
    readonly read: ReadStatistics;
    readonly streams: { readonly programming: RandomStream; readonly stuck: RandomStream };
  },
): void {
  const line = { conductance: 0, variance: 0 };
  for (let unit = 0; unit < sums.length; unit++) {
    line.conductance = sums[unit];
    line.variance = variances[unit];
    addDummies(dummies, nominal[unit], device, read, streams, line);
    sums[unit] = line.conductance;
    variances[unit] = line.variance;
  }
}

function writeBlocks(
  layout: ArrayLayout,
  line: Line,
  noisy: boolean,
  actual: ConductancePairs,
  variance: ConductancePairs,
  scratch: Float64Array,
  sink: ArraySink,
): void {
  for (const block of layout.blocks) {
    sink.tensor(blockTensor(block, line, 'conductance'), combined(actual, line, -1, block, scratch));
    if (!noisy) continue;
    sink.tensor(blockTensor(block, line, 'variance'), combined(variance, line, 1, block, scratch));
    if (line === 'pair')
      sink.tensor(blockTensor(block, line, 'covariance'), combined(variance, line, -1, block, scratch));
  }
}

/** One side of the pairs of a block, or `plus + sign·minus`. */
function combined(
  pairs: ConductancePairs,
  line: Line,
  sign: 1 | -1,
  { first, count }: WeightBlock,
  scratch: Float64Array,
): Float64Array {
  if (line !== 'pair') return pairs[line].subarray(first, first + count);
  for (let p = 0; p < count; p++) scratch[p] = pairs.plus[first + p] + sign * pairs.minus[first + p];
  return scratch.subarray(0, count);
}

function writeColumns(
  { layout, crossbar, scale }: WeightArray,
  line: Line,
  noisy: boolean,
  wanted: TargetArray,
  index: number,
  sums: Float64Array,
  variances: Float64Array,
  sink: ArraySink,
): void {
  const voltage = crossbar.readout === 'voltage';
  const perSiemens = scale / (wanted.siemens * crossbar.vRead);
  for (const column of layout.columnGroups) {
    const of = (values: Float64Array) => values.subarray(column.first, column.first + column.size);
    const write = (what: Parameters<typeof columnParameter>[3], values: Float64Array) =>
      sink.parameter(columnParameter(layout, column, line, what), values);
    write('gColumn', voltage ? of(sums).map((sum) => sum + crossbar.load) : of(sums));
    if (voltage && noisy) write('variance', of(variances));
    if (voltage && crossbar.normalise === 'amplifier')
      write(
        'gain',
        of(wanted.sums[index]).map((sum) => (sum + crossbar.load) * perSiemens),
      );
  }
}

/** `rF·k_w·vRead = scale`; behind equal sums `gain = scale·(total + load)/(k_w·vRead)`. */
function writeArrayParameters(
  { layout, crossbar, scale }: WeightArray,
  wanted: TargetArray,
  sink: ArraySink,
): void {
  const perSiemens = scale / (wanted.siemens * crossbar.vRead);
  if (crossbar.readout === 'current')
    sink.parameter(arrayParameter(layout, 'rF'), Float64Array.of(perSiemens));
  if (wanted.dummies)
    sink.parameter(
      arrayParameter(layout, 'gain'),
      Float64Array.of((wanted.dummies.total + crossbar.load) * perSiemens),
    );
}
