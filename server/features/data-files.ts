import { DocumentState, type LangiumDocument, URI, UriUtils } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { FileEvent } from 'vscode-languageserver-protocol';

/** Checks a text anew when a file that it may read comes, goes or changes: whether data is there, and with which columns, is part of the check. */
export function watchDataFiles({ lsp, workspace }: LangiumSharedServices): void {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock } = workspace;
  lsp.DocumentUpdateHandler.onWatchedFilesChange?.(async ({ changes }) => {
    const names = changes.filter(isData).map(({ uri }) => UriUtils.basename(URI.parse(uri)));
    const concerned = (document: LangiumDocument) =>
      names.some((name) => document.textDocument.getText().includes(name));
    const documents = names.length === 0 ? [] : LangiumDocuments.all.filter(concerned).toArray();
    if (documents.length === 0) return;
    await WorkspaceLock.write(async (token) => {
      for (const document of documents)
        DocumentBuilder.resetToState(document, DocumentState.IndexedReferences);
      await DocumentBuilder.build(documents, { validation: true }, token);
    });
  });
}

const isData = ({ uri }: FileEvent) => !uri.endsWith('.loom');
