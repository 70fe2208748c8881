import { bitChains, type Chains, chainVoltages, factorAtOnce, factorChains, wordChains } from './chains.ts';
import type { CrossbarCircuit, Drives } from './circuit.ts';
import { layoutOf, rowsOfPanel } from './layout.ts';
import { driveWords, eliminateSources } from './line-sources.ts';
import { claimWorkspace, type Kernels, type Workspace } from './workspace.ts';

/**
 * A circuit laid out and eliminated line by line: [W, −D; −D, B], with W and B the tridiagonal matrices of the word
 * and the bit lines and D the conductances between them.
 */
export interface Network {
  readonly circuit: CrossbarCircuit;
  readonly workspace: Workspace;
  readonly words: Chains;
  readonly bits: Chains;
  /** Largest conductance in each word line. */
  readonly largestConductance: Float64Array;
}

export const layNetwork = (circuit: CrossbarCircuit, kernels: Kernels): Network => {
  const workspace = claimWorkspace(layoutOf(circuit.rows, circuit.columns), kernels);
  const words = wordChains(circuit, workspace);
  const bits = bitChains(circuit, workspace);
  const largestConductance = new Float64Array(circuit.rows);
  const network = { circuit, workspace, words, bits, largestConductance };
  setConductance(network, circuit.conductance);
  return network;
};

/** Replaces the cells' conductances, with everything else as it is. */
export const setConductance = (network: Network, conductance: Float64Array): void => {
  const { workspace, words, bits, largestConductance } = network;
  writeCells(network, conductance, workspace.layout.at.conductance);
  if (!factorAtOnce(workspace, words, bits)) {
    factorChains(workspace.memory, words, conductance);
    factorChains(workspace.memory, bits, conductance);
  }
  for (let row = 0, cell = 0; row < words.lines; row++) {
    let most = 0;
    for (const end = cell + words.nodes; cell < end; cell++)
      if (conductance[cell] > most) most = conductance[cell];
    largestConductance[row] = most;
  }
};

/** Copies values by row and column into an array of the word lines' order. */
export const writeCells = ({ workspace, words }: Network, values: Float64Array, start: number): void => {
  const { memory } = workspace;
  const { lines, nodes, places } = words;
  // The rows of a panel together, since their cells share cache lines.
  for (let panel = 0; panel < lines; panel += rowsOfPanel) {
    const end = Math.min(panel + rowsOfPanel, lines);
    for (let column = 0; column < nodes; column++) {
      let place = start + places.ofLine[panel] + places.ofNode[column];
      for (let row = panel; row < end; row++, place++) memory[place] = values[row * nodes + column];
    }
  }
};

export const readCells = ({ workspace, words }: Network, start: number): Float64Array => {
  const { memory } = workspace;
  const { lines, nodes, places } = words;
  const values = new Float64Array(lines * nodes);
  for (let panel = 0; panel < lines; panel += rowsOfPanel) {
    const end = Math.min(panel + rowsOfPanel, lines);
    for (let column = 0; column < nodes; column++) {
      let place = start + places.ofLine[panel] + places.ofNode[column];
      for (let row = panel; row < end; row++, place++) values[row * nodes + column] = memory[place];
    }
  }
  return values;
};

/** What drives a network: sources behind the terminals, and current sources beside the cells. */
export interface Excitation {
  readonly drives: Drives;
  /** Current in ampere from word line to bit line beside each cell's conductance, `[rows][columns]`. */
  readonly cellSource?: Float64Array;
  /** Currents in ampere into the nodes of the lines, `[rows][columns]`. */
  readonly wordSource?: Float64Array;
  readonly bitSource?: Float64Array;
}

/**
 * Writes an excitation into the workspace. The unknown of the iteration is the current that the word lines feed back
 * into themselves through the bit lines, y = D·B⁻¹·D·v, with what the bit lines' own sources add to it.
 *
 * Gives the voltages of the bit lines with every word line at ground, `[rows][columns]`, where anything drives them.
 */
export const excite = (
  network: Network,
  { drives, cellSource, wordSource, bitSource }: Excitation,
): Float64Array | undefined => {
  const { workspace, words, bits } = network;
  const { memory, layout } = workspace;
  const { at } = layout;
  driveWords(workspace, words, { first: drives.wordLeft, last: drives.wordRight, injected: wordSource });
  if (!cellSource && !bitSource && !isDriving(drives.bitTop) && !isDriving(drives.bitBottom)) {
    memory.fill(0, at.fixed, at.fixed + layout.stride);
    return undefined;
  }
  const injected = both(cellSource, bitSource);
  eliminateSources(memory, bits, { first: drives.bitTop, last: drives.bitBottom, injected }, at.bitForward);
  const bitVoltage = chainVoltages(memory, bits, at.bitForward);
  writeCells(network, currentInto(network, bitVoltage, cellSource), at.fixed);
  return bitVoltage;
};

const both = (a: Float64Array | undefined, b: Float64Array | undefined): Float64Array | undefined =>
  a && b ? a.map((i, cell) => i + b[cell]) : (a ?? b);

/** The current that comes into the word lines' nodes from bit lines at given voltages. */
const currentInto = (network: Network, bitVoltage: Float64Array, cellSource?: Float64Array): Float64Array => {
  const conductance = readCells(network, network.workspace.layout.at.conductance);
  return bitVoltage.map((v, cell) => conductance[cell] * v - (cellSource ? cellSource[cell] : 0));
};

const isDriving = (voltages: Float64Array | undefined): boolean => voltages?.some((v) => v !== 0) ?? false;

/** Makes the iteration start from nothing again. */
export const clearFeedback = ({ workspace: { memory, layout } }: Network): void => {
  memory.fill(0, layout.at.injection, layout.at.injection + layout.stride);
  memory.fill(0, layout.at.residual, layout.at.residual + layout.stride);
};

/** Starts the iteration from the bit lines' voltages in a similar state, `[rows][columns]`. */
export const startFrom = (network: Network, bitVoltage: Float64Array, cellSource?: Float64Array): void => {
  clearFeedback(network);
  writeCells(network, currentInto(network, bitVoltage, cellSource), network.workspace.layout.at.injection);
};

/** Voltages of the bit lines, `[rows][columns]`, after a sweep that went down them; `own` is what `excite` gave. */
export const bitVoltages = ({ workspace, bits }: Network, own: Float64Array | undefined): Float64Array => {
  const voltages = chainVoltages(workspace.memory, bits, workspace.layout.at.bitForward);
  if (own) for (let cell = 0; cell < voltages.length; cell++) voltages[cell] += own[cell];
  return voltages;
};
