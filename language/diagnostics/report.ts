import type { AstNode } from 'langium';
import type { Arguments, Code } from './catalogue.ts';

/** Where a finding belongs: a node, one property of it, or some characters of that. */
export interface Place {
  readonly node: AstNode;
  readonly property?: string;
  readonly index?: number;
  /** Characters counted from the beginning of the node or property. */
  readonly from?: number;
  readonly to?: number;
}

/** Another place that a finding is about: where the other side of a conflict stands. */
export interface Related {
  readonly place: Place;
  /** What is to be seen there, as one sentence. */
  readonly message: string;
}

/** Reports one entry of the catalogue. */
export type Report = <C extends Code>(
  code: C,
  place: Place,
  details: Arguments<C>,
  related?: readonly Related[],
) => void;
