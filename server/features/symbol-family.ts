import { ast, cellChain } from '@memloom/language';
import { type AstNode, AstUtils, type ReferenceDescription } from 'langium';
import type { LangiumServices } from 'langium/lsp';

export type Named = AstNode & { readonly name: string };

/**
 * Everything that is one thing under one name: a state and the equations that give it a new value, an equation and
 * what overrides it in variants of its cell, an output and the layer or equation that computes it, a dimension
 * variable at each of its places.
 */
export function symbolFamily(node: AstNode, { shared }: LangiumServices): readonly Named[] {
  if (!isNamed(node)) return [];
  const owner = AstUtils.getContainerOfType(node.$container, ast.isDeclaration);
  if (!owner || ast.isWord(node)) return [node];
  const same = (other: AstNode): other is Named =>
    isNamed(other) && other.name === node.name && ast.isDimension(other) === ast.isDimension(node);
  if (!ast.isCell(owner)) return membersOf(owner).filter(same);
  const chain = cellChain(owner);
  const first = chain.findLast((cell) => membersOf(cell).some(same)) ?? owner;
  const cells = shared.workspace.LangiumDocuments.all
    .flatMap((document) => AstUtils.streamContents(document.parseResult.value))
    .filter(ast.isCell)
    .filter((cell) => cellChain(cell).includes(first))
    .toArray();
  return cells.flatMap((cell) => membersOf(cell).filter(same));
}

/** The places at which the members of a family stand, declarations included; not those that use another word, as `units` does. */
export function familyReferences(
  family: readonly Named[],
  { references, shared }: LangiumServices,
): readonly ReferenceDescription[] {
  const { LangiumDocuments } = shared.workspace;
  return family.flatMap((member) =>
    references.References.findReferences(member, { includeDeclaration: true })
      .filter(({ sourceUri, segment }) => {
        const text = LangiumDocuments.getDocument(sourceUri)?.textDocument.getText(segment.range);
        return text === member.name;
      })
      .toArray(),
  );
}

/** What a declaration names within itself; a published set of parameters is named from without. */
export const membersOf = (owner: ast.Declaration): readonly Named[] =>
  AstUtils.streamAllContents(owner).filter(isNamed).toArray();

const isNamed = (node: AstNode): node is Named => 'name' in node && typeof node.name === 'string';
