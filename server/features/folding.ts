import { ast } from '@memloom/language';
import { CstUtils, type LangiumDocument, type LeafCstNode } from 'langium';
import type { FoldingRangeProvider } from 'langium/lsp';
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-protocol';

/** Bodies and argument lists over several lines, runs of imports, and comments. */
export const foldingRangeProvider: FoldingRangeProvider = {
  getFoldingRanges: (document): FoldingRange[] => {
    const root = document.parseResult.value.$cstNode;
    if (!root) return [];
    const leaves = CstUtils.flattenCst(root).toArray();
    return [...brackets(leaves), ...comments(leaves, document), ...imports(document)];
  },
};

/** From an opening bracket to the line before the one that closes it, which stays to be seen. */
function brackets(leaves: readonly LeafCstNode[]): readonly FoldingRange[] {
  const open: LeafCstNode[] = [];
  return leaves.flatMap((leaf) => {
    if (leaf.hidden) return [];
    if (leaf.text === '{' || leaf.text === '(') open.push(leaf);
    if (leaf.text !== '}' && leaf.text !== ')') return [];
    const opening = open.pop();
    return opening ? lines(opening.range.start.line, leaf.range.start.line - 1) : [];
  });
}

function comments(
  leaves: readonly LeafCstNode[],
  { textDocument }: LangiumDocument,
): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  let first: number | undefined;
  let last: number | undefined;
  const end = () => {
    if (first !== undefined && last !== undefined)
      found.push(...lines(first, last, FoldingRangeKind.Comment));
    first = undefined;
  };
  for (const { tokenType, range, hidden } of leaves) {
    if (tokenType.name === 'BLOCK_COMMENT')
      found.push(...lines(range.start.line, range.end.line, FoldingRangeKind.Comment));
    if (tokenType.name !== 'LINE_COMMENT' || !hidden) continue;
    const { line } = range.start;
    const before = textDocument.getText({ start: { line, character: 0 }, end: range.start });
    // A comment behind something does not belong to a run of comment lines.
    if (before.trim() !== '') continue;
    if (first === undefined || line !== (last ?? line) + 1) {
      end();
      first = line;
    }
    last = line;
  }
  end();
  return found;
}

function imports(document: LangiumDocument): readonly FoldingRange[] {
  const model = document.parseResult.value;
  if (!ast.isModel(model)) return [];
  const places = model.imports.flatMap(({ $cstNode }) => ($cstNode ? [$cstNode.range] : []));
  const [first, last] = [places[0], places.at(-1)];
  return first && last ? lines(first.start.line, last.end.line, FoldingRangeKind.Imports) : [];
}

const lines = (startLine: number, endLine: number, kind?: FoldingRangeKind): readonly FoldingRange[] =>
  endLine > startLine ? [{ startLine, endLine, ...(kind ? { kind } : {}) }] : [];
