import {
  DefaultWorkspaceManager,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type WorkspaceFolder,
} from 'langium';
import type { Library } from '../library/library.ts';

/** Loads the standard library before the files of the workspace. */
export class LoomWorkspaceManager extends DefaultWorkspaceManager {
  constructor(
    private readonly shared: LangiumSharedCoreServices,
    private readonly library: Library,
  ) {
    super(shared);
  }

  protected override async loadAdditionalDocuments(
    _folders: WorkspaceFolder[],
    collector: (document: LangiumDocument) => void,
  ): Promise<void> {
    for (const { uri, text } of this.library.files) {
      if (this.shared.workspace.LangiumDocuments.hasDocument(uri)) continue;
      collector(this.shared.workspace.LangiumDocumentFactory.fromString(text, uri));
    }
  }
}
