import { ast, type LoomServices } from '@memloom/language';
import { AstUtils } from 'langium';
import type { CallHierarchyProvider } from 'langium/lsp';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Range,
} from 'vscode-languageserver-protocol';
import { declarationAt, declarationOf, itemOf, usesOf } from './hierarchy.ts';

/** What uses a declaration, and what it uses: cells in networks, blocks and crossbars in hardware, functions everywhere. */
export const callHierarchyProvider = (services: LoomServices): CallHierarchyProvider => ({
  prepareCallHierarchy: (document, { position }): CallHierarchyItem[] | undefined => {
    const declaration = declarationAt(document, position, services);
    return declaration && [...itemOf(declaration, services)];
  },
  incomingCalls: ({ item }): CallHierarchyIncomingCall[] | undefined => {
    const declaration = declarationOf(item, services);
    if (!declaration) return undefined;
    const callers = usesOf(declaration, services).flatMap(({ node, range }) => {
      const caller = AstUtils.getContainerOfType(node, ast.isDeclaration);
      return caller ? [{ declaration: caller, range }] : [];
    });
    return grouped(callers).flatMap(([caller, fromRanges]) =>
      itemOf(caller, services).map((from) => ({ from, fromRanges })),
    );
  },
  outgoingCalls: ({ item }): CallHierarchyOutgoingCall[] | undefined => {
    const declaration = declarationOf(item, services);
    if (!declaration) return undefined;
    const callees = AstUtils.streamAst(declaration)
      .flatMap((node) => AstUtils.streamReferences(node))
      .flatMap(({ reference }) => {
        const target = 'ref' in reference ? reference.ref : undefined;
        const range = reference.$refNode?.range;
        return ast.isDeclaration(target) && range ? [{ declaration: target, range }] : [];
      })
      .toArray();
    return grouped(callees).flatMap(([callee, fromRanges]) =>
      itemOf(callee, services).map((to) => ({ to, fromRanges })),
    );
  },
});

interface Place {
  readonly declaration: ast.Declaration;
  readonly range: Range;
}

/** Places by the declaration that they belong to. */
function grouped(places: readonly Place[]): readonly (readonly [ast.Declaration, Range[]])[] {
  const groups = new Map<ast.Declaration, Range[]>();
  for (const { declaration, range } of places)
    groups.set(declaration, [...(groups.get(declaration) ?? []), range]);
  return [...groups];
}
