import { segment } from './chains.ts';
import { type Drives, type LineEnd, lineEnds, type Terminal, terminalResistance } from './circuit.ts';
import { type EndCurrents, endCurrents, type LineState, segmentCurrents } from './ends.ts';
import type { Network } from './network.ts';
import type { NetworkState } from './state.ts';

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

/** Everything that follows from a network's state. */
export const readSolution = (
  { circuit }: Network,
  drives: Drives,
  { wordVoltage, bitVoltage, cellCurrent, words, bits, iterations, imbalance }: NetworkState,
): CrossbarSolution => {
  const wordEnds = endCurrents(words);
  const bitEnds = endCurrents(bits);
  const wordCurrent = segmentCurrents(words, wordEnds);
  const bitCurrent = segmentCurrents(bits, bitEnds);
  const ends = {
    wordLeft: endState(words, 'first', wordEnds.first, circuit.wordLeft),
    wordRight: endState(words, 'last', wordEnds.last, circuit.wordRight),
    bitTop: endState(bits, 'first', bitEnds.first, circuit.bitTop),
    bitBottom: endState(bits, 'last', bitEnds.last, circuit.bitBottom),
  };
  const power = {
    sources: lineEnds.reduce((sum, end) => sum + sourcePower(end, ends[end].current, drives), 0),
    cells: cellPower(cellCurrent, wordVoltage, bitVoltage),
    wires: wirePower(words, wordCurrent) + wirePower(bits, bitCurrent),
    terminals: lineEnds.reduce((sum, end) => sum + terminalPower(ends[end].current, circuit[end]), 0),
  };
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

/** Two sums at once, since each addition has to wait for the one before. */
const cellPower = (current: Float64Array, word: Float64Array, bit: Float64Array): number => {
  let [even, odd] = [0, 0];
  let cell = 0;
  for (; cell + 1 < current.length; cell += 2) {
    even += current[cell] * (word[cell] - bit[cell]);
    odd += current[cell + 1] * (word[cell + 1] - bit[cell + 1]);
  }
  if (cell < current.length) even += current[cell] * (word[cell] - bit[cell]);
  return even + odd;
};

const wirePower = ({ chains }: LineState, currents: Float64Array): number => {
  if (typeof chains.wire === 'number') return chains.wire * sumOfSquares(currents);
  let power = 0;
  for (let line = 0, k = 0; line < chains.lines; line++) {
    for (let part = 0; part <= chains.nodes; part++, k++) {
      power += segment(chains, line, part) * currents[k] * currents[k];
    }
  }
  return power;
};

const sumOfSquares = (values: Float64Array): number => {
  let [even, odd] = [0, 0];
  let k = 0;
  for (; k + 1 < values.length; k += 2) {
    even += values[k] * values[k];
    odd += values[k + 1] * values[k + 1];
  }
  return k < values.length ? even + odd + values[k] * values[k] : even + odd;
};
