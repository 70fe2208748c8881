import type { Origin } from '@memloom/sim-core';
import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { URI } from 'vscode-uri';
import type { Report } from '../diagnostics/report.ts';
import type { Declaration } from '../generated/ast.ts';
import type { SchemaLookup } from '../references/arguments.ts';

/** What elaboration needs from around it. */
export interface Context {
  readonly report: Report;
  readonly schemas: SchemaLookup;
  /** The unique name of a declaration in the design; asking for it makes it part of the design. */
  readonly use: (declaration: Declaration) => string;
  /** Whether a file is there; undefined where the host has no file system to ask. */
  readonly fileExists?: (uri: URI) => boolean;
  /** The bytes of a data file; undefined where the host does not read them. */
  readonly readData?: (uri: URI) => Uint8Array | undefined;
}

/** The source range of a node. */
export function originOf(node: AstNode): Origin | undefined {
  const range = node.$cstNode?.range;
  return range && { file: AstUtils.getDocument(node).uri.toString(), start: range.start, end: range.end };
}
