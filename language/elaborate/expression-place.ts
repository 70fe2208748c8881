import type { Expression } from '@memloom/sim-core';
import { AstUtils } from 'langium';
import type { Place } from '../diagnostics/report.ts';
import type * as ast from '../generated/ast.ts';

/** The expression's own characters where they lie within the equation; what a function expands to reports at the equation. */
export function expressionPlace(expression: Expression, node: ast.Equation): Place {
  const range = rangeWithin(expression, node);
  return range ? { node, from: range.from, to: range.to } : { node, property: 'value' };
}

/** Longest expression that a message repeats. */
const longestText = 40;

/** The expression as written, in double quotes, for messages. */
export function expressionText(expression: Expression, node: ast.Equation): string {
  if (expression.op === 'reference') return `"${expression.name}${expression.next ? "'" : ''}"`;
  const range = rangeWithin(expression, node);
  const text = range && node.$cstNode?.text.slice(range.from, range.to).replace(/\s+/g, ' ');
  return text && text.length <= longestText ? `"${text}"` : 'the other operand';
}

/** Characters of the expression counted from the beginning of the equation. */
function rangeWithin(
  { origin }: Expression,
  node: ast.Equation,
): { readonly from: number; readonly to: number } | undefined {
  const cst = node.$cstNode;
  const { textDocument, uri } = AstUtils.getDocument(node);
  if (!cst || !origin || origin.file !== uri.toString()) return undefined;
  const from = textDocument.offsetAt(origin.start) - cst.offset;
  const to = textDocument.offsetAt(origin.end) - cst.offset;
  return from >= 0 && to <= cst.length ? { from, to } : undefined;
}
