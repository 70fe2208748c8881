import { ast, type LoomServices } from '@memloom/language';
import type { TypeHierarchyProvider } from 'langium/lsp';
import type { TypeHierarchyItem } from 'vscode-languageserver-protocol';
import { declarationAt, declarationOf, itemOf, usesOf } from './hierarchy.ts';

/** Variants of cells, crossbars and hardware through `extends`, and devices after other devices and models. */
export const typeHierarchyProvider = (services: LoomServices): TypeHierarchyProvider => ({
  prepareTypeHierarchy: (document, { position }): TypeHierarchyItem[] | undefined => {
    const declaration = declarationAt(document, position, services);
    return declaration && hasVariants(declaration) ? [...itemOf(declaration, services)] : undefined;
  },
  supertypes: ({ item }): TypeHierarchyItem[] | undefined => {
    const base = baseOf(declarationOf(item, services));
    return base && [...itemOf(base, services)];
  },
  subtypes: ({ item }): TypeHierarchyItem[] | undefined => {
    const declaration = declarationOf(item, services);
    if (!declaration) return undefined;
    const variants = usesOf(declaration, services).flatMap(({ node }) =>
      ast.isDeclaration(node) && baseOf(node) === declaration ? [node] : [],
    );
    return [...new Set(variants)].flatMap((variant) => itemOf(variant, services));
  },
});

const hasVariants = (declaration: ast.Declaration): boolean =>
  [ast.isCell, ast.isCrossbar, ast.isHardware, ast.isDevice, ast.isModelDeclaration].some((is) =>
    is(declaration),
  );

function baseOf(declaration: ast.Declaration | undefined): ast.Declaration | undefined {
  const extended = [ast.isCell, ast.isCrossbar, ast.isHardware, ast.isDerivedDevice];
  if (!declaration || !extended.some((is) => is(declaration))) return undefined;
  return (declaration as ast.Cell | ast.Crossbar | ast.Hardware | ast.DerivedDevice).base?.ref;
}
