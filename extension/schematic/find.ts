import type { Origin, Position } from '@memloom/sim-core';
import type { Box } from './box.ts';

/** A box and all within it. */
export function everyBox(box: Box): readonly Box[] {
  return [box, ...(box.content?.boxes ?? []).flatMap(everyBox)];
}

/**
 * Ids of the boxes that a position in a text is about: those whose text around it is the shortest. Before the text of a
 * layer stands its name, which is about what follows on the line rather than about all that is around.
 */
export function boxesAt(box: Box, file: string, position: Position): readonly string[] {
  const known = everyBox(box).flatMap(({ id, origins }) => origins.map((origin) => ({ id, origin })));
  const around = known.filter(({ origin }) => contains(origin, file, position));
  const behind = known.filter(
    ({ origin: { file: own, start } }) =>
      own === file && start.line === position.line && isBefore(position, start),
  );
  const shortest = Math.min(...around.map(({ origin }) => lengthOf(origin)));
  const longest = Math.max(...behind.map(({ origin }) => lengthOf(origin)));
  const found =
    shortest >= line && behind.length > 0
      ? behind.filter(({ origin }) => lengthOf(origin) === longest)
      : around.filter(({ origin }) => lengthOf(origin) === shortest);
  return [...new Set(found.map(({ id }) => id))];
}

const contains = ({ file: own, start, end }: Origin, file: string, position: Position): boolean =>
  own === file && isBefore(start, position) && isBefore(position, end);

const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character <= b.character);

/** A line counts more than the characters of one ever do. */
const line = 1e4;
const lengthOf = ({ start, end }: Origin): number =>
  (end.line - start.line) * line + end.character - start.character;

/** Boxes that are open at first: the network, and its cells where that gives no crowd. */
export function openAtFirst(box: Box): readonly string[] {
  const cells = (box.content?.boxes ?? []).filter(({ kind }) => kind === 'cell');
  const crowd = cells.reduce((count, cell) => count + (cell.content?.boxes.length ?? 0), 0) > 40;
  return [box.id, ...(crowd ? [] : cells.map(({ id }) => id))];
}
