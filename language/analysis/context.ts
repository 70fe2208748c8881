import type { Design } from '@memloom/sim-core';
import type { AstNode, LangiumDocument } from 'langium';
import type { URI } from 'vscode-uri';
import type { Report } from '../diagnostics/report.ts';
import type { Declarations } from './places.ts';

/** What the checks of a whole design work on: values, the texts that they came from, and somewhere to say what they find. */
export interface Analysis {
  readonly design: Design;
  readonly document: LangiumDocument;
  readonly declarations: Declarations;
  readonly report: Report;
  /** Whether this is the first time that something is to be said of a subject: of a block in a role, once for all networks. */
  readonly isFirst: (subject: string) => boolean;
  /** Whether the declaration that a node is in has errors of its own, from which nothing can be concluded. */
  readonly isBroken: (node: AstNode) => boolean;
  /** The bytes of a data or weight file, the same array as long as it does not change; undefined where it cannot be read. */
  readonly readData?: (uri: URI) => Uint8Array | undefined;
}
