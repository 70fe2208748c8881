import { CstUtils, type LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingOptions,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  Position,
  Range,
  TextEdit,
} from 'vscode-languageserver-protocol';
import { layOut } from './layout.ts';
import { piecesOf } from './pieces.ts';

/** Formats documents, ranges, and the line or body just ended; leaves a text with syntax errors alone. */
export class LoomFormatter implements Formatter {
  readonly formatOnTypeOptions: DocumentOnTypeFormattingOptions = {
    firstTriggerCharacter: '}',
    moreTriggerCharacter: ['\n'],
  };

  formatDocument(document: LangiumDocument, _params: DocumentFormattingParams): TextEdit[] {
    return formattingEdits(document);
  }

  formatDocumentRange(document: LangiumDocument, { range }: DocumentRangeFormattingParams): TextEdit[] {
    return editsWithin(range, document);
  }

  /** The new line stays as the editor made it, with the white space in which its user is about to write. */
  formatDocumentOnType(
    document: LangiumDocument,
    { position, ch }: DocumentOnTypeFormattingParams,
  ): TextEdit[] {
    if (ch === '}') return editsWithin({ start: bodyStart(document, position), end: position }, document);
    const line = position.line - 1;
    const ended = { start: { line, character: 0 }, end: position };
    return editsWithin(ended, document).filter(({ range }) => range.end.line === line);
  }
}

/** The beginning of the line on which the declaration or statement begins whose body ends at a position. */
function bodyStart(document: LangiumDocument, position: Position): Position {
  const root = document.parseResult.value.$cstNode;
  const brace = root && CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(position) - 1);
  return { line: brace?.astNode.$cstNode?.range.start.line ?? position.line, character: 0 };
}

/** The edits that change nothing outside a range; what would be put in at its end belongs to what follows. */
const editsWithin = (within: Range, document: LangiumDocument): TextEdit[] =>
  formattingEdits(document).filter(
    ({ range: { start, end } }) =>
      !isBefore(start, within.start) && !isBefore(within.end, end) && isBefore(start, within.end),
  );

const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);

/**
 * The edits that bring a document into the standard layout: white space, and numbers set apart from their units. Each
 * is as small as it can be and keeps the meaning by itself, so that some of them may be left out.
 */
export function formattingEdits(document: LangiumDocument): TextEdit[] {
  const { lexerErrors, parserErrors } = document.parseResult;
  if (lexerErrors.length + parserErrors.length > 0) return [];
  const source = document.textDocument.getText();
  const lineEnd = source.includes('\r\n') ? '\r\n' : '\n';
  const edits: TextEdit[] = [];
  const replace = (from: number, to: number, newText: string) => {
    const edit = smallest(source, from, to, newText);
    if (!edit) return;
    const [start, end] = [
      document.textDocument.positionAt(edit.from),
      document.textDocument.positionAt(edit.to),
    ];
    edits.push({ range: { start, end }, newText: edit.text });
  };
  const replaceGap = (from: number, to: number, gap: string) => {
    const newText = gap.replaceAll('\n', lineEnd);
    // Lines between two pieces and the indentation of the second are apart, since a range may hold the latter alone.
    const indentation = source.lastIndexOf('\n', to - 1) + 1;
    const newIndentation = newText.lastIndexOf('\n') + 1;
    if (indentation <= from || newIndentation === 0) return replace(from, to, newText);
    replace(from, indentation, newText.slice(0, newIndentation));
    replace(indentation, to, newText.slice(newIndentation));
  };
  let end = 0;
  for (const { piece, gap, text } of layOut(piecesOf(document))) {
    // A separator that goes is part of the gap that takes its place.
    if (text === '') continue;
    replaceGap(end, piece.offset, gap);
    replace(piece.offset, piece.end, text);
    end = piece.end;
  }
  replace(end, source.length, end === 0 ? '' : lineEnd);
  return edits;
}

/** An edit without the characters at either end that stay as they are; undefined where all do. */
function smallest(source: string, from: number, to: number, text: string) {
  let [head, tail] = [0, 0];
  const shared = Math.min(to - from, text.length);
  while (head < shared && source[from + head] === text[head]) head++;
  while (tail < shared - head && source[to - 1 - tail] === text[text.length - 1 - tail]) tail++;
  if (head === to - from && head === text.length) return undefined;
  return { from: from + head, to: to - tail, text: text.slice(head, text.length - tail) };
}
