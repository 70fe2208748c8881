import type { Problem } from '../design/problem.ts';

/**
 * A resistive crossbar with its wires: word lines run along rows, bit lines along columns, and a cell joins the two at
 * each crossing. Row 0 is at the top, column 0 at the left.
 *
 * Every line is a chain of `nodes + 1` wire segments: segment 0 lies between the line's first terminal (left, top) and
 * its first cell, segment k between cells k − 1 and k, and the last one between the last cell and the second terminal.
 */
export interface CrossbarCircuit {
  /** What messages call it, where there is more than one: `Crossbar "Gates"`. */
  readonly name?: string;
  /** Number of word lines. */
  readonly rows: number;
  /** Number of bit lines. */
  readonly columns: number;
  /** Conductance of the cells in siemens, `[rows][columns]`; zero where there is no device. */
  readonly conductance: Float64Array;
  /** Resistance in ohm of each word line segment: one for all, or `[rows][columns + 1]`. Zero is an ideal wire. */
  readonly wordWire: Wire;
  /** Resistance in ohm of each bit line segment: one for all, or `[columns][rows + 1]`. Zero is an ideal wire. */
  readonly bitWire: Wire;
  readonly wordLeft: Terminal;
  readonly wordRight: Terminal;
  readonly bitTop: Terminal;
  readonly bitBottom: Terminal;
}

export type Wire = number | Float64Array;

/**
 * Resistance in ohm between an end of each line and the source there: one for all lines, or one per line. Zero is an
 * ideal source or a virtual ground, `Infinity` leaves the end floating. A read-out that loads the line with a
 * conductance G_L is the resistance 1/G_L.
 */
export type Terminal = number | Float64Array;

/** The four places where lines meet the periphery. */
export type LineEnd = 'wordLeft' | 'wordRight' | 'bitTop' | 'bitBottom';

export const lineEnds: readonly LineEnd[] = ['wordLeft', 'wordRight', 'bitTop', 'bitBottom'];

/** Voltages in volt of the sources behind the terminals, one per line. What is left out is at ground. */
export type Drives = { readonly [end in LineEnd]?: Float64Array };

export const isWordEnd = (end: LineEnd): boolean => end === 'wordLeft' || end === 'wordRight';

export const endCount = (circuit: CrossbarCircuit, end: LineEnd): number =>
  isWordEnd(end) ? circuit.rows : circuit.columns;

export const terminalResistance = (terminal: Terminal, line: number): number =>
  typeof terminal === 'number' ? terminal : terminal[line];

/** Says of problems which array has them. */
export const inArray = (
  { name }: Pick<CrossbarCircuit, 'name'>,
  problems: readonly Problem[],
): readonly Problem[] =>
  name === undefined
    ? problems
    : problems.map((problem) => ({ ...problem, message: `${name}: ${problem.message}` }));

/** How messages call a line and its end, counted from zero like the arrays. */
export const endName = (end: LineEnd, line: number): string => {
  const side = { wordLeft: 'left', wordRight: 'right', bitTop: 'top', bitBottom: 'bottom' }[end];
  return `the ${side} end of ${isWordEnd(end) ? 'word' : 'bit'} line ${line}`;
};
