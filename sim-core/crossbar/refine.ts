import { divide, subtract } from '../math/double-double.ts';
import { type Chains, firstResistance, lastResistance } from './chains.ts';
import type { Flows } from './flows.ts';
import {
  differenceAt,
  type Followed,
  followLines,
  type Precise,
  preciselyFrom,
  raiseAll,
} from './follow-lines.ts';
import { bitVoltages, clearFeedback, type Excitation, excite, type Network, readCells } from './network.ts';
import { relax } from './relax.ts';

/** Currents through the cells, and the lines that follow from them. */
interface Lines {
  readonly cellCurrent: Precise;
  readonly words: Followed;
  readonly bits: Followed;
}

export interface Refined extends Lines {
  /** The largest current of the last correction, and of all, in ampere. */
  readonly error: number;
  readonly largest: number;
  /** What was left of Kirchhoff's voltage law before it, in volt. */
  readonly mismatch: number;
}

/** Currents this small, relative to what the voltages would drive into ground, have lost too many digits. */
const blurred = 4e-15;
const locality = 1e3;

export const areBlurred = ({ largest, largestOfWord, grossOfWord }: Flows): boolean =>
  grossOfWord.some(
    (gross, row) => Number.EPSILON * gross > blurred * Math.min(largest, locality * largestOfWord[row]),
  );

/**
 * Refinement of a state in which voltages drive far less current than they would into ground, so that rounding them
 * blurs the currents: behind high resistances, or across near shorts.
 *
 * The currents through the cells are what is kept. The lines follow from them in double-double, with Kirchhoff's
 * current law and Ohm's law for the wires as good as exact, and what is left is how far each cell's voltage is from
 * Ohm's law. The same circuit, driven by that alone, gives the correction (iterative refinement; Higham, Accuracy and
 * Stability of Numerical Algorithms, chapter 12). Where both ends of a line float or all but float, the cells' currents
 * do not tell its voltage, so that is kept too, and what more leaves the line than comes is driven back.
 */
export const refine = (network: Network, excitation: Excitation, start: Rough): Refined => {
  const cellCurrent = preciselyFrom(start.cellCurrent);
  const conductance = readCells(network, network.workspace.layout.at.conductance);
  const kept = { words: keptLines(network.words, conductance), bits: keptLines(network.bits, conductance) };
  const bases = {
    words: preciselyFrom(firstNodes(network.words, start.wordVoltage)),
    bits: preciselyFrom(firstNodes(network.bits, start.bitVoltage)),
  };
  const floor = nothing * start.gross;
  const follow = () => ({
    cellCurrent,
    words: followLines({
      ...wordLoad(network, excitation),
      ofCell: cellCurrent,
      isKept: kept.words,
      base: bases.words,
    }),
    bits: followLines({
      ...bitLoad(network, excitation),
      ofCell: cellCurrent,
      isKept: kept.bits,
      base: bases.bits,
    }),
  });
  const errors: number[] = [];
  for (let round = 0; ; round++) {
    const state = follow();
    const by = correct(network, excitation, conductance, state);
    const excess = Math.max(largestOf(state.words.excess), largestOf(state.bits.excess));
    const error = Math.max(largestOf(by.cellCurrent), excess);
    const largest = Math.max(floor, largestOf(cellCurrent.hi), ...endsOf(state).map(largestOf));
    const moved = Math.max(largestShare(network, by.cellCurrent, cellCurrent.hi, largest), excess / largest);
    // No nearer than some rounds before: rounding has the word.
    const isStuck = !(error < contraction * (errors.at(-patience) ?? Infinity));
    if (isStuck || round === mostRounds) return { ...state, error, largest, mismatch: by.mismatch };
    raiseAll(cellCurrent, by.cellCurrent);
    raiseAll(bases.words, firstNodes(network.words, by.wordVoltage));
    raiseAll(bases.bits, firstNodes(network.bits, by.bitVoltage));
    // What the next correction would be, since each is smaller than the one before by some factor.
    const rate = error > 0 ? error / (errors.at(-1) ?? Infinity) : 0;
    const remains = moved * Math.max(rate, correction.tolerance);
    if (remains <= still && isLawful(state, by.mismatch)) {
      if (largestOf(cellCurrent.hi) <= floor) cellCurrent.hi.fill(0);
      return { ...follow(), error, largest, mismatch: by.mismatch };
    }
    errors.push(error);
  }
};

/** Voltages of the nodes and currents through the cells, `[rows][columns]`. */
export interface Voltages {
  readonly cellCurrent: Float64Array;
  readonly wordVoltage: Float64Array;
  readonly bitVoltage: Float64Array;
}

