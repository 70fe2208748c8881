import type { CrossbarDesign } from '../design/design.ts';
import type { RandomStream } from '../math/random.ts';
import {
  type ConductancePairs,
  conductancePairs,
  type ProgrammableDevice,
  program,
  siemensPerWeight,
  stick,
  targetConductances,
} from './conductance.ts';
import { type ReadStatistics, readStatistics } from './distribution.ts';
import { addDummies, type DummyRows, dummyRows } from './dummy-rows.ts';
import type { ArrayLayout, WeightBlock } from './layout.ts';
import { arrayParameter, blockTensor, columnParameter, type Line, linesOf } from './read-out.ts';

/** One layer's instance of a crossbar. */
export interface WeightArray {
  readonly layout: ArrayLayout;
  readonly crossbar: CrossbarDesign;
  readonly device: ProgrammableDevice;
  /** Volts per unit of the mathematics. */
  readonly scale: number;
}

/** Receives what an array is this time; the values are valid during the call alone. */
export interface ArraySink {
  tensor(name: string, values: Float64Array): void;
  parameter(name: string, values: Float64Array): void;
}

/** A stream of its own for each kind of error, so that switching one off leaves the others' draws as they are. */
export type ErrorStreams = (kind: string) => RandomStream;

export type Weights = ReadonlyMap<string, Float64Array>;

/** Conductances that the weights ask for, before any error. */
export interface TargetArray {
  /** In siemens per unit of weight. */
  readonly siemens: number;
  readonly weightMax: number;
  /** Weights beyond weightMax, and the largest absolute weight. */
  readonly clipped: number;
  readonly largest: number;
  readonly target: ConductancePairs;
  /** Nominal conductance of each bit line, one vector of units per line, without dummies and load. */
  readonly sums: readonly Float64Array[];
  /** Voltage read-out with `normalise = dummyRow` only. */
  readonly dummies: DummyRows | undefined;
}

const perfectRead: ReadStatistics = { meanFactor: 1, meanOffset: 0, deviationFactor: 0, deviationOffset: 0 };

/** Finds the target conductances of weights; scratch memory is used again, so that a result holds until the next call. */
export function arrayTargets(array: WeightArray): (weights: Weights) => TargetArray {
  const { layout, crossbar, device } = array;
  const flat = new Float64Array(layout.pairCount);
  const target = conductancePairs(layout.pairCount);
  const units = unitOfPairs(layout);
  const sums = linesOf(layout.pairs).map(() => new Float64Array(unitCount(layout)));
  return (weights) => {
    for (const block of layout.blocks) flat.set(weightsOf(weights, block), block.first);
    let largest = 0;
    for (const weight of flat) largest = Math.max(largest, Math.abs(weight));
    const weightMax = crossbar.weightMax ?? (largest > 0 ? largest : 1);
    let clipped = 0;
    if (largest > weightMax) for (const weight of flat) if (Math.abs(weight) > weightMax) clipped++;
    const siemens = siemensPerWeight(device, weightMax);
    targetConductances(flat, siemens, device, target);
    sumLines(target, units, sums);
    const equalised = crossbar.readout === 'voltage' && crossbar.normalise === 'dummyRow';
    const dummies = equalised ? dummyRows(sums, device) : undefined;
    return { siemens, weightMax, clipped, largest, target, sums, dummies };
  };
}

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

const unitCount = ({ columnGroups }: ArrayLayout): number =>
  columnGroups.reduce((sum, { size }) => sum + size, 0);

/** Unit, numbered through the column groups, of each pair. */
function unitOfPairs({ blocks, columnGroups, pairCount }: ArrayLayout): Int32Array {
  const units = new Int32Array(pairCount);
  for (const { first, count, column } of blocks)
    for (let p = 0; p < count; p++)
      units[first + p] = columnGroups[column].first + (p % columnGroups[column].size);
  return units;
}

function weightsOf(weights: Weights, { weights: name, count }: WeightBlock): Float64Array {
  const values = weights.get(name);
  if (values?.length !== count) throw new Error(`Weights "${name}" must be ${count} numbers.`);
  return values;
}

function sumLines(pairs: ConductancePairs, units: Int32Array, sums: readonly Float64Array[]): void {
  for (const sum of sums) sum.fill(0);
  const plus = sums[0];
  const minus = sums.at(-1) ?? plus;
  for (let p = 0; p < units.length; p++) {
    plus[units[p]] += pairs.plus[p];
    minus[units[p]] += pairs.minus[p];
  }
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
