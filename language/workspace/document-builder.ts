import {
  type BuildOptions,
  Cancellation,
  DefaultDocumentBuilder,
  DocumentState,
  type FileSystemProvider,
  type LangiumDocument,
  type LangiumSharedCoreServices,
} from 'langium';
import type { CancellationToken } from 'vscode-jsonrpc';
import type { URI } from 'vscode-uri';
import type { Library } from '../library/library.ts';
import { importsOf } from '../references/imports.ts';

/** Builds with each document what it imports, also from outside the workspace. */
export class LoomDocumentBuilder extends DefaultDocumentBuilder {
  private readonly files: FileSystemProvider;

  constructor(
    shared: LangiumSharedCoreServices,
    private readonly library: Library,
  ) {
    super(shared);
    this.files = shared.workspace.FileSystemProvider;
  }

  protected override async buildDocuments(
    documents: LangiumDocument[],
    options: BuildOptions,
    cancelToken: CancellationToken,
  ): Promise<void> {
    const imported = await this.loadImports(documents, options, cancelToken);
    await super.buildDocuments([...documents, ...imported], options, cancelToken);
  }

  /**
   * What is finished for a document is told, whether or not a newer text waits: the document counts as built, so that
   * no later build would tell it.
   */
  protected override notifyDocumentPhase(document: LangiumDocument, state: DocumentState): Promise<void> {
    return super.notifyDocumentPhase(document, state, Cancellation.CancellationToken.None);
  }

  /**
   * The standard library is read-only and its own tests check it; it is checked again only where someone looks at it.
   */
  protected override shouldValidate(document: LangiumDocument): boolean {
    const isUnseen = this.library.has(document.uri) && !this.textDocuments?.get(document.uri);
    return (
      super.shouldValidate(document) && (!isUnseen || this.getBuildOptions(document).validation === true)
    );
  }

  /** Reads and parses the imports of imports until there are no more that can be read. */
  private async loadImports(
    documents: LangiumDocument[],
    options: BuildOptions,
    cancelToken: CancellationToken,
  ): Promise<LangiumDocument[]> {
    this.prepareBuild(documents, options);
    await this.runCancelable(documents, DocumentState.Parsed, cancelToken, (document) =>
      this.langiumDocumentFactory.update(document, cancelToken),
    );
    const loaded: LangiumDocument[] = [];
    const pending = [...documents];
    for (let document = pending.pop(); document; document = pending.pop()) {
      for (const uri of importsOf(document, this.library)) {
        if (this.langiumDocuments.hasDocument(uri) || !(await this.isFile(uri))) continue;
        const next = await this.langiumDocuments.getOrCreateDocument(uri, cancelToken);
        loaded.push(next);
        pending.push(next);
      }
    }
    return loaded;
  }

  private async isFile(uri: URI): Promise<boolean> {
    try {
      return (await this.files.exists(uri)) && (await this.files.stat(uri)).isFile;
    } catch {
      return false;
    }
  }
}
