import { firstResistance } from './chains.ts';
import { isWordEnd, terminalResistance } from './circuit.ts';
import type { Network } from './network.ts';
import type { Ports } from './ports.ts';
import type { Effort } from './relax.ts';
import type { NetworkState } from './state.ts';
import { statesShares } from './state-shares.ts';

/** What the first solution with some ports tells about all others with the same ports. */
export interface Learnt {
  readonly scaled: Scaled;
  /** Shares of the stationary iteration's states, from the first on, in the solution. */
  readonly shares: Float64Array;
  /** How much the outputs may still move, of the largest. */
  readonly tolerance: number;
  /** Per volt at the inputs: source currents into first nodes, scaled source voltages at last nodes. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Outputs per what arrives, scaled, at the bit lines' last nodes. */
  readonly outputs: Float64Array;
  /** What is lost in rounding each output, of the largest. */
  readonly lost: Float64Array;
  /** Room for what arrives in each state, `[steps][bit lines]`. */
  readonly states: Float64Array;
}

/** The arrays of the settling sweeps that hold the circuit, in the order of the workspace's places. */
interface Scaled {
  readonly direction: Float64Array;
  readonly image: Float64Array;
  readonly residual: Float64Array;
}

/** The short way serves inputs at word lines and outputs at the bottom of bit lines: the sweeps end there. */
export const canSettle = ({ inputs, output }: Ports): boolean =>
  inputs.every(isWordEnd) && output === 'bitBottom';

const mostSteps = 100;

/** States in larger shares of both signs would cancel to more rounding than is wanted. */
const largestShares = 1e3;

/**
 * Undefined where the first solution teaches nothing, since nothing was driven or it was too hard, and where the lines
 * cannot be scaled.
 */
export const learn = (
  network: Network,
  ports: Ports,
  { steps, bits }: NetworkState,
  { tolerance }: Effort,
): Learnt | undefined => {
  if (steps.length === 0 || steps.length > mostSteps) return undefined;
  const shares = statesShares(steps);
  if (shares.reduce((sum, share) => sum + Math.abs(share), 0) > largestShares) return undefined;
  const decay = decays(network);
  if (!decay) return undefined;
  const { words } = network;
  const [left, right] = [ports.inputs.includes('wordLeft'), ports.inputs.includes('wordRight')];
  const lastCell = (line: number) => line * words.nodes + words.nodes - 1;
  return {
    scaled: scale(network, decay),
    shares: Float64Array.from(shares),
    lost: lostOf(bits.blurOfLine),
    states: new Float64Array((shares.length + spare) * network.bits.lines),
    tolerance,
    start: perLine(words.lines, (line) => (left ? 1 / firstResistance(words, line) : 0)),
    end: perLine(words.lines, (line) => (right ? words.lastCoupling[line] * decay.word[lastCell(line)] : 0)),
    outputs: outputFactors(network, ports, decay),
  };
};

/** In proportion to the currents through the cells of a line. */
const lostOf = (blur: Float64Array): Float64Array => {
  const largest = blur.reduce((most, one) => Math.max(most, one), Number.MIN_VALUE);
  return blur.map((one) => (rounding * one) / largest);
};

const perLine = (lines: number, value: (line: number) => number) =>
  Float64Array.from({ length: lines }, (_, line) => value(line));

/** Products of the couplings from the first node of each line to each of its cells, `[rows][columns]`. */
interface Decays {
  readonly word: Float64Array;
  readonly bit: Float64Array;
}

/** Beyond this, scaled currents would lose their range. */
const steepest = 1e-70;

/** Undefined where a node is pinned to a source, or a line is so long that its ends hardly know of each other. */
const decays = ({ workspace: { memory }, words, bits }: Network): Decays | undefined => {
  const [word, bit] = [words, bits].map(({ lines, nodes, places, cell, coupling }) => {
    const decay = new Float64Array(lines * nodes);
    for (let line = 0; line < lines; line++) {
      let product = 1;
      for (let node = 0; node < nodes; node++) {
        if (node > 0) product *= memory[coupling + places.ofLine[line] + places.ofNode[node]];
        decay[line * cell.ofLine + node * cell.ofNode] = product;
      }
    }
    return decay;
  });
  const isGentle = [words, bits].every(({ pinned }) => pinned.every((count) => count === 0));
  return isGentle && [word, bit].every((decay) => decay.every((a) => a >= steepest))
    ? { word, bit }
    : undefined;
};

