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

  protected override shouldLink(document: LangiumDocument): boolean {
    return super.shouldLink(document) && !this.isUnseen(document);
  }

  protected override shouldValidate(document: LangiumDocument): boolean {
    return super.shouldValidate(document) && !this.isUnseen(document);
  }

  /**
   * The standard library is read-only and has tests of its own: it is linked as far as someone follows its names, and
   * checked only where someone asks for it or looks at it.
   */
  private isUnseen(document: LangiumDocument): boolean {
    const isAsked = this.getBuildOptions(document).validation === true;
    return this.library.has(document.uri) && !isAsked && !this.textDocuments?.get(document.uri);
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
