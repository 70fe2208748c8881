import {
  DefaultReferenceDescriptionProvider,
  type LangiumDocument,
  type ReferenceDescription,
} from 'langium';
import { linksOf } from './walk.ts';

/** Describes which references of a document lead where, for the index. */
export class LoomReferenceDescriptionProvider extends DefaultReferenceDescriptionProvider {
  override createDescriptions(document: LangiumDocument): Promise<ReferenceDescription[]> {
    return Promise.resolve(this.describe(document));
  }

  /** Links what is not linked yet. */
  describe(document: LangiumDocument): ReferenceDescription[] {
    return linksOf(document.parseResult.value).flatMap((link) =>
      link.reference.ref ? this.createInfoDescriptions(link) : [],
    );
  }
}
