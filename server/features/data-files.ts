import { DocumentState, type LangiumDocument, URI, UriUtils } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { FileEvent } from 'vscode-languageserver-protocol';
import type { ClientFiles } from '../client-files.ts';

/**
 * Checks a text anew when a file that it may read comes, goes or changes: whether data is there, and with which columns,
 * is part of the check. `files` are those that a client reads for the server.
 */
export function watchDataFiles({ lsp, workspace }: LangiumSharedServices, files?: ClientFiles): void {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock } = workspace;
  const recheck = async (uris: readonly URI[]) => {
    const names = uris.map((uri) => UriUtils.basename(uri));
    const concerned = (document: LangiumDocument) =>
      names.some((name) => document.textDocument.getText().includes(name));
    const documents = names.length === 0 ? [] : LangiumDocuments.all.filter(concerned).toArray();
    if (documents.length === 0) return;
    await WorkspaceLock.write(async (token) => {
      for (const document of documents)
        DocumentBuilder.resetToState(document, DocumentState.IndexedReferences);
      await DocumentBuilder.build(documents, { validation: true }, token);
    });
  };
  lsp.DocumentUpdateHandler.onWatchedFilesChange?.(async ({ changes }) => {
    const changed = changes.filter(isData).map(({ uri }) => URI.parse(uri));
    for (const uri of changed) files?.forget(uri);
    await recheck(changed);
  });
  files?.onArrival((uri) => void recheck([uri]));
}

const isData = ({ uri }: FileEvent) => !uri.endsWith('.loom');
