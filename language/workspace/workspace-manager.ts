import {
  DefaultWorkspaceManager,
  type LangiumDocument,
  type LangiumSharedCoreServices,
  type WorkspaceFolder,
} from 'langium';
import type { Library } from '../library/library.ts';
import { plantDocument } from '../library/plant.ts';

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
    for (const file of this.library.files) {
      if (this.shared.workspace.LangiumDocuments.hasDocument(file.uri)) continue;
      collector(plantDocument(file, this.shared.ServiceRegistry.getServices(file.uri)));
    }
  }
}
