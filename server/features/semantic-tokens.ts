import { ast, splitQuantity } from '@memloom/language';
import { type AstNode, GrammarUtils } from 'langium';
import { AbstractSemanticTokenProvider, type SemanticTokenAcceptor } from 'langium/lsp';
import { SemanticTokenModifiers, SemanticTokenTypes } from 'vscode-languageserver-protocol';

const { declaration, modification, defaultLibrary } = SemanticTokenModifiers;

/** References by the kind of node that makes them: the property, and what to colour it as. */
const references: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ast.DerivedDevice.$type]: { base: SemanticTokenTypes.class, set: SemanticTokenTypes.enumMember },
  [ast.Crossbar.$type]: { base: SemanticTokenTypes.class },
  [ast.Cell.$type]: { base: SemanticTokenTypes.class },
  [ast.Hardware.$type]: { base: SemanticTokenTypes.class },
  [ast.Network.$type]: { hardware: SemanticTokenTypes.class },
  [ast.NetworkUse.$type]: { network: SemanticTokenTypes.class },
  [ast.DataUse.$type]: { dataset: SemanticTokenTypes.class },
  [ast.Characterize.$type]: { device: SemanticTokenTypes.struct },
  [ast.Solve.$type]: { crossbar: SemanticTokenTypes.class },
  [ast.Variation.$type]: { parameter: SemanticTokenTypes.property },
  [ast.Train.$type]: { hardware: SemanticTokenTypes.class },
  [ast.Infer.$type]: { hardware: SemanticTokenTypes.class },
  [ast.Transient.$type]: { hardware: SemanticTokenTypes.class },
  [ast.Binding.$type]: { role: SemanticTokenTypes.function, target: SemanticTokenTypes.class },
  [ast.Sweep.$type]: { owner: SemanticTokenTypes.class, parameter: SemanticTokenTypes.property },
  [ast.Signal.$type]: { layer: SemanticTokenTypes.variable, member: SemanticTokenTypes.variable },
  [ast.Property.$type]: { parameter: SemanticTokenTypes.property },
  [ast.Argument.$type]: { parameter: SemanticTokenTypes.property },
};

/** Colours of names by what they refer to; what the TextMate grammar cannot know. */
export class LoomSemanticTokenProvider extends AbstractSemanticTokenProvider {
  protected override highlightElement(node: AstNode, accept: SemanticTokenAcceptor): void {
    for (const [property, type] of Object.entries(references[node.$type] ?? {}))
      highlightReferences(node, property, type, accept);
    if (ast.isQuantity(node)) highlightUnit(node, accept);
    else if (ast.isName(node)) highlightName(node, accept);
    else if (ast.isCall(node)) highlightCall(node, accept);
    else if (ast.isEquation(node))
      accept({ node, property: 'name', type: SemanticTokenTypes.variable, modifier: modification });
    else highlightDeclared(node, accept);
  }
}

function highlightReferences(
  node: AstNode,
  property: string,
  type: string,
  accept: SemanticTokenAcceptor,
): void {
  for (const cst of GrammarUtils.findNodesForProperty(node.$cstNode, property)) accept({ cst, type });
}

function highlightName(node: ast.Name, accept: SemanticTokenAcceptor): void {
  const type = typeOf(node.symbol?.ref);
  if (type !== undefined) accept({ node, property: 'symbol', type });
}

/** The unit behind the number of a quantity. */
function highlightUnit({ $cstNode: cst }: ast.Quantity, accept: SemanticTokenAcceptor): void {
  const unit = cst && splitQuantity(cst.text).unit;
  if (!cst || !unit) return;
  const { line, character } = cst.range.end;
  accept({ line, char: character - unit.length, length: unit.length, type: SemanticTokenTypes.type });
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
  if (ast.isDevice(node)) return SemanticTokenTypes.struct;
  if (ast.isDeclaration(node) && !ast.isFunctionDeclaration(node)) return SemanticTokenTypes.class;
  return undefined;
}
