import { ast } from '@memloom/language';
import { type AstNode, AstUtils, type LangiumDocument } from 'langium';
import { DefaultDocumentSymbolProvider } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver-protocol';
import { kindOf } from './node-kinds.ts';

/** The outline: declarations, and within them their ports, states, equations, layers and parameters. */
export class LoomDocumentSymbolProvider extends DefaultDocumentSymbolProvider {
  protected override getSymbol(document: LangiumDocument, node: AstNode): DocumentSymbol[] {
    if (ast.isDimension(node) || ast.isWord(node)) return [];
    const symbols = super.getSymbol(document, node);
    return symbols.map((symbol) => (isDeclaration(node) ? { ...symbol, detail: kindOf(node).noun } : symbol));
  }
}

const isDeclaration = (node: AstNode) =>
  node.$container !== undefined && node.$container === AstUtils.findRootNode(node);
