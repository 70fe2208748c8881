import { failure, type Outcome, success } from '@memloom/sim-core';
import type { LangiumSharedServices } from 'langium/lsp';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { LoomServices } from '../services.ts';

/** A text in its standard form; a text with syntax errors is left alone and gives its errors. */
export async function formatDocument(
  text: string,
  shared: LangiumSharedServices,
  services: LoomServices,
): Promise<Outcome<string>> {
  const document = shared.workspace.LangiumDocumentFactory.fromString(
    text,
    URI.parse('memloom:/format/text.loom'),
  );
  const { lexerErrors, parserErrors } = document.parseResult;
  const [first] = [...lexerErrors, ...parserErrors];
  if (first)
    return failure({
      code: 'format.syntax',
      message: `The text has syntax errors: ${first.message}`,
      hint: 'Mend them first: memloom check.',
    });
  const edits = await services.lsp.Formatter?.formatDocument(document, {
    textDocument: { uri: document.uri.toString() },
    options: { tabSize: 2, insertSpaces: true },
  });
  return success(TextDocument.applyEdits(document.textDocument, edits ?? []));
}
