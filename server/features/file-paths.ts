import { ast, importedUri, type LoomServices, resolvePath } from '@memloom/language';
import { type AstNode, AstUtils, GrammarUtils, type LangiumDocument, type URI } from 'langium';
import type { Range } from 'vscode-languageserver-protocol';

/** A file that a text names: an import, or data and weights. */
export interface FilePath {
  readonly target: URI;
  /** The characters that name it, quotes included. */
  readonly range: Range;
  /** The path as written; undefined for files of the standard library, which have names. */
  readonly path?: string;
}

export const filePaths = (document: LangiumDocument, { library }: LoomServices): readonly FilePath[] =>
  AstUtils.streamAst(document.parseResult.value)
    .flatMap((node): readonly FilePath[] => {
      if (ast.isImport(node)) {
        const property = node.library === undefined ? 'path' : 'library';
        return place(node, property, importedUri(node, document.uri, library), node.path);
      }
      if (ast.isDataset(node) || ast.isWeights(node)) return namedFile(node, 'file', node.file, document);
      if (!ast.isProperty(node) || node.parameter?.$refText !== 'test') return [];
      const value: ast.Expression | undefined = node.values[0];
      return ast.isText(value) ? namedFile(value, 'value', value.value, document) : [];
    })
    .toArray();

const namedFile = (node: AstNode, property: string, path: string | undefined, document: LangiumDocument) =>
  path ? place(node, property, resolvePath(document.uri, path), path) : [];

function place(
  node: AstNode,
  property: string,
  target: URI | undefined,
  path: string | undefined,
): readonly FilePath[] {
  const found = GrammarUtils.findNodeForProperty(node.$cstNode, property);
  return found && target ? [{ target, range: found.range, path }] : [];
}
