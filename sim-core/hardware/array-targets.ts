import type { CrossbarDesign } from '../design/design.ts';
import {
  type ConductancePairs,
  conductancePairs,
  type ProgrammableDevice,
  siemensPerWeight,
  targetConductances,
} from './conductance.ts';
import { type DummyRows, dummyRows } from './dummy-rows.ts';
import type { ArrayLayout, WeightBlock } from './layout.ts';
import { linesOf } from './read-out.ts';

/** One layer's instance of a crossbar. */
export interface WeightArray {
  readonly layout: ArrayLayout;
  readonly crossbar: CrossbarDesign;
  readonly device: ProgrammableDevice;
  /** Volts per unit of the mathematics. */
  readonly scale: number;
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
  readonly target: ConductancePairs;
  /** Nominal conductance of each bit line, one vector of units per line, without dummies and load. */
  readonly sums: readonly Float64Array[];
  /** Voltage read-out with `normalise = dummyRow` only. */
  readonly dummies: DummyRows | undefined;
}

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

export const unitCount = ({ columnGroups }: ArrayLayout): number =>
  columnGroups.reduce((sum, { size }) => sum + size, 0);

/** Unit, numbered through the column groups, of each pair. */
export function unitOfPairs({ blocks, columnGroups, pairCount }: ArrayLayout): Int32Array {
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

export function sumLines(pairs: ConductancePairs, units: Int32Array, sums: readonly Float64Array[]): void {
  for (const sum of sums) sum.fill(0);
  const plus = sums[0];
  const minus = sums.at(-1) ?? plus;
  for (let p = 0; p < units.length; p++) {
    plus[units[p]] += pairs.plus[p];
    minus[units[p]] += pairs.minus[p];
  }
}
