import { type Outcome, success } from '../design/problem.ts';
import { segment } from './chains.ts';
import { type CrossbarCircuit, type Drives, terminalResistance } from './circuit.ts';
import { endCurrents } from './ends.ts';
import { type Excitation, layNetwork } from './network.ts';
import { effortOf } from './solve.ts';
import { findState } from './state.ts';

/**
 * What a linear array does to the voltages of its word lines as they are read at the feet of its bit lines, all
 * voltages and currents exact.
 */
export interface ReadTransfer {
  /**
   * Current per volt at a word line, in siemens, `[columns][rows]`. Of columns that are read as voltages, the output
   * voltage per volt times the column's conductance: with ideal wires both are the conductances of the devices.
   */
  readonly conductance: Float64Array;
  /** Conductance in siemens that each read-out sees, a load included. */
  readonly columnConductance: Float64Array;
  /** Where it was asked for. */
  readonly noise: CellTransfer | undefined;
}

/**
 * How the read noise of each cell comes out, `[rows][columns]`: a change δ of its conductance moves the output y of its
 * column by `δ·reach·(drive·v − output·y)`, v being the voltage of its word line.
 *
 * `reach` is exact: by Tellegen's theorem, what a current beside a cell does at the output is the voltage across the
 * cell when the output is driven. The voltage across a cell is its word line's part, less that of the bit line, which
 * all word lines together lift. Of the bit line's voltage, `output·y` is the best multiple of the output for word line
 * voltages that know nothing of each other; `drive` is exact for the own word line. What is left out is how other word
 * lines move the cell otherwise than by the output, and the noise of cells of other columns that comes over word lines.
 */
export interface CellTransfer {
  readonly drive: Float64Array;
  readonly output: Float64Array;
  readonly reach: Float64Array;
}

/**
 * Reads every column by itself: with one volt at its foot, or one ampere into it, each answers for all word lines at
 * once, by reciprocity. The noise takes one more solution for each word line that is driven.
 *
 * @param quantity currents out of the bottom terminals, or voltages at them. A column without any device, whose
 * terminal floats, has the voltage zero.
 * @param driven whether a word line is driven when a column is read, `[columns][rows]`; asks for the noise.
 *
 * Problem `crossbar.unsolved` as of `solveCrossbar`; the circuit must be valid.
 */
export function readTransfer(
  circuit: CrossbarCircuit,
  quantity: 'current' | 'voltage',
  driven?: Uint8Array,
): Outcome<ReadTransfer> {
  const { rows, columns } = circuit;
  const grounded = { ...circuit, bitBottom: withoutIslands(circuit) };
  const solve = solver(grounded);
  const conductance = new Float64Array(columns * rows);
  const columnConductance = new Float64Array(columns);
  const reach = new Float64Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    if (quantity === 'voltage' && terminalResistance(grounded.bitBottom, column) === 0) continue;
    const solved = solve(
      quantity === 'current' ? voltAtFoot(circuit, column) : ampereAtFoot(circuit, column),
    );
    if (!solved.ok) return solved;
    const { words, bits, wordVoltage, bitVoltage } = solved.value;
    const foot = quantity === 'current' ? undefined : footOf(solved.value, circuit, column);
    columnConductance[column] = foot ? foot.conductance : bits.last[column];
    const part = foot?.part ?? 1;
    const scale = foot ? part * foot.conductance : 1;
    for (let row = 0; row < rows; row++) {
      const cell = row * columns + column;
      conductance[column * rows + row] = scale * (0 - words.first[row] - words.last[row]);
      reach[cell] = part * (bitVoltage[cell] - wordVoltage[cell]);
    }
  }
  if (!driven) return success({ conductance, columnConductance, noise: undefined });
  const outputs = quantity === 'current' ? conductance : perColumn(conductance, columnConductance);
  const lifted = liftedColumns(circuit, solve, outputs, driven);
  if (!lifted.ok) return lifted;
  return success({ conductance, columnConductance, noise: { ...lifted.value, reach } });
}

/** Terminals of the bit lines, with those of columns grounded that nothing else holds at a voltage. */
export const withoutIslands = ({
  rows,
  columns,
  conductance,
  bitBottom,
}: Pick<CrossbarCircuit, 'rows' | 'columns' | 'conductance' | 'bitBottom'>): Float64Array =>
  Float64Array.from({ length: columns }, (_, column) => {
    const resistance = terminalResistance(bitBottom, column);
    if (resistance < Infinity) return resistance;
    for (let row = 0; row < rows; row++) if (conductance[row * columns + column] > 0) return resistance;
    return 0;
  });

