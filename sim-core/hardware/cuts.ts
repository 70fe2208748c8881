import type { BlockDesign, BlockUse, Role } from '../design/design.ts';
import type { NodeId } from '../graph/graph.ts';
import type { Circuit } from './block.ts';
import type { Reading, Section } from './layout.ts';
import type { Line } from './read-out.ts';

/**
 * A place at which a rewriting is cut open, so that the circuit there stands by itself: what drives it are nodes of
 * the rewritten graph, what it drives begins at `node`.
 */
export type Cut = BlockCut | LineCut;

/** Copies of a block. */
export interface BlockCut {
  readonly kind: 'block';
  readonly node: NodeId;
  readonly role: Role;
  /** Tells the uses of the role in the layer apart. */
  readonly place: string | number;
  readonly block: BlockDesign;
  readonly use: BlockUse;
  readonly circuit: Circuit;
  /** All inputs of the block, those that the hardware supplies included. */
  readonly ports: Readonly<Record<string, NodeId>>;
}

/** The bit lines of one reading. */
export interface LineCut {
  readonly kind: 'line';
  readonly node: NodeId;
  readonly line: Line;
  readonly reading: Reading;
  /** Its sections, each with the voltage of its word lines (the plus lines of pairs). */
  readonly driven: readonly { readonly section: Section; readonly voltage: NodeId }[];
}
