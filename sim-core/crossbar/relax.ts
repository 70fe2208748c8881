import type { Network, Sourced } from './network.ts';

/**
 * The static state of an excited network, by conjugate gradients on S = W − D·B⁻¹·D, which is what the word lines see
 * once the bit lines are eliminated, preconditioned with W⁻¹ (Hestenes and Stiefel 1952 for the method; the splitting
 * is that of the alternating line relaxations).
 *
 * The unknown is not the voltage v of the word lines but the current y = D·B⁻¹·D·v that comes back to them through the
 * bit lines, with v = W⁻¹·(sources + y). The residual is then a current too: how far Kirchhoff's current law is from
 * holding at the word lines' nodes, while it holds at every bit line node. No voltage is multiplied by the conductance
 * of a wire anywhere, so wires may be as good as they like.
 */
export interface Relaxed {
  readonly iterations: number;
  /** Largest violation of Kirchhoff's current law at any node, in ampere. */
  readonly imbalance: number;
  /** Currents from word line to bit line, `[rows][columns]`, in ampere, and their sums along the lines. */
  readonly flows: Flows;
}

export interface Flows {
  readonly ofCell: Float64Array;
  readonly ofWord: Float64Array;
  readonly ofBit: Float64Array;
  /** Largest magnitude of all of these. */
  readonly largest: number;
  readonly largestOfCell: number;
}

export interface Effort {
  /** Kirchhoff's current law holds to this fraction of the largest current. */
  readonly tolerance: number;
  readonly iterations: number;
}

/** Starts from the feedback current that the workspace's `injection` holds: zeros, or those of a similar problem. */
export const relax = (network: Network, sourced: Sourced, effort: Effort): Relaxed => {
  let iterations = 0;
  let state = restart(network, sourced);
  // Before the bit lines have lifted their voltages the currents are larger than they will be, therefore a margin.
  let margin = firstMargin;
  while (true) {
    const target = effort.tolerance * margin * state.flows.largest;
    const searched = searchUntil(network, state, target, effort.iterations - iterations);
    iterations += searched;
    const reached = restart(network, sourced);
    const done = reached.imbalance <= effort.tolerance * reached.flows.largest;
    const stalled = !(reached.imbalance < state.imbalance / 2);
    if (done || stalled || iterations >= effort.iterations) {
      return { iterations, imbalance: reached.imbalance, flows: reached.flows };
    }
    state = reached;
    margin = 1 / 4;
  }
};

const firstMargin = 1 / 16;

interface State {
  readonly imbalance: number;
  readonly energy: number;
  readonly flows: Flows;
}

/** Voltages, currents and the true residual from the feedback current alone. */
const restart = (network: Network, sourced: Sourced): State => {
  const { sweeps } = network.workspace;
  sweeps.inject();
  sweeps.search(1);
  sweeps.update(1);
  return { ...residue(network), flows: cellFlows(network, sourced) };
};

/** Energy r·W⁻¹·r and largest element of the residual. */
const residue = ({ workspace: { memory, layout } }: Network): { imbalance: number; energy: number } => {
  const { wordSum, wordLargest } = layout;
  let energy = 0;
  let imbalance = 0;
  for (let row = 0; row < layout.rows; row++) {
    energy += memory[wordSum + row];
    imbalance = Math.max(imbalance, memory[wordLargest + row]);
  }
  return { imbalance, energy };
};

/** Conjugate gradients from a restarted state until the residual is small; gives the number of iterations. */
const searchUntil = (network: Network, from: State, target: number, most: number): number => {
  const { sweeps, memory, layout } = network.workspace;
  const { bitSum } = layout;
  let { energy, imbalance } = from;
  // p·W·p, by the recurrence of the directions, which are conjugate.
  let inWords = 0;
  let beta = 0;
  let count = 0;
  while (imbalance > target && energy > 0 && count < most) {
    sweeps.search(beta);
    inWords = energy + beta * beta * inWords;
    let throughBits = 0;
    for (let column = 0; column < layout.columns; column++) throughBits += memory[bitSum + column];
    sweeps.update(energy / (inWords - throughBits));
    const before = energy;
    ({ energy, imbalance } = residue(network));
    beta = energy / before;
    count++;
  }
  return count;
};

const cellFlows = ({ workspace, words, bits }: Network, { injected }: Sourced): Flows => {
  const { memory } = workspace;
  const { at } = workspace.layout;
  const { ofLine, ofNode } = words.places;
  const [rows, columns] = [words.lines, bits.lines];
  const ofCell = new Float64Array(rows * columns);
  const ofWord = new Float64Array(rows);
  const ofBit = new Float64Array(columns);
  let largest = 0;
  for (let row = 0, cell = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++, cell++) {
      const place = ofLine[row] + ofNode[column];
      // What comes back, as the bit lines' present voltages give it: D·B⁻¹·D·v.
      const back = memory[at.injection + place] + memory[at.residual + place];
      const drawn = memory[at.conductance + place] * memory[at.direction + place];
      const current = drawn - (injected ? back + injected[cell] : back);
      ofCell[cell] = current;
      sum += current;
      ofBit[column] += current;
      largest = Math.max(largest, Math.abs(current));
    }
    ofWord[row] = sum;
  }
  const largestOfLine = (lines: Float64Array) => lines.reduce((most, i) => Math.max(most, Math.abs(i)), 0);
  const largestOfCell = largest;
  largest = Math.max(largest, largestOfLine(ofWord), largestOfLine(ofBit));
  return { ofCell, ofWord, ofBit, largest, largestOfCell };
};
