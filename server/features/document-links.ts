import { ast, importedUri, type LoomServices, resolvePath } from '@memloom/language';
import { type AstNode, AstUtils, GrammarUtils, type LangiumDocument, type URI } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver-protocol';

/** Opens what a text imports, and the data and weights that it reads. */
export const documentLinkProvider = ({ library }: LoomServices): DocumentLinkProvider => ({
  getDocumentLinks: (document): DocumentLink[] =>
    AstUtils.streamAst(document.parseResult.value)
      .flatMap((node) => {
        if (ast.isImport(node)) {
          const property = node.library === undefined ? 'path' : 'library';
          return link(node, property, importedUri(node, document.uri, library));
        }
        return ast.isDataset(node) || ast.isWeights(node) ? link(node, 'file', fileOf(node, document)) : [];
      })
      .toArray(),
});

const fileOf = ({ file }: ast.Dataset | ast.Weights, document: LangiumDocument): URI | undefined =>
  file ? resolvePath(document.uri, file) : undefined;

function link(node: AstNode, property: string, target: URI | undefined): readonly DocumentLink[] {
  const place = GrammarUtils.findNodeForProperty(node.$cstNode, property);
  return place && target ? [{ range: place.range, target: target.toString() }] : [];
}
