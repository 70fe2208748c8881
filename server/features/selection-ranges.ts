import { type CstNode, CstUtils, type LangiumDocument } from 'langium';
import { createRequestHandler, type LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import type { Position, SelectionRange } from 'vscode-languageserver-protocol';

/** Answers `textDocument/selectionRange`, which Langium does not know. */
export function answerSelectionRanges(connection: Connection, shared: LangiumSharedServices): void {
  connection.onSelectionRanges(
    createRequestHandler(
      (_services, document, { positions }) => positions.map((position) => selectionRange(document, position)),
      shared,
    ),
  );
}

/** From the word at a position outwards: argument, expression, item, body, declaration, file. */
export function selectionRange(document: LangiumDocument, position: Position): SelectionRange {
  const root = document.parseResult.value.$cstNode;
  const offset = document.textDocument.offsetAt(position);
  const leaf = root && CstUtils.findLeafNodeBeforeOffset(root, offset);
  // A position between two words belongs to what is around both.
  const touched = leaf && leaf.end >= offset ? leaf : leaf?.container;
  const ranges: CstNode[] = [];
  for (let node: CstNode | undefined = touched; node; node = node.container)
    if (node.end >= offset && ranges.at(-1)?.length !== node.length) ranges.push(node);
  const outermost = { range: { start: position, end: position } };
  return (
    ranges.reduceRight<SelectionRange | undefined>((parent, { range }) => ({ range, parent }), undefined) ??
    outermost
  );
}
