import type { Origin } from '@memloom/sim-core';
import type { Box } from './box.ts';

/** What a view is of: a network of a text, ideally or on a hardware. */
export interface ShownNetwork {
  readonly uri: string;
  /** Left out: the first network of the text. */
  readonly network?: string;
  readonly hardware?: string;
}

/** A view's state, which outlives a reload. */
export interface SchematicState {
  readonly shown: ShownNetwork;
  /** Ids of the boxes that are open. */
  readonly open?: readonly string[];
  readonly view?: ViewBox;
}

/** The part of the drawing that is seen: where its origin is on the screen, and how much it is enlarged. */
export interface ViewBox {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export type ToSchematic =
  | {
      readonly kind: 'drawing';
      readonly shown: ShownNetwork;
      readonly networks: readonly string[];
      readonly hardware: readonly string[];
      readonly box: Box;
    }
  /** The text has errors; what was drawn before stays. */
  | { readonly kind: 'stale'; readonly message: string }
  /** Boxes whose text the editor's cursor is in. */
  | { readonly kind: 'marked'; readonly ids: readonly string[] }
  | ({ readonly kind: 'moment' } & Moment);

/** What is known at the cursor of the waveforms; all empty where it is gone. */
export interface Moment {
  /** Such as `time step 3, phase rnn.c`. */
  readonly text: string;
  /** Signals that are sampled or read at the end of the phase. */
  readonly active: readonly string[];
  /** Values of signals in words. */
  readonly values: Readonly<Record<string, string>>;
}

export type FromSchematic =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'choose'; readonly shown: ShownNetwork }
  | { readonly kind: 'reveal'; readonly origin: Origin }
  | { readonly kind: 'export'; readonly svg: string }
  | {
      readonly kind: 'drawn';
      readonly boxes: number;
      readonly wires: number;
      readonly marked: readonly string[];
    }
  | { readonly kind: 'broken'; readonly message: string };
