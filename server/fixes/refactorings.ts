import { ast, cellChain } from '@memloom/language';
import { AstUtils, CstUtils, type LangiumDocument } from 'langium';
import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver-protocol';
import { addArgument, edit, remove } from './places.ts';

/** What can be changed at a place without changing what the text means, or on purpose. */
export function refactorings(document: LangiumDocument, range: Range): readonly CodeAction[] {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeBeforeOffset(root, document.textDocument.offsetAt(range.start));
  if (!leaf) return [];
  const call = AstUtils.getContainerOfType(leaf.astNode, ast.isCall);
  const equation = AstUtils.getContainerOfType(leaf.astNode, ast.isEquation);
  return [
    ...(call ? addBias(call, document) : []),
    ...(equation ? extractVariant(equation, document) : []),
    ...(equation ? inlineInherited(equation, document) : []),
  ];
}

/** A product without the operand 1 has no bias: the crossbar has no row that is always driven. */
function addBias(call: ast.Call, document: LangiumDocument): readonly CodeAction[] {
  const hasBias = call.arguments.some(({ value }) => ast.isNumberLiteral(value) && value.value === 1);
  if (call.function.$refText !== 'vmm' || hasBias || call.arguments.length === 0) return [];
  const added = addArgument(call, '1', document);
  return added ? [action('Add the bias operand 1', CodeActionKind.RefactorRewrite, [added], document)] : [];
}

/** Takes an equation of a cell into a variant of its own, to be changed there. */
function extractVariant(equation: ast.Equation, document: LangiumDocument): readonly CodeAction[] {
  const cell = equation.$container;
  const end = cell.$cstNode?.end;
  if (!ast.isCell(cell) || !cell.name || end === undefined || !equation.$cstNode) return [];
  const variant = `\n\ncell ${cell.name}Variant extends ${cell.name} {\n  ${equation.$cstNode.text}\n}`;
  const title = `Extract a variant of ${cell.name} with its own "${equation.name}"`;
  return [action(title, CodeActionKind.RefactorExtract, [edit(document, end, end, variant)], document)];
}

/** Drops an override that says what the cell it extends says already. */
function inlineInherited(equation: ast.Equation, document: LangiumDocument): readonly CodeAction[] {
  const cell = equation.$container;
  if (!ast.isCell(cell) || !cell.base) return [];
  const base = cellChain(cell)
    .slice(1)
    .flatMap((link) => link.equations)
    .find(({ name, next }) => name === equation.name && next === equation.next);
  const from = base?.value?.$cstNode?.text;
  const value = equation.value?.$cstNode;
  if (from === undefined || !value) return [];
  const title = `Return to the equation of ${cell.base.$refText}`;
  return [action(title, CodeActionKind.RefactorRewrite, remove(equation, document), document)];
}

const action = (
  title: string,
  kind: CodeActionKind,
  edits: readonly TextEdit[],
  document: LangiumDocument,
): CodeAction => ({ title, kind, edit: { changes: { [document.textDocument.uri]: [...edits] } } });
