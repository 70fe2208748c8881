import type { Piece } from './pieces.ts';
import { spaceBetween } from './spacing.ts';

/** A piece as it shall stand: white space in front of it, and its text (empty where it is left out). */
export interface Placed {
  readonly piece: Piece;
  readonly gap: string;
  readonly text: string;
}

const indentation = '  ';
const widest = 110;

/**
 * The standard layout: two spaces to each level, one item to a line, at most one empty line between items, line breaks
 * inside an item as the author set them. A body written on one line stays there while the line is not too long.
 */
export function layOut(pieces: readonly Piece[]): readonly Placed[] {
  const inline = inlineBodies(pieces);
  for (;;) {
    const placed = place(pieces, inline);
    const tooLong = bodyOnLongLine(placed, inline);
    if (tooLong === undefined) return placed;
    inline.delete(tooLong);
  }
}

/** Opening braces of bodies that are written on one line, with the index of their closing braces. */
function inlineBodies(pieces: readonly Piece[]): Map<number, number> {
  const bodies = new Map<number, number>();
  const open: { index: number; broken: boolean }[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.breaks > 0 || piece.text.includes('\n')) for (const body of open) body.broken = true;
    if (piece.kind !== 'mark') continue;
    if (piece.text === '{') open.push({ index, broken: false });
    if (piece.text === '}') {
      const body = open.pop();
      if (body && !body.broken) bodies.set(body.index, index);
    }
  }
  return bodies;
}

interface Position {
  /** Nested bodies that have lines of their own. */
  level: number;
  /** Open round and square brackets within the item. */
  brackets: number;
  /** Whether each open body is on one line. */
  readonly bodies: boolean[];
}

function place(pieces: readonly Piece[], inline: ReadonlyMap<number, number>): readonly Placed[] {
  const position: Position = { level: 0, brackets: 0, bodies: [] };
  const placed: Placed[] = [];
  let previous: Piece | undefined;
  let beforePrevious: Piece | undefined;
  for (const [index, piece] of pieces.entries()) {
    const onOneLine = position.bodies.at(-1) ?? false;
    const closes = piece.kind === 'mark' && piece.text === '}';
    if (piece.separator && !onOneLine) {
      placed.push({ piece, gap: '', text: '' });
      continue;
    }
    if (closes && !onOneLine) position.level--;
    if (piece.kind === 'mark' && (piece.text === ')' || piece.text === ']'))
      position.brackets = Math.max(0, position.brackets - 1);
    placed.push({ piece, gap: gapBefore(piece, previous, beforePrevious, position), text: piece.text });
    if (closes) position.bodies.pop();
    if (piece.kind === 'mark' && (piece.text === '(' || piece.text === '[')) position.brackets++;
    if (piece.kind === 'mark' && piece.text === '{') {
      const isInline = inline.has(index);
      position.bodies.push(isInline);
      if (!isInline) position.level++;
      position.brackets = 0;
    }
    beforePrevious = previous;
    previous = piece;
  }
  return placed;
}

function gapBefore(
  piece: Piece,
  previous: Piece | undefined,
  beforePrevious: Piece | undefined,
  position: Position,
): string {
  if (!previous) return '';
  const onOneLine = position.bodies.at(-1) ?? false;
  const isComment = piece.kind === 'lineComment' || piece.kind === 'blockComment';
  const closes = piece.kind === 'mark' && piece.text === '}';
  const opened = previous.kind === 'mark' && previous.text === '{';
  if (opened && closes) return '';
  if (piece.startsItem) position.brackets = 0;
  const leadsItem =
    previous.kind === 'blockComment' &&
    piece.breaks === 0 &&
    (beforePrevious === undefined || previous.breaks > 0);
  const mustBreak =
    previous.kind === 'lineComment' ||
    (!onOneLine && ((piece.startsItem && !leadsItem) || closes || (opened && !isComment)));
  if (!mustBreak && piece.breaks === 0) {
    if (isComment) return piece.kind === 'lineComment' ? '  ' : ' ';
    return spaceBetween(previous, piece);
  }
  const blank = piece.breaks > 1 && !opened && !closes ? '\n' : '';
  return `${blank}\n${indentation.repeat(levelOf(piece, previous, isComment, closes, position))}`;
}

/** Continuations stand deeper than the item that they continue. */
function levelOf(
  piece: Piece,
  previous: Piece,
  isComment: boolean,
  closes: boolean,
  position: Position,
): number {
  const { level, brackets } = position;
  if (piece.startsItem || closes) return level;
  if (brackets > 0) return level + brackets;
  const closesBracket = piece.kind === 'mark' && (piece.text === ')' || piece.text === ']');
  if (isComment || closesBracket || (piece.kind === 'mark' && piece.text === '{')) return level;
  const continues = previous.kind !== 'lineComment' || position.bodies.length > 0;
  return level + (continues ? 1 : 0);
}

/** The first one-line body on a line that is too long. */
function bodyOnLongLine(placed: readonly Placed[], inline: ReadonlyMap<number, number>): number | undefined {
  let width = 0;
  let body: number | undefined;
  for (const [index, { gap, text, piece }] of placed.entries()) {
    const lines = `${gap}${text}`.split('\n');
    if (lines.length > 1) {
      width = 0;
      body = undefined;
    }
    width += lines[lines.length - 1].length;
    if (inline.has(index)) body ??= index;
    if (width > widest && body !== undefined && piece.kind !== 'lineComment') return body;
  }
  return undefined;
}
