import type { CrossbarCircuit, Terminal, Wire } from './circuit.ts';
import { terminalResistance } from './circuit.ts';
import { bitPlaces, type Places, wordPlaces } from './layout.ts';
import type { Workspace } from './workspace.ts';

/**
 * The lines of one direction as chains of nodes, and their elimination.
 *
 * With y the admittance seen at a node towards the line's beginning, its own cell included, and r the segment behind
 * it, the coupling a = 1/(1 + r·y) and the pivot b = r·a eliminate a chain by
 *
 *     J_k = I_k + a_k·J_(k−1)      forward: the current that arrives at node k
 *     v_k = a_(k+1)·v_(k+1) + b_k·J_k      backward: its voltage
 *
 * This is Gaussian elimination of the tridiagonal nodal matrix, written in sums of positive terms only. Nothing
 * cancels however small the wire resistance is, and r = 0 needs no special case. A node joined to a source by no
 * resistance at all is pinned to it: its y is infinite, a and b before and at it vanish.
 */
export interface Chains {
  readonly lines: number;
  readonly nodes: number;
  readonly places: Places;
  /** A cell's place in arrays by row and column is `line · ofLine + node · ofNode`. */
  readonly cell: { readonly ofLine: number; readonly ofNode: number };
  readonly wire: Wire;
  readonly first: Terminal;
  readonly last: Terminal;
  /** Starts of the elimination's arrays in the workspace. */
  readonly coupling: number;
  readonly pivot: number;
  /** The coupling of each line's last node to its second terminal. */
  readonly lastCoupling: Float64Array;
  /** How many nodes of each line are pinned to the first terminal. */
  readonly pinned: Int32Array;
}

/** Enough lines at a time to use whole cache lines, few enough to stay in the cache. */
export const linesAtOnce = 8;

export const wordChains = (circuit: CrossbarCircuit, workspace: Workspace): Chains => ({
  lines: circuit.rows,
  nodes: circuit.columns,
  places: wordPlaces(workspace.layout),
  cell: { ofLine: circuit.columns, ofNode: 1 },
  wire: circuit.wordWire,
  first: circuit.wordLeft,
  last: circuit.wordRight,
  coupling: workspace.layout.at.wordCoupling,
  pivot: workspace.layout.at.wordPivot,
  lastCoupling: new Float64Array(circuit.rows),
  pinned: new Int32Array(circuit.rows),
});

export const bitChains = (circuit: CrossbarCircuit, workspace: Workspace): Chains => ({
  lines: circuit.columns,
  nodes: circuit.rows,
  places: bitPlaces(workspace.layout),
  cell: { ofLine: 1, ofNode: circuit.columns },
  wire: circuit.bitWire,
  first: circuit.bitTop,
  last: circuit.bitBottom,
  coupling: workspace.layout.at.bitCoupling,
  pivot: workspace.layout.at.bitPivot,
  lastCoupling: new Float64Array(circuit.columns),
  pinned: new Int32Array(circuit.columns),
});

/** Resistance of segment `k` of a line. */
export const segment = ({ wire, nodes }: Chains, line: number, k: number): number =>
  typeof wire === 'number' ? wire : wire[line * (nodes + 1) + k];

/** Resistance from the source to the line's first or last node; infinite for a floating end. */
export const firstResistance = (chains: Chains, line: number): number =>
  terminalResistance(chains.first, line) + segment(chains, line, 0);
export const lastResistance = (chains: Chains, line: number): number =>
  terminalResistance(chains.last, line) + segment(chains, line, chains.nodes);

/** Eliminates every chain, with the cells' conductances to ground at its nodes: line by line. */
export const factorChains = (memory: Float64Array, chains: Chains, conductance: Float64Array): void => {
  for (let line = 0; line < chains.lines; line += linesAtOnce) {
    factorSome(memory, chains, conductance, line, Math.min(line + linesAtOnce, chains.lines));
  }
};

function factorSome(
  memory: Float64Array,
  chains: Chains,
  conductance: Float64Array,
  from: number,
  to: number,
): void {
  const { places, cell, coupling, pivot, nodes, wire } = chains;
  const seen = new Float64Array(linesAtOnce);
  for (let line = from; line < to; line++) {
    const behind = firstResistance(chains, line);
    seen[line - from] = conductance[line * cell.ofLine] + 1 / behind;
    memory[coupling + places.ofLine[line]] = 0;
    chains.pinned[line] = behind === 0 ? 1 : 0;
  }
  for (let node = 1; node < nodes; node++) {
    const place = places.ofNode[node];
    const before = places.ofNode[node - 1];
    for (let line = from; line < to; line++) {
      const start = places.ofLine[line];
      const r = typeof wire === 'number' ? wire : wire[line * (nodes + 1) + node];
      const y = seen[line - from];
      const own = conductance[line * cell.ofLine + node * cell.ofNode];
      if (y < Infinity) {
        const a = 1 / (1 + r * y);
        memory[coupling + start + place] = a;
        memory[pivot + start + before] = r * a;
        seen[line - from] = own + y * a;
      } else {
        memory[coupling + start + place] = 0;
        memory[pivot + start + before] = 0;
        seen[line - from] = own + 1 / r;
        if (r === 0) chains.pinned[line]++;
      }
    }
  }
  for (let line = from; line < to; line++) endChain(memory, chains, line, seen[line - from]);
}

/** Takes the elimination of a line to its second terminal, with y what its last node sees. */
const endChain = (memory: Float64Array, chains: Chains, line: number, y: number): void => {
  const { places, pivot, nodes } = chains;
  const r = lastResistance(chains, line);
  const a = y < Infinity && r < Infinity ? 1 / (1 + r * y) : 0;
  chains.lastCoupling[line] = a;
  memory[pivot + places.ofLine[line] + places.ofNode[nodes - 1]] = r < Infinity ? r * a : 1 / y;
};

/** Eliminates the chains of both directions at once, from the conductances in the memory, where that is possible. */
export const factorAtOnce = ({ memory, layout, sweeps }: Workspace, words: Chains, bits: Chains): boolean => {
  if (!sweeps.factor || typeof words.wire !== 'number' || typeof bits.wire !== 'number') return false;
  const starts = [layout.wordStart, layout.bitCarry];
  for (const [k, chains] of [words, bits].entries())
    for (let line = 0; line < chains.lines; line++) {
      const behind = firstResistance(chains, line);
      if (behind === 0) return false;
      memory[starts[k] + line] = 1 / behind;
      chains.pinned[line] = 0;
    }
  sweeps.factor(words.wire, bits.wire);
  for (const [k, chains] of [words, bits].entries())
    for (let line = 0; line < chains.lines; line++) endChain(memory, chains, line, memory[starts[k] + line]);
  return true;
};

/** The backward elimination: node voltages `[rows][columns]` from the forward elimination that begins at `from`. */
export const chainVoltages = (memory: Float64Array, chains: Chains, from: number): Float64Array => {
  const { lines, nodes, places, cell, coupling } = chains;
  const voltages = new Float64Array(lines * nodes);
  for (let start = 0; start < lines; start += linesAtOnce) {
    const end = Math.min(start + linesAtOnce, lines);
    const carried = new Float64Array(linesAtOnce);
    for (let node = nodes - 1; node >= 0; node--) {
      const ofNode = places.ofNode[node];
      for (let line = start; line < end; line++) {
        const place = places.ofLine[line] + ofNode;
        const v = carried[line - start] + memory[from + place];
        carried[line - start] = memory[coupling + place] * v;
        voltages[line * cell.ofLine + node * cell.ofNode] = v;
      }
    }
  }
  return voltages;
};
