import { DocumentState, type LangiumDocument, URI, UriUtils } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { FileChangeType, type FileEvent } from 'vscode-languageserver-protocol';

/** Checks a text anew when a file that it may read comes or goes: whether data is there is part of the check. */
export function watchDataFiles({ lsp, workspace }: LangiumSharedServices): void {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock } = workspace;
  lsp.DocumentUpdateHandler.onWatchedFilesChange?.(async ({ changes }) => {
    const names = changes.filter(comesOrGoes).map(({ uri }) => UriUtils.basename(URI.parse(uri)));
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

const comesOrGoes = ({ type, uri }: FileEvent) => type !== FileChangeType.Changed && !uri.endsWith('.loom');
