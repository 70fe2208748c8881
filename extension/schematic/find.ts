import type { Origin, Position } from '@memloom/sim-core';
import type { Box } from './box.ts';

/** A box and all within it. */
export function everyBox(box: Box): readonly Box[] {
  return [box, ...(box.content?.boxes ?? []).flatMap(everyBox)];
}

/** Ids of the boxes that a position in a text is about: those whose text around it is the shortest. */
export function boxesAt(box: Box, file: string, position: Position): readonly string[] {
  const found = everyBox(box).flatMap(({ id, origins }) =>
    origins
      .filter((origin) => contains(origin, file, position))
      .map((origin) => ({ id, length: lengthOf(origin) })),
  );
  const shortest = Math.min(...found.map(({ length }) => length));
  return [...new Set(found.filter(({ length }) => length === shortest).map(({ id }) => id))];
}

const contains = ({ file: own, start, end }: Origin, file: string, position: Position): boolean =>
  own === file && isBefore(start, position) && isBefore(position, end);

const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character <= b.character);

/** Lines count more than characters of a line ever do. */
const lengthOf = ({ start, end }: Origin): number =>
  (end.line - start.line) * 1e4 + end.character - start.character;

/** Boxes that are open at first: the network, and its cells where that gives no crowd. */
export function openAtFirst(box: Box): readonly string[] {
  const cells = (box.content?.boxes ?? []).filter(({ kind }) => kind === 'cell');
  const crowd = cells.reduce((count, cell) => count + (cell.content?.boxes.length ?? 0), 0) > 40;
  return [box.id, ...(crowd ? [] : cells.map(({ id }) => id))];
}
