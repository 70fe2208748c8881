import type { LoomServices } from '@memloom/language';
import { CstUtils, type LangiumDocument, UriUtils } from 'langium';
import type { DocumentHighlightProvider, ReferencesProvider } from 'langium/lsp';
import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type Position,
} from 'vscode-languageserver-protocol';
import { familyReferences, type Named, symbolFamily } from './symbol-family.ts';

/** Uses of a name in all files, together with what overrides or computes it. */
export const referencesProvider = (services: LoomServices): ReferencesProvider => ({
  findReferences: (document, { position, context }): Location[] => {
    const family = familyAt(document, position, services);
    return familyReferences(family, services)
      .filter(
        ({ sourcePath, sourceUri, targetPath, targetUri }) =>
          context.includeDeclaration || sourcePath !== targetPath || !UriUtils.equals(sourceUri, targetUri),
      )
      .map(({ sourceUri, segment }) => ({ uri: sourceUri.toString(), range: segment.range }));
  },
});

/** Uses of a name in one file: written where it is declared or computed, read elsewhere. */
export const documentHighlightProvider = (services: LoomServices): DocumentHighlightProvider => ({
  getDocumentHighlight: (document, { position }): DocumentHighlight[] =>
    familyReferences(familyAt(document, position, services), services)
      .filter(({ sourceUri }) => UriUtils.equals(sourceUri, document.uri))
      .map(({ segment, sourcePath, targetPath, targetUri }) => ({
        range: segment.range,
        kind:
          sourcePath === targetPath && UriUtils.equals(targetUri, document.uri)
            ? DocumentHighlightKind.Write
            : DocumentHighlightKind.Read,
      })),
});

/** What the name at a position stands for; empty where there is no name. */
export function familyAt(
  document: LangiumDocument,
  position: Position,
  services: LoomServices,
): readonly Named[] {
  const leaf = nameAt(document, position, services);
  const [target] = leaf ? services.references.References.findDeclarations(leaf) : [];
  return target ? symbolFamily(target, services) : [];
}

export function nameAt(document: LangiumDocument, position: Position, services: LoomServices) {
  return CstUtils.findDeclarationNodeAtOffset(
    document.parseResult.value.$cstNode,
    document.textDocument.offsetAt(position),
    services.parser.GrammarConfig.nameRegexp,
  );
}