const scale = ({ workspace: { memory, layout }, words, bits }: Network, { word, bit }: Decays): Scaled => {
  const size = 4 * layout.panels * layout.width;
  const scaled = {
    direction: new Float64Array(size),
    image: new Float64Array(size),
    residual: new Float64Array(size),
  };
  for (let row = 0, cell = 0; row < words.lines; row++) {
    for (let column = 0; column < words.nodes; column++, cell++) {
      const ofWord = words.places.ofLine[row] + words.places.ofNode[column];
      const ofBit = bits.places.ofLine[column] + bits.places.ofNode[row];
      const conductance = memory[layout.at.conductance + ofWord];
      scaled.direction[ofWord] = conductance / (word[cell] * bit[cell]);
      scaled.image[ofWord] = word[cell] * word[cell] * memory[words.pivot + ofWord];
      scaled.residual[ofBit] = bit[cell] * bit[cell] * memory[bits.pivot + ofBit];
    }
  }
  return scaled;
};

const outputFactors = (
  { workspace, bits, circuit }: Network,
  { quantity }: Ports,
  { bit }: Decays,
): Float64Array =>
  perLine(bits.lines, (line) => {
    const decay = bit[(bits.nodes - 1) * bits.lines + line];
    const resistance = terminalResistance(circuit.bitBottom, line);
    if (quantity === 'current') return decay * bits.lastCoupling[line];
    if (resistance < Infinity) return decay * bits.lastCoupling[line] * resistance;
    return (
      decay * workspace.memory[bits.pivot + bits.places.ofLine[line] + bits.places.ofNode[bits.nodes - 1]]
    );
  });

/** Makes ready for `settleInto`, after conjugate gradients. */
export const prepareToSettle = ({ workspace: { memory, layout } }: Network, { scaled }: Learnt): void => {
  memory.set(scaled.direction, layout.at.direction);
  memory.set(scaled.image, layout.at.image);
  memory.set(scaled.residual, layout.at.residual);
};

/**
 * The outputs, unless these steps are not enough for this vector. Only outputs of the states are kept, since the
 * solution's outputs are made of them in the same shares as the solution of the states.
 */
export const settleInto = (
  { workspace: { sweeps, memory, layout } }: Network,
  learnt: Learnt,
  vector: Float64Array,
): Float64Array | undefined => {
  const { shares, start, end, outputs, states } = learnt;
  for (let line = 0; line < vector.length; line++) {
    memory[layout.wordStart + line] = start[line] * vector[line];
    memory[layout.wordEnd + line] = end[line] * vector[line];
  }
  sweeps.begin();
  const count = outputs.length;
  let before = new Float64Array(count);
  let found = new Float64Array(count);
  for (let step = 0; step < shares.length + spare; step++) {
    sweeps.settle();
    states.set(memory.subarray(layout.bitCarry, layout.bitCarry + count), step * count);
    if (step + 1 < shares.length) continue;
    [before, found] = [found, before];
    combine(shares, states, step + 1 - shares.length, outputs, found);
    if (step + 1 > shares.length && isSettled(before, found, learnt)) return found;
  }
  return undefined;
};

/** Steps more that may be needed, since the shares were made for another vector. */
const spare = 6;

const combine = (
  shares: Float64Array,
  states: Float64Array,
  first: number,
  outputs: Float64Array,
  into: Float64Array,
): void => {
  const count = outputs.length;
  for (let line = 0; line < count; line++) {
    let sum = 0;
    for (let k = 0, at = first * count + line; k < shares.length; k++, at += count)
      sum += shares[k] * states[at];
    into[line] = sum * outputs[line];
  }
};

/**
 * One step more moves no output by more than a fraction of the largest, and of its own size where that is far less; but
 * what is lost in rounding the currents of its line is not asked for.
 */
const isSettled = (before: Float64Array, found: Float64Array, { tolerance, lost }: Learnt): boolean => {
  let largest = 0;
  for (let line = 0; line < found.length; line++) largest = Math.max(largest, Math.abs(found[line]));
  for (let line = 0; line < found.length; line++) {
    const own = Math.min(largest, locality * Math.abs(found[line]));
    const size = Math.max(own, lost[line] * largest);
    if (!(Math.abs(found[line] - before[line]) <= tolerance * size)) return false;
  }
  return true;
};

const locality = 1e3;
const rounding = 1e-2;