/** Before refinement. */
interface Rough extends Voltages {
  /** The largest current that the voltages alone would drive. */
  readonly gross: number;
}

/** Currents this small, of what the voltages would drive, are but the rounding of double-double. */
const nothing = 1e-25;
const mostRounds = 40;
const contraction = 0.9;
const patience = 4;
const still = 1e-22;

/** Lines held at most by ends of this many times the resistance of their cells together. */
const weak = 1e3;

const keptLines = (chains: Chains, conductance: Float64Array): Uint8Array =>
  Uint8Array.from({ length: chains.lines }, (_, line) => {
    let sum = 0;
    for (let node = 0; node < chains.nodes; node++)
      sum += conductance[line * chains.cell.ofLine + node * chains.cell.ofNode];
    const end = Math.min(firstResistance(chains, line), lastResistance(chains, line));
    return end === Infinity || end * sum > weak ? 1 : 0;
  });

const firstNodes = ({ lines, cell }: Chains, voltage: Float64Array): Float64Array =>
  Float64Array.from({ length: lines }, (_, line) => voltage[line * cell.ofLine]);

const wordLoad = ({ words }: Network, { drives, wordSource }: Excitation) => ({
  chains: words,
  sign: 1 as const,
  injected: wordSource,
  drives: { first: drives.wordLeft, last: drives.wordRight },
});

const bitLoad = ({ bits }: Network, { drives, bitSource }: Excitation) => ({
  chains: bits,
  sign: -1 as const,
  injected: bitSource,
  drives: { first: drives.bitTop, last: drives.bitBottom },
});

const correction = { tolerance: 1e-8, iterations: 20_000 };

/** What is missing to the solution. */
const correct = (
  network: Network,
  { cellSource }: Excitation,
  conductance: Float64Array,
  { cellCurrent, words, bits }: Lines,
): Voltages & { readonly mismatch: number } => {
  const { at } = network.workspace.layout;
  const missing = new Float64Array(conductance.length);
  let mismatch = 0;
  for (const [cell, g] of conductance.entries()) {
    if (g === 0) continue;
    const current = { hi: cellCurrent.hi[cell], lo: cellCurrent.lo[cell] };
    const ohmic = subtract(current, { hi: cellSource ? cellSource[cell] : 0, lo: 0 });
    const voltage = differenceAt(words.voltage, bits.voltage, cell);
    const off = subtract(voltage, divide(ohmic, { hi: g, lo: 0 })).hi;
    mismatch = Math.max(mismatch, Math.abs(off));
    missing[cell] = g * off;
  }
  clearFeedback(network);
  const own = excite(network, {
    drives: {},
    cellSource: missing,
    wordSource: backInto(words.excess, network.words),
    bitSource: backInto(bits.excess, network.bits),
  });
  relax(network, correction);
  return {
    mismatch,
    cellCurrent: readCells(network, at.image),
    wordVoltage: readCells(network, at.direction),
    bitVoltage: bitVoltages(network, own),
  };
};

/** The excess is left over at the last node of a line. */
const backInto = (excess: Float64Array, { lines, nodes, cell }: Chains): Float64Array => {
  const injected = new Float64Array(lines * nodes);
  for (let line = 0; line < lines; line++)
    injected[line * cell.ofLine + (nodes - 1) * cell.ofNode] = 0 - excess[line];
  return injected;
};

/** Whether so many volts hardly violate Kirchhoff's voltage law. */
export const isLawful = ({ words, bits }: Lines, mismatch: number): boolean =>
  mismatch <= faintVoltage * Math.max(largestOf(words.voltage.hi), largestOf(bits.voltage.hi));

const faintVoltage = 1e-12;

const endsOf = ({ words, bits }: Lines) => [words.first, words.last, bits.first, bits.last];

/** The largest change of a current, relative to the currents of its word line. */
const largestShare = (
  { words: { lines, nodes } }: Network,
  change: Float64Array,
  current: Float64Array,
  largest: number,
): number => {
  let most = 0;
  for (let line = 0; line < lines; line++) {
    const [from, to] = [line * nodes, (line + 1) * nodes];
    const moved = largestOf(change.subarray(from, to));
    if (moved > 0)
      most = Math.max(most, moved / Math.max(faint * largest, largestOf(current.subarray(from, to))));
  }
  return most;
};

/** Currents smaller than this, of the largest, need no digits of their own. */
const faint = 1e-9;

const largestOf = (values: Float64Array): number =>
  values.reduce((most, i) => Math.max(most, Math.abs(i)), 0);
