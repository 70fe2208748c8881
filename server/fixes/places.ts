import { ast } from '@memloom/language';
import { type AstNode, type CstNode, CstUtils, type LangiumDocument } from 'langium';
import type { Position, Range, TextEdit } from 'vscode-languageserver-protocol';

/** Takes a node out of a text: with its line, where it has one to itself, otherwise with the blanks before it. */
export function remove(node: AstNode | CstNode | undefined, document: LangiumDocument): readonly TextEdit[] {
  const cst = node && ('$type' in node ? node.$cstNode : node);
  if (!cst) return [];
  const text = document.textDocument.getText();
  const lineStart = text.lastIndexOf('\n', cst.offset - 1) + 1;
  const lineEnd = endOfLine(text, cst.end);
  const before = text.slice(lineStart, cst.offset);
  const behind = text.slice(cst.end, lineEnd);
  if (before.trim() === '' && /^\s*([,;]\s*)?(\/\/.*)?$/.test(behind))
    return [edit(document, lineStart, Math.min(text.length, lineEnd + 1), '')];
  const blanks = before.length - before.trimEnd().length;
  const separator = /^[ \t]*[,;]/.exec(text.slice(cst.end))?.[0].length ?? 0;
  return [edit(document, cst.offset - Math.min(blanks, cst.offset), cst.end + separator, '')];
}

/** Takes an argument out of a list, with the comma before it or, for the first, behind it. */
export function removeFromList(node: AstNode | undefined, document: LangiumDocument): readonly TextEdit[] {
  const cst = node?.$cstNode;
  if (!cst) return [];
  const text = document.textDocument.getText();
  const before = /,\s*$/.exec(text.slice(0, cst.offset))?.[0].length ?? 0;
  const behind = before > 0 ? 0 : (/^\s*,\s*/.exec(text.slice(cst.end))?.[0].length ?? 0);
  return [edit(document, cst.offset - before, cst.end + behind, '')];
}

/** Adds an item at the end of the braces of a declaration or body; undefined where there are none. */
export function addItem(owner: AstNode, item: string, document: LangiumDocument): TextEdit | undefined {
  const cst = owner.$cstNode;
  const close = cst && lastLeaf(cst, '}');
  if (!cst || !close) return undefined;
  const text = document.textDocument.getText();
  const indent = indentAt(text, cst.offset);
  const before = text.slice(0, close.offset);
  const blanks = before.length - before.trimEnd().length;
  const from = close.offset - blanks;
  const isOneLine = !before.slice(cst.offset).includes('\n');
  const isEmpty = before.trimEnd().endsWith('{');
  if (isOneLine && !isEmpty) return edit(document, from, close.offset, ` ${item} `);
  const lines = item
    .split('\n')
    .map((line) => `\n${indent}  ${line}`)
    .join('');
  return edit(document, from, close.offset, `${lines}\n${indent}`);
}

/** Adds a named argument behind the others of a call; brackets where there are none yet. */
export function addArgument(
  call: AstNode,
  argument: string,
  document: LangiumDocument,
): TextEdit | undefined {
  const cst = call.$cstNode;
  if (!cst) return undefined;
  const close = lastLeaf(cst, ')');
  if (!close) return edit(document, cst.end, cst.end, `(${argument})`);
  const isEmpty = /\(\s*$/.test(document.textDocument.getText().slice(cst.offset, close.offset));
  return edit(document, close.offset, close.offset, isEmpty ? argument : `, ${argument}`);
}

/** Adds an import behind those that are there, otherwise in front of the first declaration. */
export function addImport(what: string, document: LangiumDocument): TextEdit {
  const model = document.parseResult.value;
  const imports = ast.isModel(model) ? model.imports : [];
  const last = imports.at(-1)?.$cstNode;
  if (last) return edit(document, last.end, last.end, `\nimport ${what}`);
  const text = document.textDocument.getText();
  // The comment at the top of a file, if a blank line ends it, is about the file.
  const head = /^(?:[ \t]*\/\/[^\n]*\n)+(?:[ \t]*\n)+/.exec(text)?.[0].length ?? 0;
  return edit(document, head, head, `import ${what}\n\n`);
}

export const edit = (document: LangiumDocument, from: number, to: number, newText: string): TextEdit => ({
  range: rangeOf(document, from, to),
  newText,
});

const rangeOf = ({ textDocument }: LangiumDocument, from: number, to: number): Range => ({
  start: textDocument.positionAt(from),
  end: textDocument.positionAt(to),
});

export const insertAt = (position: Position, newText: string): TextEdit => ({
  range: { start: position, end: position },
  newText,
});

/** Parts of an edit that may be missing, as a proposal's edits; undefined where one is. */
export const allOf = (...edits: readonly (TextEdit | undefined)[]): readonly TextEdit[] | undefined => {
  const found = edits.filter((each) => each !== undefined);
  return found.length === edits.length ? found : undefined;
};

const lastLeaf = (cst: CstNode, text: string): CstNode | undefined =>
  CstUtils.flattenCst(cst)
    .filter((leaf) => leaf.text === text)
    .toArray()
    .at(-1);

const indentAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
