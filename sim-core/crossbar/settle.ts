import { firstResistance } from './chains.ts';
import { isWordEnd, terminalResistance } from './circuit.ts';
import type { Network } from './network.ts';
import type { Ports } from './ports.ts';
import { type Effort, type Relaxed, targets } from './relax.ts';
import { richardsonSteps } from './richardson.ts';

/** What a solution with some ports tells about all others with the same ports. */
export interface Learnt {
  /** Steps of Richardson's iteration. */
  readonly steps: readonly number[];
  /** Imbalance allowed in each word line, in ampere per volt at the largest input. */
  readonly wanted: Float64Array;
  /** Per volt at the inputs: source currents into first nodes, scaled source voltages at last nodes. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** What the inputs were on average, if they had one sign more than the other; else infinite. */
  readonly mean: number;
  /** Outputs per what arrives, scaled, at the bit lines' last nodes. */
  readonly outputs: Float64Array;
}

/** The short way serves inputs at word lines and outputs at the bottom of bit lines: the sweeps end there. */
export const canSettle = ({ inputs, output }: Ports): boolean =>
  inputs.every(isWordEnd) && output === 'bitBottom';

const mostSteps = 100;

/**
 * Learns from a relaxed network, and scales it in its workspace for `settleInto`.
 *
 * Undefined where the solution teaches nothing, since nothing was driven or it was too hard, and where the lines cannot
 * be scaled.
 */
export const learn = (
  network: Network,
  ports: Ports,
  relaxed: Relaxed,
  vector: Float64Array,
  { tolerance }: Effort,
): Learnt | undefined => {
  const { words, bits } = network;
  const largest = largestOf(vector);
  const steps = richardsonSteps(relaxed.steps);
  if (largest === 0 || steps.length > mostSteps) return undefined;
  if (![words, bits].every(({ pinned }) => pinned.every((count) => count === 0))) return undefined;
  const decay = scaleLines(network);
  if (!decay) return undefined;
  const [left, right] = [ports.inputs.includes('wordLeft'), ports.inputs.includes('wordRight')];
  return {
    steps,
    wanted: targets(relaxed.flows, tolerance).map((imbalance) => imbalance / largest),
    start: perLine(words.lines, (line) => (left ? 1 / firstResistance(words, line) : 0)),
    end: perLine(words.lines, (line) => (right ? words.lastCoupling[line] * decay.ofWord[line] : 0)),
    mean: isOneSided(vector) ? meanOf(vector) : Infinity,
    outputs: perLine(bits.lines, (line) => decay.ofBit[line] * outputFactor(network, ports, line)),
  };
};

const meanOf = (vector: Float64Array): number => vector.reduce((sum, v) => sum + v, 0) / vector.length;

const isOneSided = (vector: Float64Array): boolean => Math.abs(meanOf(vector)) > largestOf(vector) / 4;

const perLine = (lines: number, value: (line: number) => number) =>
  Float64Array.from({ length: lines }, (_, line) => value(line));

/** Products of the couplings of whole lines. */
interface Decays {
  readonly ofWord: Float64Array;
  readonly ofBit: Float64Array;
}

/** Beyond this, scaled currents would lose their range: the ends of such lines hardly know of each other. */
const steepest = 1e-70;

/** Writes the scaled circuit, as `SettlingSweeps` describes it; undefined where it cannot be. */
const scaleLines = ({ workspace: { memory, layout }, words, bits }: Network): Decays | undefined => {
  const { at } = layout;
  const ofWord = new Float64Array(words.lines);
  const ofBit = new Float64Array(bits.lines).fill(1);
  for (let row = 0; row < words.lines; row++) {
    let product = 1;
    for (let column = 0; column < bits.lines; column++) {
      const word = words.places.ofLine[row] + words.places.ofNode[column];
      const bit = bits.places.ofLine[column] + bits.places.ofNode[row];
      if (column > 0) product *= memory[words.coupling + word];
      if (row > 0) ofBit[column] *= memory[bits.coupling + bit];
      memory[at.fixed + word] = (memory[at.injection + word] + memory[at.residual + word]) / product;
      memory[at.source + word] = product;
      memory[at.image + word] = product * product * memory[words.pivot + word];
      memory[at.direction + word] = memory[at.conductance + word] / (product * ofBit[column]);
      // The residual is still read; the forward elimination is not.
      memory[at.bitForward + bit] = ofBit[column] * ofBit[column] * memory[bits.pivot + bit];
    }
    ofWord[row] = product;
  }
  memory.copyWithin(at.residual, at.bitForward, at.bitForward + 4 * layout.panels * layout.width);
  return [ofWord, ofBit].every((decay) => decay.every((a) => a >= steepest)) ? { ofWord, ofBit } : undefined;
};

/** What leaves a bit line at the bottom, per current that arrives at its last node. */
const outputFactor = ({ workspace, bits, circuit }: Network, { quantity }: Ports, line: number): number => {
  const resistance = terminalResistance(circuit.bitBottom, line);
  if (quantity === 'current') return bits.lastCoupling[line];
  if (resistance < Infinity) return bits.lastCoupling[line] * resistance;
  return workspace.memory[bits.pivot + bits.places.ofLine[line] + bits.places.ofNode[bits.nodes - 1]];
};

/** The outputs, unless these steps are not enough for this vector. */
export const settleInto = (
  { workspace: { sweeps, memory, layout } }: Network,
  { steps, wanted, start, end, mean, outputs }: Learnt,
  vector: Float64Array,
): Float64Array | undefined => {
  for (const [line, volts] of vector.entries()) {
    memory[layout.wordStart + line] = start[line] * volts;
    memory[layout.wordEnd + line] = end[line] * volts;
  }
  // What comes back through the bit lines is smooth, and mostly that of the inputs' average.
  sweeps.begin(meanOf(vector) / mean);
  for (const step of steps) sweeps.settle(step, false);
  const largest = largestOf(vector);
  for (let k = 0; k < spare; k++) {
    sweeps.settle(1, true);
    const isBalanced = wanted.every((perVolt, row) => memory[layout.wordLargest + row] <= perVolt * largest);
    if (isBalanced) return outputs.map((factor, line) => factor * memory[layout.bitCarry + line]);
  }
  return undefined;
};

/** Steps more that may be needed, since the polynomial was made for another vector. */
const spare = 5;

const largestOf = (values: Float64Array): number =>
  values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
