import type { LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingOptions,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
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
    return formattingEdits(document).filter((edit) => touches(edit.range, range));
  }

  formatDocumentOnType(document: LangiumDocument, { position }: DocumentOnTypeFormattingParams): TextEdit[] {
    const lines = { start: { line: Math.max(0, position.line - 1), character: 0 }, end: position };
    return formattingEdits(document).filter((edit) => touches(edit.range, lines));
  }
}

/** The edits that bring a document into the standard layout: white space, and numbers set apart from their units. */
export function formattingEdits(document: LangiumDocument): TextEdit[] {
  const { lexerErrors, parserErrors } = document.parseResult;
  if (lexerErrors.length + parserErrors.length > 0) return [];
  const source = document.textDocument.getText();
  const edits: TextEdit[] = [];
  const replace = (from: number, to: number, newText: string) => {
    if (source.slice(from, to) === newText) return;
    edits.push({
      range: { start: document.textDocument.positionAt(from), end: document.textDocument.positionAt(to) },
      newText,
    });
  };
  let end = 0;
  for (const { piece, gap, text } of layOut(piecesOf(document))) {
    replace(end, piece.offset, gap);
    replace(piece.offset, piece.end, text);
    end = piece.end;
  }
  replace(end, source.length, end === 0 ? '' : '\n');
  return edits;
}

const touches = (edit: Range, range: Range): boolean =>
  edit.start.line <= range.end.line && edit.end.line >= range.start.line;