const voltAtFoot = ({ columns }: CrossbarCircuit, column: number): Excitation => ({
  drives: { bitBottom: new Float64Array(columns).fill(1, column, column + 1) },
});

const ampereAtFoot = ({ rows, columns }: CrossbarCircuit, column: number): Excitation => {
  const cell = (rows - 1) * columns + column;
  return { drives: {}, bitSource: new Float64Array(rows * columns).fill(1, cell, cell + 1) };
};

interface Solved {
  readonly words: { readonly first: Float64Array; readonly last: Float64Array };
  readonly bits: { readonly first: Float64Array; readonly last: Float64Array };
  readonly wordVoltage: Float64Array;
  readonly bitVoltage: Float64Array;
  /** Resistance of a bit line's last segment. */
  readonly lastSegment: (column: number) => number;
}

const solver = (circuit: CrossbarCircuit): ((excitation: Excitation) => Outcome<Solved>) => {
  const network = layNetwork(circuit, 'auto');
  const effort = effortOf(circuit, {});
  return (excitation) => {
    const state = findState(network, excitation, effort);
    if (!state.ok) return state;
    const { words, bits, wordVoltage, bitVoltage } = state.value;
    return success({
      words: endCurrents(words),
      bits: endCurrents(bits),
      wordVoltage,
      bitVoltage,
      lastSegment: (column) => segment(network.bits, column, circuit.rows),
    });
  };
};

/**
 * What the voltage of a bit line's last node, per ampere into it, tells of the terminal below: which part of the node's
 * voltage it has, and which conductance it sees, its own included.
 */
const footOf = (
  { bitVoltage, lastSegment }: Solved,
  { rows, columns, bitBottom }: CrossbarCircuit,
  column: number,
): { readonly part: number; readonly conductance: number } => {
  const wire = lastSegment(column);
  const load = 1 / terminalResistance(bitBottom, column);
  const below = load / (1 + load * wire);
  const array = 1 / bitVoltage[(rows - 1) * columns + column] - below;
  return { part: 1 / (1 + load * wire), conductance: load + array / (1 + array * wire) };
};

const perColumn = (values: Float64Array, columnConductance: Float64Array): Float64Array => {
  const rows = values.length / columnConductance.length;
  return values.map((value, k) => {
    const whole = columnConductance[Math.floor(k / rows)];
    return whole > 0 ? value / whole : 0;
  });
};

/** `drive` and `output` of the cells, from each driven word line's answer. */
const liftedColumns = (
  circuit: CrossbarCircuit,
  solve: (excitation: Excitation) => Outcome<Solved>,
  outputs: Float64Array,
  driven: Uint8Array,
): Outcome<{ readonly drive: Float64Array; readonly output: Float64Array }> => {
  const { rows, columns } = circuit;
  const drive = new Float64Array(rows * columns);
  const output = new Float64Array(rows * columns);
  for (let line = 0; line < rows; line++) {
    if (!isEverDriven(driven, rows, columns, line)) continue;
    const solved = solve({ drives: driveOf(circuit, line) });
    if (!solved.ok) return solved;
    const { wordVoltage, bitVoltage } = solved.value;
    for (let column = 0; column < columns; column++) {
      const own = line * columns + column;
      drive[own] = wordVoltage[own] - bitVoltage[own];
      if (!driven[column * rows + line]) continue;
      const y = outputs[column * rows + line];
      for (let cell = column; cell < output.length; cell += columns) output[cell] += y * bitVoltage[cell];
    }
  }
  for (let column = 0; column < columns; column++) {
    let power = 0;
    for (let line = 0; line < rows; line++)
      if (driven[column * rows + line])
        power += outputs[column * rows + line] * outputs[column * rows + line];
    for (let line = 0; line < rows; line++) {
      const cell = line * columns + column;
      output[cell] = power > 0 ? output[cell] / power : 0;
      drive[cell] += output[cell] * outputs[column * rows + line];
    }
  }
  return success({ drive, output });
};

const isEverDriven = (driven: Uint8Array, rows: number, columns: number, line: number): boolean => {
  for (let column = 0; column < columns; column++) if (driven[column * rows + line]) return true;
  return false;
};

/** One volt at every end of a word line that does not float. */
const driveOf = (circuit: CrossbarCircuit, line: number): Drives => {
  const one = new Float64Array(circuit.rows).fill(1, line, line + 1);
  const floats = terminalResistance(circuit.wordRight, line) === Infinity;
  return floats ? { wordLeft: one } : { wordLeft: one, wordRight: one };
};
