import type { CrossbarDesign } from '../design/design.ts';
import { siemensPerWeight, slicesOf, targetConductance } from './coding.ts';
import { type Conductances, conductances, type ProgrammableDevice } from './conductance.ts';
import type { Crossing } from './crossing.ts';
import type { DeviceLaw } from './device-law.ts';
import { type DummyRows, dummyRows } from './dummy-rows.ts';
import type { ArrayLayout, WeightBlock } from './layout.ts';
import type { PulseWriter, Stress } from './pulse-writing.ts';
import { type Line, linesOf } from './read-out.ts';
import { type LinesOfDevices, linesOfDevices, weightsOfDevices } from './sections.ts';

/** One layer's instance of a crossbar. */
export interface WeightArray {
  readonly layout: ArrayLayout;
  readonly crossbar: CrossbarDesign;
  readonly device: ProgrammableDevice;
  readonly law: DeviceLaw;
  readonly crossing: Crossing;
  /** Writes the devices by pulses, where they are not written at once. */
  readonly writer: PulseWriter | undefined;
  /** What voltages do to the devices that are not written just then. */
  readonly stress: Stress | undefined;
  /** Volts per unit of the mathematics. */
  readonly scale: number;
  /** The two bit lines of each unit are evaluated as one, as of `areJoined`. */
  readonly isJoined: boolean;
}

/** Trained weights by the name of their tensor, each `[inputs][units]`. */
export type Weights = ReadonlyMap<string, Float64Array>;

/** Conductances that the weights ask for, before any error. */
export interface TargetArray {
  /** In siemens per unit of weight. */
  readonly siemens: number;
  readonly weightMax: number;
  /** Weights beyond weightMax, and the largest absolute weight. */
  readonly clipped: number;
  readonly largest: number;
  readonly target: Conductances;
  /** Nominal conductance of each bit line, one vector for each of {@link linesOf}, without dummies and load. */
  readonly sums: readonly Float64Array[];
  /** Of each tile; voltage read-out with `normalise = dummyRow` only. */
  readonly dummies: readonly DummyRows[] | undefined;
}

/** Finds the target conductances of weights; scratch memory is used again, so that a result holds until the next call. */
export function arrayTargets(array: WeightArray): (weights: Weights) => TargetArray {
  const { layout, crossbar, device } = array;
  const flat = new Float64Array(layout.weightCount);
  const target = conductances(layout);
  const sums = lineSums(layout);
  const lines = linesOfDevices(layout);
  const weightOf = weightsOfDevices(layout);
  const slices = slicesOf(crossbar);
  const equalised = crossbar.readout === 'voltage' && crossbar.normalise === 'dummyRow';
  return (weights) => {
    for (const block of layout.blocks) flat.set(weightsOf(weights, block), block.first);
    let largest = 0;
    for (const weight of flat) largest = Math.max(largest, Math.abs(weight));
    const weightMax = crossbar.weightMax ?? (largest > 0 ? largest : 1);
    let clipped = 0;
    if (largest > weightMax) for (const weight of flat) if (Math.abs(weight) > weightMax) clipped++;
    const siemens = siemensPerWeight(device, weightMax, crossbar.coding);
    const conductanceOf = targetConductance(device, crossbar.coding, siemens);
    for (const { section, from } of weightOf)
      for (let p = 0; p < section.count; p++) {
        const whole = from[p] < 0 ? 0 : flat[from[p]];
        const weight = slices ? slices.part(whole, weightMax, section.slice) : whole;
        target.plus[section.first + p] = conductanceOf(weight, 1);
        if (layout.arrangement !== 'reference') target.minus[section.minus + p] = conductanceOf(weight, -1);
      }
    if (layout.arrangement === 'reference') target.minus.fill(conductanceOf(0, -1));
    sumLines(target, lines, sums);
    const dummies = equalised ? dummyRowsOf(layout, sums, device) : undefined;
    return { siemens, weightMax, clipped, largest, target, sums, dummies };
  };
}

function weightsOf(weights: Weights, { weights: name, count }: WeightBlock): Float64Array {
  const values = weights.get(name);
  if (values?.length !== count) throw new Error(`Weights "${name}" must be ${count} numbers.`);
  return values;
}

/** A vector for each line of the layout: one number for each unit of its readings, of a reference one for each reading. */
export const lineSums = (layout: ArrayLayout): readonly Float64Array[] =>
  linesOf(layout.arrangement).map(
    (line) =>
      new Float64Array(
        line === 'reference'
          ? layout.readings.length
          : layout.readings.reduce((sum, { size }) => sum + size, 0),
      ),
  );

/** Where a reading's bit lines are in such a vector: from .. to - 1. */
export function spanOf({ readings }: ArrayLayout, index: number, line: Line): [from: number, to: number] {
  if (line === 'reference') return [index, index + 1];
  const { first, size } = readings[index];
  return [first, first + size];
}

/** Adds the devices up along their bit lines. */
export function sumLines(devices: Conductances, lines: LinesOfDevices, sums: readonly Float64Array[]): void {
  for (const sum of sums) sum.fill(0);
  const plus = sums[0];
  const minus = sums.at(-1) ?? plus;
  // Pair by pair, so that the sum of one line that has both is the same whatever the order of sections.
  for (let p = 0; p < lines.plus.length; p++) {
    plus[lines.plus[p]] += devices.plus[p];
    if (lines.paired) minus[lines.minus[p]] += devices.minus[p];
  }
  if (!lines.paired) for (let p = 0; p < lines.minus.length; p++) minus[lines.minus[p]] += devices.minus[p];
}

function dummyRowsOf(
  layout: ArrayLayout,
  sums: readonly Float64Array[],
  device: ProgrammableDevice,
): readonly DummyRows[] {
  const lines = linesOf(layout.arrangement);
  return layout.tiles.map((_, tile) => {
    const own = lines.flatMap((line, at) =>
      layout.readings.flatMap((reading, index) =>
        reading.tile === tile ? [sums[at].subarray(...spanOf(layout, index, line))] : [],
      ),
    );
    return dummyRows(own, device);
  });
}
