import { ast, cellChain, type LoomServices } from '@memloom/language';
import { AstUtils } from 'langium';
import type { DeclarationProvider } from 'langium/lsp';
import type { LocationLink } from 'vscode-languageserver-protocol';
import { nameAt } from './references.ts';

/** The declaration of an equation that overrides another is the one overridden; of everything else, its definition. */
export const declarationProvider = (services: LoomServices): DeclarationProvider => ({
  getDeclaration: async (document, params, token): Promise<LocationLink[] | undefined> => {
    const leaf = nameAt(document, params.position, services);
    const equation = leaf && services.references.References.findDeclarations(leaf).find(ast.isEquation);
    const overridden = equation && overriddenEquation(equation);
    const name = overridden && services.references.NameProvider.getNameNode(overridden);
    if (!leaf || !overridden?.$cstNode || !name)
      return services.lsp.DefinitionProvider?.getDefinition(document, params, token);
    return [
      {
        originSelectionRange: leaf.range,
        targetUri: AstUtils.getDocument(overridden).uri.toString(),
        targetRange: overridden.$cstNode.range,
        targetSelectionRange: name.range,
      },
    ];
  },
});

function overriddenEquation(equation: ast.Equation): ast.Equation | undefined {
  const cell = equation.$container;
  if (!ast.isCell(cell)) return undefined;
  return cellChain(cell)
    .slice(1)
    .flatMap((base) => base.equations)
    .find(({ name, next }) => name === equation.name && next === equation.next);
}
