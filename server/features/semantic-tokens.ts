import { ast } from '@memloom/language';
import type { AstNode } from 'langium';
import { AbstractSemanticTokenProvider, type SemanticTokenAcceptor } from 'langium/lsp';
import { SemanticTokenModifiers, SemanticTokenTypes } from 'vscode-languageserver-protocol';

const { declaration, modification, defaultLibrary } = SemanticTokenModifiers;

/** Colours of names by what they refer to; what the TextMate grammar cannot know. */
export class LoomSemanticTokenProvider extends AbstractSemanticTokenProvider {
  protected override highlightElement(node: AstNode, accept: SemanticTokenAcceptor): void {
    if (ast.isName(node)) highlightName(node, accept);
    else if (ast.isCall(node)) highlightCall(node, accept);
    else if (ast.isEquation(node))
      accept({ node, property: 'name', type: SemanticTokenTypes.variable, modifier: modification });
    else if (ast.isProperty(node) || ast.isArgument(node)) {
      if (node.parameter) accept({ node, property: 'parameter', type: SemanticTokenTypes.property });
    } else if (ast.isBinding(node)) accept({ node, property: 'role', type: SemanticTokenTypes.function });
    else highlightDeclared(node, accept);
  }
}

function highlightName(node: ast.Name, accept: SemanticTokenAcceptor): void {
  const type = typeOf(node.symbol?.ref);
  if (type !== undefined) accept({ node, property: 'symbol', type });
}

function highlightCall(node: ast.Call, accept: SemanticTokenAcceptor): void {
  const callee = node.function?.ref;
  if (ast.isCell(callee)) accept({ node, property: 'function', type: SemanticTokenTypes.class });
  if (ast.isFunctionDeclaration(callee))
    accept({ node, property: 'function', type: SemanticTokenTypes.function, modifier: defaultLibrary });
}

function highlightDeclared(node: AstNode, accept: SemanticTokenAcceptor): void {
  const type = typeOf(node);
  if (type !== undefined && 'name' in node && typeof node.name === 'string')
    accept({ node: node as AstNode & { name: string }, property: 'name', type, modifier: declaration });
}

function typeOf(node: AstNode | undefined): string | undefined {
  if (ast.isPort(node)) return SemanticTokenTypes.parameter;
  if (ast.isParameter(node)) return SemanticTokenTypes.property;
  if (ast.isStateVariable(node) || ast.isEquation(node) || ast.isLayer(node))
    return SemanticTokenTypes.variable;
  if (ast.isDimension(node)) return SemanticTokenTypes.typeParameter;
  if (ast.isWord(node)) return SemanticTokenTypes.enumMember;
  if (ast.isDevice(node)) return SemanticTokenTypes.class;
  return undefined;
}
