import type { Problem } from '../design/problem.ts';
import type { RunRequest } from './request.ts';
import type { WeightTensor } from './result.ts';

/** Asks for all that happens to one sample in one inference. */
export interface RecordRequest extends RunRequest {
  /** `HardwareDesign.name`, one that the experiment infers on; undefined: the ideal network. */
  readonly hardware?: string;
  /** Number of the test sample, from 0. */
  readonly sample: number;
  /** Number of the trial on hardware, from 0: its errors and its noise are those of that trial in a run. */
  readonly trial: number;
}

/** One inference of one sample, value by value; JSON-able but for its typed arrays. Every value is finite. */
export interface Recording {
  /** `ideal` or the hardware's name. */
  readonly run: string;
  readonly sample: number;
  /** How many test samples there are. */
  readonly samples: number;
  readonly trial: number;
  readonly steps: number;
  /** Volts per unit of the mathematics; 1 in the ideal network. */
  readonly scale: number;
  /** Inputs of the network, as numbers. */
  readonly inputs: readonly RecordedInput[];
  /** In the order in which they are evaluated within a time step. */
  readonly signals: readonly RecordedSignal[];
  /** Layers that are evaluated together, one time step after another; one pass follows the other. */
  readonly passes: readonly RecordedPass[];
  /** The phases of one time step on hardware, in order; none in the ideal network, and where hardware has no circuit. */
  readonly phases: readonly RecordedPhase[];
  /** Why hardware has no phases. */
  readonly withoutPhases?: Problem;
  readonly weights: readonly WeightTensor[];
  /** Where the evaluation met what is not a finite number and ended; what it would have computed later reads 0. */
  readonly end?: RecordedEnd;
}

export interface RecordedInput {
  readonly name: string;
  readonly size: number;
  /** `[steps][size]`. */
  readonly values: Float64Array;
}

export interface RecordedSignal {
  readonly layer: string;
  /** Name of the equation in the cell; `output` of a layer that is no cell. */
  readonly signal: string;
  /** `1` for a number of the mathematics, `V` on hardware. */
  readonly unit: string;
  readonly size: number;
  /** 1 for what is evaluated once for a sequence. */
  readonly steps: number;
  /** `[steps][size]`, by time. */
  readonly values: Float64Array;
  /** Index into `phases` of the phase that gives the signal its value of the time step. */
  readonly phase?: number;
}

export interface RecordedPass {
  readonly kind: 'forward' | 'backward' | 'once';
  readonly layers: readonly string[];
}

export interface RecordedPhase {
  /** What is sampled or read at its end. */
  readonly name: string;
  /** Seconds. */
  readonly duration: number;
}

export interface RecordedEnd {
  readonly layer: string;
  readonly signal: string;
  readonly step: number;
  readonly problem: Problem;
}
