import { failure, type Outcome, success } from '../design/problem.ts';
import { checkCircuit, checkDrives } from './check-circuit.ts';
import type { CrossbarCircuit, Drives } from './circuit.ts';
import { layNetwork } from './network.ts';
import { type CrossbarSolution, readSolution } from './solution.ts';
import { findState } from './state.ts';
import type { Kernels } from './workspace.ts';

export interface SolveOptions {
  /** Kirchhoff's current law shall hold to this fraction of the largest current; 2e-13 unless given. */
  readonly tolerance?: number;
  /** Most iterations; by default far more than any circuit was seen to need. */
  readonly iterations?: number;
  readonly kernels?: Kernels;
}

export const effortOf = ({ rows, columns }: CrossbarCircuit, options: SolveOptions) => ({
  tolerance: options.tolerance ?? 2e-13,
  iterations: options.iterations ?? 1000 + 10 * (rows + columns),
});

/**
 * The exact static state of a crossbar with all its wires, by Kirchhoff's laws alone.
 *
 * Problems: `crossbar.empty`, `.shape`, `.value`, `.too-large` for arrays that are no crossbar; `.floating-drive`,
 * `.floating-line`, `.shorted-ends` for circuits without a definite state; `.unsolved` when the iteration does not
 * reach Kirchhoff's law, or overflows.
 *
 * @param start voltages of the bit lines in a similar state, `[rows][columns]`, from which the iteration starts.
 *
 * @example
 * const solved = solveCrossbar(
 *   { rows: 2, columns: 1, conductance: Float64Array.of(1e-4, 2e-4), wordWire: 1, bitWire: 1,
 *     wordLeft: 0, wordRight: Infinity, bitTop: Infinity, bitBottom: 0 },
 *   { wordLeft: Float64Array.of(0.2, 0.1) },
 * );
 * if (solved.ok) solved.value.ends.bitBottom.current; // a little under 40 µA
 */
export function solveCrossbar(
  circuit: CrossbarCircuit,
  drives: Drives,
  options: SolveOptions & { readonly start?: Float64Array } = {},
): Outcome<CrossbarSolution> {
  const checked = checkCircuit(circuit);
  if (!checked.ok) return checked;
  const wrong = checkDrives(circuit, drives);
  if (wrong.length > 0) return failure(...wrong);
  const network = layNetwork(circuit, options.kernels ?? 'auto');
  const { start } = options;
  const similar = start?.length === circuit.rows * circuit.columns ? start : undefined;
  const state = findState(network, { drives }, effortOf(circuit, options), similar);
  return state.ok ? success(readSolution(network, drives, state.value)) : state;
}
