import type { Network, Sourced } from './network.ts';

/** Currents through the cells from word line to bit line, in ampere, without any difference of the wires' voltages. */
export interface Flows {
  /** `[rows][columns]`. */
  readonly ofCell: Float64Array;
  /** Sums along the lines. */
  readonly ofWord: Float64Array;
  readonly ofBit: Float64Array;
  /** Largest magnitude in each word line, its sum included. */
  readonly largestOfWord: Float64Array;
  /** What each word line's voltages would at most drive through a cell into ground: the scale of rounding. */
  readonly grossOfWord: Float64Array;
  /** How far Kirchhoff's current law is from holding, at most, at each word line's nodes. */
  readonly imbalanceOfWord: Float64Array;
  readonly largestOfCell: number;
  /** Largest magnitude of all cells' and lines' currents. */
  readonly largest: number;
  readonly gross: number;
  readonly imbalance: number;
}

/** Reads the state after a sweep that left the word lines' voltages in `direction`. */
export const cellFlows = ({ workspace, words, bits }: Network, { injected }: Sourced): Flows => {
  const { memory, layout } = workspace;
  const { at } = layout;
  const { ofLine, ofNode } = words.places;
  const [rows, columns] = [words.lines, bits.lines];
  const ofCell = new Float64Array(rows * columns);
  const ofWord = new Float64Array(rows);
  const ofBit = new Float64Array(columns);
  const largestOfWord = new Float64Array(rows);
  const grossOfWord = new Float64Array(rows);
  const imbalanceOfWord = new Float64Array(rows);
  let largestOfCell = 0;
  for (let row = 0, cell = 0; row < rows; row++) {
    let sum = 0;
    let largest = 0;
    let gross = 0;
    let imbalance = 0;
    for (let column = 0; column < columns; column++, cell++) {
      const place = ofLine[row] + ofNode[column];
      // What comes back, as the bit lines' present voltages give it: D·B⁻¹·D·v.
      const residual = memory[at.residual + place];
      const back = memory[at.injection + place] + residual;
      const drawn = memory[at.conductance + place] * memory[at.direction + place];
      const current = drawn - (injected ? back + injected[cell] : back);
      ofCell[cell] = current;
      sum += current;
      ofBit[column] += current;
      largest = Math.max(largest, Math.abs(current));
      gross = Math.max(gross, Math.abs(drawn));
      imbalance = Math.max(imbalance, Math.abs(residual));
    }
    ofWord[row] = sum;
    largestOfCell = Math.max(largestOfCell, largest);
    largestOfWord[row] = Math.max(largest, Math.abs(sum));
    grossOfWord[row] = gross;
    imbalanceOfWord[row] = imbalance;
  }
  return {
    ofCell,
    ofWord,
    ofBit,
    largestOfWord,
    grossOfWord,
    imbalanceOfWord,
    largestOfCell,
    largest: Math.max(largestOf(largestOfWord), largestOf(ofBit)),
    gross: largestOf(grossOfWord),
    imbalance: largestOf(imbalanceOfWord),
  };
};

const largestOf = (values: Float64Array): number =>
  values.reduce((most, i) => Math.max(most, Math.abs(i)), 0);
