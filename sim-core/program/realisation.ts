import type { SampleSet } from '../data/sample-set.ts';
import type { Outcome } from '../design/problem.ts';
import type { RandomStream } from '../math/random.ts';
import type { Program } from './program.ts';

/** How trained weights become the tensors and parameters of a program. Ideal: they are the tensors. */
export interface WeightRealisation {
  /** Writes what the weights are on this realisation into the program; with errors as drawn. */
  apply(weights: ReadonlyMap<string, Float64Array>, program: Program, draw: Draw): void;
  /** Full scales of the converters that are calibrated, from the signals of these samples; undefined where none is. */
  calibrate?(
    weights: ReadonlyMap<string, Float64Array>,
    samples: SampleSet,
    which: readonly number[],
  ): Outcome<FullScales>;
  /** Adds, after a backward pass of the program, the gradient with respect to each weight to `into`. */
  gradient(
    program: Program,
    weights: ReadonlyMap<string, Float64Array>,
    into: Map<string, Float64Array>,
  ): void;
}

/** What the errors of one trial, or one batch of training, are drawn from. */
export interface Draw {
  /** The experiment's seed, which a chip that lasts is drawn from. */
  readonly seed: number;
  /** What this trial draws from. */
  readonly trial: RandomStream;
  /** Of the converters that are calibrated. */
  readonly fullScales?: FullScales;
}

/** Largest voltage that a bank of converters represents, by the name of its parameter. */
export type FullScales = ReadonlyMap<string, number>;
