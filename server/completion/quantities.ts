import { ast, parameterFacts, parseUnit, sameDimension, units, unitWords } from '@memloom/language';
import { AstUtils, CstUtils, type LangiumDocument } from 'langium';
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver-protocol';

/** A number, then blanks or the beginning of a unit, up to the cursor. */
const unitPattern = /(?:^|[^\w.])([0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)([ \t]*)([A-Za-zµμΩ%]*)$/;

/** Prefixes in the order in which they are used. */
const prefixOrder = ['', 'k', 'm', 'M', 'u', 'n', 'p', 'G', 'f'];

/** The units that fit behind a number; undefined where the cursor is not behind a number, or no unit is wanted. */
export function unitItems(
  line: string,
  position: Position,
  document: LangiumDocument,
): readonly CompletionItem[] | undefined {
  const match = unitPattern.exec(line);
  if (!match) return undefined;
  const [, , blanks, word] = match;
  const wanted = wantedUnit(line.length - blanks.length - word.length, position.line, document);
  if (wanted === undefined) return undefined;
  const start = { line: position.line, character: position.character - word.length };
  const gap = blanks === '' ? ' ' : '';
  return wordsOf(wanted).map((unit, index) => ({
    label: unit,
    kind: CompletionItemKind.Unit,
    detail: nameOf(unit),
    sortText: `!${String(index).padStart(3, '0')}`,
    filterText: unit,
    textEdit: { range: { start, end: position }, newText: `${gap}${unit}` },
  }));
}

/** The unit of what the number is for, in the words of the language; undefined for plain numbers and where unknown. */
function wantedUnit(character: number, line: number, document: LangiumDocument): string | undefined {
  const root = document.parseResult.value.$cstNode;
  const offset = document.textDocument.offsetAt({ line, character: Math.max(0, character - 1) });
  const node = root && CstUtils.findLeafNodeAtOffset(root, offset)?.astNode;
  if (!node) return undefined;
  if (AstUtils.getContainerOfType(node, ast.isTransient)) return 'steps';
  const train = AstUtils.getContainerOfType(node, ast.isTrain);
  const owner = AstUtils.getContainerOfType(
    node,
    (each) => ast.isProperty(each) || ast.isParameter(each) || ast.isSweep(each) || isNamedArgument(each),
  );
  if (!owner) return train ? 'epochs' : undefined;
  const parameter = ast.isParameter(owner) ? owner : owner.parameter?.ref;
  if (!ast.isParameter(parameter)) return undefined;
  const { unit, kind } = parameterFacts(parameter);
  if (kind === 'spread') return '%';
  if (kind !== 'number' && kind !== 'range') return undefined;
  return unit === '1' ? undefined : unit;
}

const isNamedArgument = (node: unknown): node is ast.Argument =>
  ast.isArgument(node) && node.parameter !== undefined;

function wordsOf(wanted: string): readonly string[] {
  if (wanted === '%') return ['%', ...wordsOf('S')];
  const parsed = parseUnit(wanted);
  if (!parsed.ok) return [];
  const { dimension } = parsed.unit;
  const simple = unitWords.filter((word) => {
    const unit = parseUnit(word);
    return unit.ok && !unit.unit.percent && sameDimension(unit.unit.dimension, dimension);
  });
  if (simple.length === 0) return [wanted];
  const rank = (word: string) => {
    const symbol = units.find((unit) => word.endsWith(unit.symbol))?.symbol ?? '';
    const at = prefixOrder.indexOf(word.slice(0, word.length - symbol.length));
    return (at < 0 ? 99 : at) + (word.startsWith('e') ? 50 : 0);
  };
  return [...simple].sort((a, b) => rank(a) - rank(b));
}

const nameOf = (word: string): string | undefined => units.find(({ symbol }) => word.endsWith(symbol))?.name;
