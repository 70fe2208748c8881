import {
  type AstNode,
  AstUtils,
  CstUtils,
  GrammarAST,
  isLeafCstNode,
  type LangiumDocument,
  type LeafCstNode,
} from 'langium';
import * as ast from '../generated/ast.ts';

/** One token or comment of a text, with what the layout needs to know of it. */
export interface Piece {
  readonly text: string;
  readonly offset: number;
  readonly end: number;
  readonly kind: 'word' | 'keyword' | 'value' | 'mark' | 'lineComment' | 'blockComment';
  /** Begins a declaration, statement, property or other item that stands on a line of its own. */
  readonly startsItem: boolean;
  /** A minus sign in front of its operand. */
  readonly unary: boolean;
  /** Inside the annotation of a unit, where nothing is spaced. */
  readonly inUnit: boolean;
  /** Stands between items, where it may be left out. */
  readonly separator: boolean;
  /** Line breaks between this piece and the one before. */
  readonly breaks: number;
}

/** The pieces of a text without syntax errors, in order. */
export function piecesOf(document: LangiumDocument): readonly Piece[] {
  const root = document.parseResult.value.$cstNode;
  if (!root) return [];
  const source = document.textDocument.getText();
  const items = itemOffsets(document.parseResult.value);
  let before = 0;
  const pieces: Piece[] = [];
  for (const leaf of CstUtils.streamCst(root)) {
    if (!isLeafCstNode(leaf)) continue;
    const { tokenType } = leaf;
    pieces.push({
      text: standardText(leaf.text, tokenType.name),
      offset: leaf.offset,
      end: leaf.end,
      kind: kindOf(tokenType.name, leaf.text, isKeyword(leaf)),
      startsItem: !leaf.hidden && items.has(leaf.offset),
      unary: leaf.text === '-' && ast.isNegation(leaf.astNode),
      inUnit: isInUnit(leaf),
      separator: (leaf.text === ',' || leaf.text === ';') && isBetweenItems(leaf),
      breaks: source.slice(before, leaf.offset).split('\n').length - 1,
    });
    before = leaf.end;
  }
  return pieces;
}

/** What is probed is written like a function of a signal. */
const isKeyword = ({ grammarSource, astNode }: LeafCstNode): boolean =>
  GrammarAST.isKeyword(grammarSource) && !ast.isProbedQuantity(astNode);

/** Numbers stand apart from their units: `10kOhm` becomes `10 kOhm`. */
function standardText(text: string, token: string): string {
  if (token === 'QUANTITY') return text.replace(/^([0-9.]+(?:[eE][+-]?[0-9]+)?)[ \t]*/, '$1 ');
  if (token === 'TIMES') return text.replace(/x[ \t]+/, 'x ');
  if (token === 'SIZE') return text.replace(/[ \t]*x[ \t]*/, ' x ');
  return text.trimEnd();
}

function kindOf(token: string, text: string, keyword: boolean): Piece['kind'] {
  if (token === 'LINE_COMMENT') return 'lineComment';
  if (token === 'BLOCK_COMMENT') return 'blockComment';
  if (token === 'ID') return 'word';
  if (token === 'TIMES') return 'value';
  if (/^[A-Za-z]/.test(text)) return keyword ? 'keyword' : 'word';
  return token === 'NUMBER' || token === 'QUANTITY' || token === 'SIZE' || token === 'STRING'
    ? 'value'
    : 'mark';
}

/** Where items begin: whatever stands directly in a file or between braces. */
function itemOffsets(model: AstNode): ReadonlySet<number> {
  const offsets = new Set<number>();
  for (const node of AstUtils.streamAst(model)) {
    if (node.$cstNode && isItem(node)) offsets.add(node.$cstNode.offset);
    // Hardware of a network is a reference behind a keyword, not a node of its own.
    if (ast.isNetwork(node))
      for (const hardware of node.hardware) addKeywordBefore(hardware.$refNode, offsets);
    if (ast.isEquationDevice(node))
      for (const array of node.arrays) addKeywordBefore(array.$cstNode, offsets);
  }
  return offsets;
}

function addKeywordBefore(node: ast.Model['$cstNode'], offsets: Set<number>): void {
  const keyword = node && CstUtils.getPreviousNode(node, false);
  if (keyword) offsets.add(keyword.offset);
}

const isItem = (node: AstNode): boolean =>
  ast.isImport(node) ||
  ast.isDeclaration(node) ||
  ast.isStatement(node) ||
  ast.isStimulus(node) ||
  ast.isVariation(node) ||
  ast.isInitialState(node) ||
  ast.isProperty(node) ||
  ast.isEquation(node) ||
  ast.isState(node) ||
  ast.isLayer(node) ||
  ast.isBinding(node) ||
  ast.isShare(node) ||
  ast.isProbe(node) ||
  ast.isCircuitProbe(node) ||
  ast.isParameterSet(node) ||
  (ast.isParameter(node) && !ast.isFunctionDeclaration(node.$container));

/** Whether a leaf stems from the rule of units. */
function isInUnit(leaf: LeafCstNode): boolean {
  const rule = AstUtils.getContainerOfType(leaf.grammarSource, GrammarAST.isParserRule);
  return rule?.name === 'Unit' || rule?.name === 'UnitFactor';
}

/** Whether a comma or semicolon is the optional one between items rather than one of a list. */
function isBetweenItems(leaf: LeafCstNode): boolean {
  const source = leaf.grammarSource;
  return source !== undefined && GrammarAST.isAlternatives(source.$container);
}
