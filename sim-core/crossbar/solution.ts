import { segment } from './chains.ts';
import { type Drives, type LineEnd, lineEnds, type Terminal, terminalResistance } from './circuit.ts';
import { type EndCurrents, endCurrents, type LineState, segmentCurrents } from './ends.ts';
import type { Flows } from './flows.ts';
import { bitVoltages, type Network, readCells } from './network.ts';
import type { Relaxed } from './relax.ts';

/** All voltages and currents of a crossbar. */
export interface CrossbarSolution {
  /** Voltages in volt of the word lines' and the bit lines' nodes, `[rows][columns]`. */
  readonly wordVoltage: Float64Array;
  readonly bitVoltage: Float64Array;
  /** Currents in ampere through the cells from word line to bit line, `[rows][columns]`. */
  readonly cellCurrent: Float64Array;
  /** Currents in ampere through the segments of word lines, left to right, `[rows][columns + 1]`. */
  readonly wordCurrent: Float64Array;
  /** Currents in ampere through the segments of bit lines, top to bottom, `[columns][rows + 1]`. */
  readonly bitCurrent: Float64Array;
  readonly ends: { readonly [end in LineEnd]: EndState };
  readonly power: Power;
  /** Iterations that were needed. */
  readonly iterations: number;
  /** Largest violation of Kirchhoff's current law at any node, in ampere. */
  readonly imbalance: number;
}

/** Where lines meet the periphery, one value per line. */
export interface EndState {
  /** Current in ampere, into the array at the ends of word lines, out of it at the ends of bit lines. */
  readonly current: Float64Array;
  /** Voltage in volt between wire and terminal; of a floating end, that of the line's outermost node. */
  readonly voltage: Float64Array;
}

/** In watt: what the sources give, and where it goes. */
export interface Power {
  readonly sources: number;
  readonly cells: number;
  readonly wires: number;
  readonly terminals: number;
}

/** Reads everything out of a relaxed network; `own` is what `excite` gave. */
export const readSolution = (
  network: Network,
  own: Float64Array | undefined,
  relaxed: Relaxed,
  drives: Drives,
): CrossbarSolution => {
  const { circuit } = network;
  const { at } = network.workspace.layout;
  const cellCurrent = readCells(network, at.image);
  const wordVoltage = readCells(network, at.direction);
  const bitVoltage = bitVoltages(network, own);
  const flows = { ...relaxed.flows, ofCell: cellCurrent };
  const words = wordState(network, flows, drives, wordVoltage);
  const lines = bitState(network, flows, drives, bitVoltage);
  const wordEnds = endCurrents(words);
  const bitEnds = endCurrents(lines);
  const wordCurrent = segmentCurrents(words, wordEnds);
  const bitCurrent = segmentCurrents(lines, bitEnds);
  const ends = {
    wordLeft: endState(words, 'first', wordEnds.first, circuit.wordLeft),
    wordRight: endState(words, 'last', wordEnds.last, circuit.wordRight),
    bitTop: endState(lines, 'first', bitEnds.first, circuit.bitTop),
    bitBottom: endState(lines, 'last', bitEnds.last, circuit.bitBottom),
  };
  const power = {
    sources: lineEnds.reduce((sum, end) => sum + sourcePower(end, ends[end].current, drives), 0),
    cells: cellPower(cellCurrent, wordVoltage, bitVoltage),
    wires: wirePower(words, wordCurrent) + wirePower(lines, bitCurrent),
    terminals: lineEnds.reduce((sum, end) => sum + terminalPower(ends[end].current, circuit[end]), 0),
  };
  const { iterations, imbalance } = relaxed;
  return {
    wordVoltage,
    bitVoltage,
    cellCurrent,
    wordCurrent,
    bitCurrent,
    ends,
    power,
    iterations,
    imbalance,
  };
};

export const wordState = (
  { words }: Network,
  flows: Flows & { readonly ofCell: Float64Array },
  drives: Drives,
  voltage: Float64Array,
): LineState => ({
  chains: words,
  ofCell: flows.ofCell,
  ofLine: flows.ofWord,
  sign: 1,
  largestOfCell: flows.largestOfCell,
  drives: { first: drives.wordLeft, last: drives.wordRight },
  firstVoltage: (line) => voltage[line * words.nodes],
  lastVoltage: (line) => voltage[(line + 1) * words.nodes - 1],
});

export const bitState = (
  { bits }: Network,
  flows: Flows & { readonly ofCell: Float64Array },
  drives: Drives,
  voltage: Float64Array,
): LineState => ({
  chains: bits,
  ofCell: flows.ofCell,
  ofLine: flows.ofBit,
  sign: -1,
  largestOfCell: flows.largestOfCell,
  drives: { first: drives.bitTop, last: drives.bitBottom },
  firstVoltage: (line) => voltage[line],
  lastVoltage: (line) => voltage[(bits.nodes - 1) * bits.lines + line],
});

/** Currents into the lines become those of the ends' convention, and voltages follow. */
export const endState = (
  state: LineState,
  side: keyof EndCurrents,
  into: Float64Array,
  terminal: Terminal,
): EndState => {
  const node = side === 'first' ? state.firstVoltage : state.lastVoltage;
  const source = state.drives[side];
  return {
    current: into.map((i) => state.sign * i + 0),
    voltage: into.map((i, line) => {
      const resistance = terminalResistance(terminal, line);
      return resistance === Infinity ? node(line) : (source?.[line] ?? 0) - i * resistance;
    }),
  };
};

const sourcePower = (end: LineEnd, current: Float64Array, drives: Drives): number => {
  const sign = end === 'wordLeft' || end === 'wordRight' ? 1 : -1;
  return drives[end]?.reduce((sum, v, line) => sum + sign * v * current[line], 0) ?? 0;
};

const terminalPower = (current: Float64Array, terminal: Terminal): number =>
  current.reduce((sum, i, line) => {
    const resistance = terminalResistance(terminal, line);
    return resistance < Infinity ? sum + i * i * resistance : sum;
  }, 0);

const cellPower = (current: Float64Array, word: Float64Array, bit: Float64Array): number => {
  let power = 0;
  for (let cell = 0; cell < current.length; cell++) power += current[cell] * (word[cell] - bit[cell]);
  return power;
};

const wirePower = ({ chains }: LineState, currents: Float64Array): number => {
  let power = 0;
  for (let line = 0, k = 0; line < chains.lines; line++) {
    for (let part = 0; part <= chains.nodes; part++, k++) {
      power += segment(chains, line, part) * currents[k] * currents[k];
    }
  }
  return power;
};
