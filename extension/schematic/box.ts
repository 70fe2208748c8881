import type { Origin } from '@memloom/sim-core';

/** What a wire carries; without hardware every signal is a number of the mathematics. */
export type Domain = 'number' | 'voltage' | 'current' | 'digital';

export interface Port {
  readonly name: string;
  /** How many wires it stands for: one for each unit. */
  readonly size: number;
  readonly domain: Domain;
}

export type BoxKind =
  | 'network'
  | 'cell'
  | 'layer'
  | 'equation'
  | 'memory'
  | 'crossbar'
  | 'block'
  | 'function'
  | 'constant';

/** A box of the schematic: a part of the design, with what it is made of. JSON-able. */
export interface Box {
  /** Path of instances, stable as long as the names are: `rnn/i/vmm`. */
  readonly id: string;
  readonly kind: BoxKind;
  readonly title: string;
  readonly detail: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Where it is written, the place that a click leads to first: the instance, then its block, crossbar or cell. */
  readonly origins: readonly Origin[];
  /** The signal that it gives, as traces and phases name it: `rnn.i`. */
  readonly signal?: string;
  readonly content?: Content;
}

export interface Content {
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}

export interface Wire {
  readonly from: End;
  readonly to: End;
  /** Carries the new value of a state into its memory, for the next time step. */
  readonly next?: true;
}

/** A port of a box within the content; without a box, a port of what contains it. */
export interface End {
  readonly box?: string;
  readonly port: number;
}
