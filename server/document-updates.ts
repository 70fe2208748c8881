import type { LoomServices } from '@memloom/language';
import { type TextDocument, URI } from 'langium';
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import type { TextDocumentChangeEvent } from 'vscode-languageserver';

/**
 * Takes back what a client closes without saving: a file of the workspace, or one that is imported, is read again; any
 * other text is forgotten, and its memory with it.
 */
export class LoomDocumentUpdateHandler extends DefaultDocumentUpdateHandler {
  constructor(private readonly services: LangiumSharedServices) {
    super(services);
  }

  didCloseDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
    void this.takeBack(URI.parse(document.uri));
  }

  private async takeBack(uri: URI): Promise<void> {
    const { FileSystemProvider, TextDocuments, WorkspaceManager } = this.services.workspace;
    await WorkspaceManager.ready;
    // There is one language.
    const { library } = this.services.ServiceRegistry.getServices(uri) as LoomServices;
    if (library.has(uri)) return;
    const isKept = this.isConcerned(uri) && (await FileSystemProvider.exists(uri));
    if (TextDocuments.get(uri)) return;
    this.fireDocumentUpdate(isKept ? [uri] : [], isKept ? [] : [uri]);
  }

  /** Whether the workspace or another text has to do with this one. */
  private isConcerned(uri: URI): boolean {
    const { IndexManager, LangiumDocuments, WorkspaceManager } = this.services.workspace;
    const text = uri.toString();
    const isWithin = WorkspaceManager.workspaceFolders?.some((folder) => text.startsWith(`${folder.uri}/`));
    const changed = new Set([text]);
    return (
      isWithin === true ||
      LangiumDocuments.all.some(
        (other) => other.uri.toString() !== text && IndexManager.isAffected(other, changed),
      )
    );
  }
}
