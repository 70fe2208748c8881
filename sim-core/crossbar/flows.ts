import type { Network } from './network.ts';

/** Sums and sizes of the currents through the cells from word line to bit line, in ampere. */
export interface Flows {
  /** Sums along the lines. */
  readonly ofWord: Float64Array;
  readonly ofBit: Float64Array;
  /** Largest magnitude in each line. */
  readonly cellsOfWord: Float64Array;
  readonly cellsOfBit: Float64Array;
  /** The same for word lines, their sums included. */
  readonly largestOfWord: Float64Array;
  /** What the word lines' voltages would at most drive through a cell of each line into ground: the scale of rounding. */
  readonly grossOfWord: Float64Array;
  readonly grossOfBit: Float64Array;
  /** How far Kirchhoff's current law is from holding, at most, at each word line's nodes. */
  readonly imbalanceOfWord: Float64Array;
  /** Largest magnitude of all cells' and lines' currents. */
  readonly largest: number;
  readonly gross: number;
  readonly imbalance: number;
}

/** Of the state after `update(1)`. */
export const tallyFlows = ({ workspace: { memory, layout, sweeps } }: Network): Flows => {
  sweeps.tally();
  const byRow = (start: number) => memory.slice(start, start + layout.rows);
  const byColumn = (start: number) => memory.slice(start, start + layout.columns);
  const ofWord = byRow(layout.wordSum);
  const ofBit = byColumn(layout.bitSum);
  const cellsOfWord = byRow(layout.wordLargest);
  const largestOfWord = cellsOfWord.map((most, row) => Math.max(most, Math.abs(ofWord[row])));
  const grossOfWord = byRow(layout.wordStart);
  const imbalanceOfWord = byRow(layout.wordEnd);
  return {
    ofWord,
    ofBit,
    cellsOfWord,
    cellsOfBit: byColumn(layout.bitCarry),
    largestOfWord,
    grossOfWord,
    grossOfBit: byColumn(layout.bitGross),
    imbalanceOfWord,
    largest: Math.max(largestOf(largestOfWord), largestOf(ofBit)),
    gross: largestOf(grossOfWord),
    imbalance: largestOf(imbalanceOfWord),
  };
};

const largestOf = (values: Float64Array): number =>
  values.reduce((most, i) => Math.max(most, Math.abs(i)), 0);
