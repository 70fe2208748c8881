import {
  type AstNode,
  DefaultIndexManager,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type ReferenceDescription,
  type Stream,
} from 'langium';
import type { Library } from '../library/library.ts';
import { importClosure } from '../references/imports.ts';
import type { LoomCoreServices } from '../services.ts';

/** A document is affected by a change in whatever it imports, directly or not: sizes and equations reach through. */
export class LoomIndexManager extends DefaultIndexManager {
  constructor(
    private readonly shared: LangiumSharedCoreServices,
    private readonly library: Library,
  ) {
    super(shared);
  }

  override isAffected(document: LangiumDocument, changedUris: Set<string>): boolean {
    if (super.isAffected(document, changedUris)) return true;
    const closure = importClosure(document, this.shared.workspace.LangiumDocuments, this.library);
    return [...changedUris].some((uri) => closure.has(uri) || this.library.prelude.has(uri));
  }

  /** What the standard library refers to is looked up by whoever asks first, rather than at each start. */
  override findAllReferences(target: AstNode, path: string): Stream<ReferenceDescription> {
    for (const { uri } of this.library.files) {
      const document = this.referenceIndex.has(uri.toString()) ? undefined : this.documents.getDocument(uri);
      if (document) this.referenceIndex.set(uri.toString(), this.describe(document));
    }
    return super.findAllReferences(target, path);
  }

  private describe(document: LangiumDocument): ReferenceDescription[] {
    // There is one language.
    const { workspace } = this.serviceRegistry.getServices(document.uri) as LoomCoreServices;
    return workspace.ReferenceDescriptionProvider.describe(document);
  }
}
