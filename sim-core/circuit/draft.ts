import type { BlockDesign } from '../design/design.ts';
import type { Line } from '../hardware/read-out.ts';
import type { DraftArray } from './arrays.ts';
import type {
  Bank,
  Dynamics,
  HoldCapacitor,
  InputElement,
  JoinElement,
  OperationElement,
  Signal,
  StageElement,
  Values,
} from './circuit.ts';

/** A circuit before its schedule: which elements there are, in the order in which signals run, but not when they are used. */
export interface Draft {
  readonly banks: readonly Bank[];
  readonly blocks: readonly BlockDesign[];
  readonly items: readonly DraftItem[];
  readonly probes: readonly { readonly name: string; readonly signal: Signal }[];
  readonly outputs: readonly { readonly name: string; readonly signal: Signal }[];
}

export type DraftItem =
  | { readonly kind: 'ideal'; readonly element: InputElement | OperationElement | JoinElement }
  | DraftStage
  | DraftMemory
  | DraftLine;

export interface DraftStage {
  readonly kind: 'stage';
  readonly element: StageElement;
  /** Places with the same name share their circuits, of which there are `copies`. */
  readonly circuit: string;
  readonly copies: number;
  readonly size: number;
}

export interface DraftMemory {
  readonly kind: 'memory';
  readonly element: Omit<StageElement, 'kind' | 'inputs' | 'output'>;
  readonly state: string;
  readonly input: Signal;
  readonly port: string;
  readonly initial: number;
  readonly charged: Values;
  readonly hold: HoldCapacitor;
  readonly previous: string;
  readonly next: string;
}

/** The bit lines of one reading, of one side where there are two. */
export interface DraftLine {
  readonly kind: 'line';
  readonly array: DraftArray;
  readonly line: Line;
  readonly bitLines: readonly number[];
  /** As of `LineElement`. */
  readonly transfer: Float64Array;
  readonly columnConductance: Float64Array;
  /** Voltages of the word lines: of each row group that meets the bit lines, the whole operand. */
  readonly driven: readonly { readonly row: number; readonly signal: Signal }[];
  readonly bank: string;
}

/** What a block's conventional parameters say about its behaviour in time. */
export const dynamicsOf = (parameters: Readonly<Record<string, Values>>): Dynamics => ({
  pole: parameters.pole,
  slewRate: parameters.slewRate,
  outputResistance: parameters.outputResistance ?? 0,
});
