import { ast, type LoomServices } from '@memloom/language';
import { type AstNode, AstUtils, type LangiumDocument, URI } from 'langium';
import type { Position, Range, SymbolKind } from 'vscode-languageserver-protocol';
import { kindOf } from './node-kinds.ts';
import { nameAt } from './references.ts';

/** A declaration as an item of a hierarchy; `data` leads back to it. */
export interface HierarchyItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly uri: string;
  readonly range: Range;
  readonly selectionRange: Range;
  readonly data: string;
}

export function itemOf(declaration: ast.Declaration, services: LoomServices): readonly HierarchyItem[] {
  const name = services.references.NameProvider.getNameNode(declaration);
  if (!name || !declaration.$cstNode) return [];
  const { symbol, noun } = kindOf(declaration);
  return [
    {
      name: declaration.name,
      detail: noun,
      kind: symbol,
      uri: AstUtils.getDocument(declaration).uri.toString(),
      range: declaration.$cstNode.range,
      selectionRange: name.range,
      data: services.workspace.AstNodeLocator.getAstNodePath(declaration),
    },
  ];
}

/** The declaration that an item was made of; undefined once the text has changed beyond it. */
export function declarationOf(
  { uri, name, data }: { uri: string; name: string; data?: unknown },
  { shared, workspace }: LoomServices,
): ast.Declaration | undefined {
  const document = shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
  const node = document && workspace.AstNodeLocator.getAstNode(document.parseResult.value, String(data));
  return ast.isDeclaration(node) && node.name === name ? node : undefined;
}

/** The declaration whose name stands at a position. */
export function declarationAt(
  document: LangiumDocument,
  position: Position,
  services: LoomServices,
): ast.Declaration | undefined {
  const leaf = nameAt(document, position, services);
  const [target] = leaf ? services.references.References.findDeclarations(leaf) : [];
  return ast.isDeclaration(target) ? target : undefined;
}

/** Where a declaration is named, with the nodes that name it. */
export function usesOf(
  declaration: ast.Declaration,
  { references, shared, workspace }: LoomServices,
): readonly { readonly node: AstNode; readonly range: Range }[] {
  const { LangiumDocuments } = shared.workspace;
  return references.References.findReferences(declaration, { includeDeclaration: false })
    .flatMap(({ sourceUri, sourcePath, segment }) => {
      const model = LangiumDocuments.getDocument(sourceUri)?.parseResult.value;
      const node = model && workspace.AstNodeLocator.getAstNode(model, sourcePath);
      return node ? [{ node, range: segment.range }] : [];
    })
    .toArray();
}
