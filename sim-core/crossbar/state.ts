import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { inArray } from './circuit.ts';
import { isBlurred, type LineState } from './ends.ts';
import type { Flows } from './flows.ts';
import {
  bitVoltages,
  clearFeedback,
  type Excitation,
  excite,
  type Network,
  readCells,
  startFrom,
} from './network.ts';
import { areBlurred, isLawful, refine, type Voltages } from './refine.ts';
import { type Effort, relax, type Step } from './relax.ts';

/** The static state of a network, from which every current follows. */
export interface NetworkState {
  /** Voltages of the nodes and currents through the cells, `[rows][columns]`. */
  readonly wordVoltage: Float64Array;
  readonly bitVoltage: Float64Array;
  readonly cellCurrent: Float64Array;
  readonly words: LineState;
  readonly bits: LineState;
  /** Largest violation of Kirchhoff's current law at any node, and largest current, in ampere. */
  readonly imbalance: number;
  readonly largest: number;
  readonly iterations: number;
  /** Coefficients of the first run of conjugate gradients. */
  readonly steps: readonly Step[];
  /** It needed no refinement. */
  readonly isExact: boolean;
}

/**
 * The state under an excitation, refined where rounding blurs the currents.
 *
 * @param start voltages of the bit lines in a similar state, `[rows][columns]`.
 */
export const findState = (
  network: Network,
  excitation: Excitation,
  effort: Effort,
  start?: Float64Array,
): Outcome<NetworkState> => {
  const own = excite(network, excitation);
  if (start) startFrom(network, start, excitation.cellSource);
  else clearFeedback(network);
  const { flows, imbalance, iterations, steps } = relax(network, effort);
  const { largest, gross } = flows;
  if (!Number.isFinite(imbalance + largest)) return failure(...unsolved(network, imbalance, largest));
  const { at } = network.workspace.layout;
  const rough = {
    wordVoltage: readCells(network, at.direction),
    bitVoltage: bitVoltages(network, own),
    cellCurrent: readCells(network, at.image),
  };
  const words = wordState(network, excitation, flows, rough);
  const bits = bitState(network, excitation, flows, rough);
  const found = { largest, iterations, steps };
  if (!areBlurred(flows) && !isBlurred(words) && !isBlurred(bits)) {
    if (imbalance > acceptable * largest) return failure(...unsolved(network, imbalance, largest));
    return success({ ...rough, ...found, words, bits, imbalance, isExact: true });
  }
  const refined = refine(network, excitation, { ...rough, gross });
  const excess = [refined.words, refined.bits].reduce((most, line) => line.excess.reduce(larger, most), 0);
  const left = Math.max(refined.error, excess);
  const accepted = acceptable * Math.max(refined.largest, Number.EPSILON * gross);
  if (!(left <= accepted && isLawful(refined, refined.mismatch)))
    return failure(...unsolved(network, left, refined.largest));
  const exact = {
    wordVoltage: refined.words.voltage.hi,
    bitVoltage: refined.bits.voltage.hi,
    cellCurrent: refined.cellCurrent.hi,
  };
  return success({
    ...exact,
    ...found,
    words: { ...wordState(network, excitation, flows, exact), exact: refined.words },
    bits: { ...bitState(network, excitation, flows, exact), exact: refined.bits },
    imbalance: excess,
    isExact: false,
  });
};

/** A violation of Kirchhoff's laws beyond this fraction of the currents is a failure, not a result. */
const acceptable = 1e-9;

const unsolved = ({ circuit }: Network, violation: number, largest: number): readonly Problem[] => {
  const message = Number.isFinite(violation + largest)
    ? `Kirchhoff's laws are still violated by ${violation} A, with currents up to ${largest} A.`
    : 'The currents are not finite: the conductances and resistances are too many decades apart.';
  return inArray(circuit, [
    { code: 'crossbar.unsolved', message, hint: 'Bring the circuit into fewer decades.' },
  ]);
};

const larger = (most: number, value: number): number => Math.max(most, Math.abs(value));

/** Sums of so many currents, each a difference of two of the gross size at most. */
const blurOf = (currents: Float64Array, gross: Float64Array, nodes: number): Float64Array =>
  currents.map((i, line) => Number.EPSILON * Math.sqrt(nodes) * (Math.sqrt(nodes) * i + gross[line]));

const wordState = (
  { words }: Network,
  { drives }: Excitation,
  flows: Flows,
  { cellCurrent, wordVoltage }: Voltages,
): LineState => ({
  chains: words,
  ofCell: cellCurrent,
  ofLine: flows.ofWord,
  sign: 1,
  blurOfLine: blurOf(flows.cellsOfWord, flows.grossOfWord, words.nodes),
  drives: { first: drives.wordLeft, last: drives.wordRight },
  firstVoltage: (line) => wordVoltage[line * words.nodes],
  lastVoltage: (line) => wordVoltage[(line + 1) * words.nodes - 1],
});

const bitState = (
  { bits }: Network,
  { drives }: Excitation,
  flows: Flows,
  { cellCurrent, bitVoltage }: Voltages,
): LineState => ({
  chains: bits,
  ofCell: cellCurrent,
  ofLine: flows.ofBit,
  sign: -1,
  blurOfLine: blurOf(flows.cellsOfBit, flows.grossOfBit, bits.nodes),
  drives: { first: drives.bitTop, last: drives.bitBottom },
  firstVoltage: (line) => bitVoltage[line],
  lastVoltage: (line) => bitVoltage[(bits.nodes - 1) * bits.lines + line],
});
