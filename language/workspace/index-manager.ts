import { DefaultIndexManager, type LangiumDocument, type LangiumSharedCoreServices } from 'langium';
import type { Library } from '../library/library.ts';
import { importClosure } from '../references/imports.ts';

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
}
