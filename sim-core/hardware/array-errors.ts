import type { RandomStream } from '../math/random.ts';
import { lineSums, spanOf, sumLines, type TargetArray, type WeightArray } from './array-targets.ts';
import { type Conductances, conductances } from './conductance.ts';
import type { Crossing } from './crossing.ts';
import { readStatistics } from './distribution.ts';
import { disturbance } from './disturbance.ts';
import { dummyTargets } from './dummy-rows.ts';
import { flickerShares } from './flicker.ts';
import { type DeviceStreams, deviceSteps, type MakeDevice, makeDevices } from './made-device.ts';
import { linesOf, type Noise } from './read-out.ts';
import { bitLinesOf, linesOfDevices } from './sections.ts';

/** A stream of its own for each kind of error, so that switching one off leaves the others' draws as they are. */
export interface ArrayStreams extends DeviceStreams {
  readonly flicker: RandomStream;
}

/** An array as it is this time: siemens and S². The values hold until the next one is made. */
export interface ActualArray {
  /** Mean over its reads of what each device conducts at the read voltage, and of what its cell does. */
  readonly devices: Conductances;
  readonly mean: Conductances;
  /** Variance about it, of each noise that the array has. */
  readonly variances: ReadonlyMap<Noise, Conductances>;
  /** The same of whole bit lines, dummies included, one vector for each of the layout's lines. */
  readonly sums: readonly Float64Array[];
  readonly sumVariances: ReadonlyMap<Noise, readonly Float64Array[]>;
  /** Of each tile; none where nothing needs them. */
  readonly dummies: readonly DummyDevices[];
}

/** The dummy rows of one tile, [row][bit line]: their targets, and devices, mean and variances as of the others. */
export interface DummyDevices {
  readonly rows: number;
  readonly target: Float64Array;
  readonly devices: Float64Array;
  readonly mean: Float64Array;
  readonly variances: ReadonlyMap<Noise, Float64Array>;
}

/** Noises of an array's devices. */
export function noisesOf({ device, law }: Pick<WeightArray, 'device' | 'law'>): readonly Noise[] {
  const flickers = flickerShares(device.conditions).running > 0 && law.flicker(device.gOn) > 0;
  return [...(device.readNoise ? ['read' as const] : []), ...(flickers ? ['flicker' as const] : [])];
}

/** Makes the devices of an array, with all their errors. */
export function arrayMaker(array: WeightArray): (wanted: TargetArray, streams: ArrayStreams) => ActualArray {
  const { layout, device, law } = array;
  const noises = noisesOf(array);
  const steps = deviceSteps(device, law, array.writer);
  const disturb = disturbance(array);
  const time = { up: 0, down: 0 };
  const make: MakeDevice = (target, streams) =>
    steps.finish(steps.write(target, streams, time), target, streams);
  const devices = conductances(layout);
  // Where nothing stands in series with them, cells are devices.
  const mean = array.crossing.isPassive ? devices : conductances(layout);
  const variances = new Map(noises.map((noise) => [noise, conductances(layout)]));
  const lines = linesOfDevices(layout);
  const sums = lineSums(layout);
  const sumVariances = new Map(noises.map((noise) => [noise, lineSums(layout)]));
  const read = readerOf(array);
  return (wanted, streams) => {
    makeDevices(wanted.target, steps, streams, devices, disturb);
    const one = { device: 0, mean: 0, read: 0, flicker: 0 };
    for (const side of ['plus', 'minus'] as const)
      for (let p = 0; p < mean[side].length; p++) {
        read(devices[side][p], wanted.target[side][p], streams.flicker, one);
        devices[side][p] = one.device;
        mean[side][p] = one.mean;
        for (const [noise, values] of variances) values[side][p] = one[noise];
      }
    sumLines(mean, lines, sums);
    for (const [noise, values] of variances) sumLines(values, lines, sumVariances.get(noise) ?? []);
    const dummies = addDummies(
      array,
      wanted,
      (target) => {
        read(make(target, streams), target, streams.flicker, one);
        return one;
      },
      { sums, sumVariances },
    );
    return { devices, mean, variances, sums, sumVariances, dummies };
  };
}

/** Moments of a cell's conductance over its reads, and the mean of its device's. */
interface ReadMoments {
  device: number;
  mean: number;
  read: number;
  flicker: number;
}

/**
 * Finds them for the cell of a device of a conductance and target: 1/f noise that stands still during a trial moves its
 * mean. What stands in series with the device takes from its conductance and from its noise.
 */
function readerOf({
  device,
  law,
  crossing,
}: WeightArray): (conductance: number, target: number, stream: RandomStream, into: ReadMoments) => void {
  const shares = flickerShares(device.conditions);
  const standing = Math.sqrt(shares.standing);
  const { meanFactor, meanOffset, deviationFactor, deviationOffset } = device.readNoise
    ? readStatistics(device.readNoise)
    : { meanFactor: 1, meanOffset: 0, deviationFactor: 0, deviationOffset: 0 };
  const flickers = law.flicker(device.gOn) > 0;
  return (conductance, target, stream, into) => {
    const relative = flickers ? law.flicker(target) : 0;
    const moved =
      relative > 0 && standing > 0
        ? Math.max(0, conductance * (1 + relative * standing * stream.gaussian()))
        : conductance;
    const deviation = deviationFactor * moved + deviationOffset;
    const amplitude = relative * conductance;
    into.device = meanFactor * moved + meanOffset;
    into.mean = crossing.conductance(into.device);
    const share = slopeOf(crossing, into.device, into.mean);
    into.read = deviation * deviation * share * share;
    into.flicker = amplitude * amplitude * shares.running * share * share;
  };
}

/** How a cell's conductance moves with its device's. */
function slopeOf({ conductance, isPassive }: Crossing, device: number, cell: number): number {
  if (isPassive || device === 0) return 1;
  const step = 1e-4 * device;
  return (conductance(device + step) - cell) / step;
}

/**
 * Each tile has dummy rows of its own, under every bit line that it has. Adds them to the lines' sums, and gives them
 * one by one.
 */
function addDummies(
  { layout, device }: WeightArray,
  { dummies, sums: nominal }: TargetArray,
  make: (target: number) => ReadMoments,
  { sums, sumVariances }: Pick<ActualArray, 'sums' | 'sumVariances'>,
): readonly DummyDevices[] {
  if (!dummies) return [];
  const bitLine = bitLinesOf(layout);
  const devices = dummies.map(({ rows }, tile): DummyDevices => {
    const count = rows * layout.tiles[tile].bitLines;
    const variances = [...sumVariances.keys()].map((noise) => [noise, new Float64Array(count)] as const);
    return {
      rows,
      target: new Float64Array(count),
      devices: new Float64Array(count),
      mean: new Float64Array(count),
      variances: new Map(variances),
    };
  });
  for (const [index, line] of linesOf(layout.arrangement).entries())
    for (const [at, { tile }] of layout.readings.entries()) {
      const [from, to] = spanOf(layout, at, line);
      for (let unit = from; unit < to; unit++) {
        const targets = dummyTargets(dummies[tile], nominal[index][unit], device);
        for (const [row, target] of targets.entries()) {
          const made = make(target);
          const place = row * layout.tiles[tile].bitLines + bitLine(at, line, unit - from);
          devices[tile].target[place] = target;
          devices[tile].devices[place] = made.device;
          devices[tile].mean[place] = made.mean;
          sums[index][unit] += made.mean;
          for (const [noise, values] of devices[tile].variances) values[place] = made[noise];
          for (const [noise, values] of sumVariances) values[index][unit] += made[noise];
        }
      }
    }
  return devices;
}
