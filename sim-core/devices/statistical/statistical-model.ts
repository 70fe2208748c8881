import type { RandomStream } from '../../math/random.ts';

/**
 * Statistical models: what programming, time and reading do to a conductance, from measurements of many devices.
 * Conductances in siemens, times in seconds after programming. All randomness comes from the stream passed in.
 */
export interface StatisticalModel {
  readonly name: string;
  readonly doc: string;
  readonly source: string;
  /** Largest conductance that the fits hold for. */
  readonly gMax: number;
  /** Earliest time at which the conductance is known. */
  readonly tMin: number;
  /** A device freshly programmed to a target between 0 and gMax. */
  program(target: number, random: RandomStream): ProgrammedDevice;
}

/** A programmed device: its own draw of programming error and drift. */
export interface ProgrammedDevice {
  /** Mean conductance at a time; times before the model's `tMin` count as that. */
  conductance(time: number): number;
  /** One read at a time, read noise included. */
  read(time: number, random: RandomStream): number;
}
