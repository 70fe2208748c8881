import type { Piece } from './pieces.ts';

const closers: ReadonlySet<string> = new Set([')', ']', ',', ';', ':', "'", '?', '...', '.']);
const openers: ReadonlySet<string> = new Set(['(', '[', '.', '^']);

/** The white space between two pieces on one line. */
export function spaceBetween(left: Piece, right: Piece): '' | ' ' {
  if (left.inUnit && right.inUnit) return '';
  if (right.kind === 'mark' && (closers.has(right.text) || right.text === '^')) return '';
  if (left.kind === 'mark' && openers.has(left.text)) return '';
  if (left.unary) return '';
  // A bracket belongs to the name before it; behind a keyword or an operator it only groups.
  if (right.kind === 'mark' && right.text === '(') return left.kind === 'word' ? '' : ' ';
  return ' ';
}
