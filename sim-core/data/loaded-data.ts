import type { SampleSet } from './sample-set.ts';
import type { Scaling } from './scale.ts';

/** A dataset read, scaled, split and framed, with what takes predictions back to the data's own unit. */
export type LoadedData = ForecastData | ClassificationData;

export interface Subsets<T> {
  readonly train: T;
  readonly test: T;
}

interface FramedData extends Subsets<SampleSet> {
  /** Place in the data set of each sample's target (of each target step, sample by sample). */
  readonly index: Subsets<Float64Array>;
}

export interface ForecastData extends FramedData {
  readonly kind: 'forecast';
  /** Name of the target column, which also serves as the unit of its values. */
  readonly target: string;
  readonly scaling: Scaling;
  /** Each target in its own unit. */
  readonly actual: Subsets<Float64Array>;
  /** The target column of each part in its own unit, for the baselines. */
  readonly series: Subsets<Float64Array>;
  readonly ahead: number;
  /** Past values of one pair, and pairs left out at the end of each part. */
  readonly lags: number;
  readonly omitLast: number;
}

export interface ClassificationData extends FramedData {
  readonly kind: 'classification';
  /** Name of each class, the order of one-hot targets: labels ascending. With one output: `other`, then the positive one. */
  readonly classes: readonly string[];
  /** Position in `classes` of the class whose recall and precision count. */
  readonly positive: number;
  /** Class of each sample, as a position in `classes`. */
  readonly labels: Subsets<readonly number[]>;
}
