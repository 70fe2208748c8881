import { failure, type Outcome, success } from '../design/problem.ts';
import { checkCircuit, checkDrives } from './check-circuit.ts';
import { type CrossbarCircuit, isWordEnd } from './circuit.ts';
import { endCurrents } from './ends.ts';
import { bitVoltages, clearFeedback, excite, layNetwork, type Network, readCells } from './network.ts';
import { checkPorts, drivesOf, inputCount, outputCount, type Ports, usualPorts } from './ports.ts';
import { type Relaxed, relax } from './relax.ts';
import { canSettle, type Learnt, learn, prepareToSettle, settleInto } from './settle.ts';
import { bitState, endState, wordState } from './solution.ts';
import { checkRelaxed, effortOf, type SolveOptions } from './solve.ts';

/**
 * The outputs of a crossbar for many input vectors, `[count][inputs]` in volt, as `[count][outputs]`: exact for each,
 * as `solveCrossbar` is. What is learnt about the circuit from the first vector makes the others cheaper.
 *
 * Problems as of `solveCrossbar`, and `crossbar.ports`.
 */
export function crossbarOutputs(
  circuit: CrossbarCircuit,
  vectors: Float64Array,
  ports: Ports = usualPorts,
  options: SolveOptions = {},
): Outcome<Float64Array> {
  const prepared = prepareOutputs(circuit, ports, options);
  if (!prepared.ok) return prepared;
  const inputs = inputCount(circuit, ports);
  if (vectors.length === 0 || vectors.length % inputs !== 0) {
    const message = `The input vectors are ${vectors.length} numbers, which is no multiple of ${inputs} inputs.`;
    return failure({ code: 'crossbar.shape', message });
  }
  const outputs = outputCount(circuit, ports);
  const results = new Float64Array((vectors.length / inputs) * outputs);
  for (let k = 0; k * inputs < vectors.length; k++) {
    const vector = vectors.subarray(k * inputs, (k + 1) * inputs);
    const wrong = checkDrives(circuit, drivesOf(ports, vector));
    if (wrong.length > 0) return failure(...wrong);
    const solved = prepared.value.solve(vector);
    if (!solved.ok) return solved;
    results.set(solved.value, k * outputs);
  }
  return success(results);
}

/** Finds the outputs of one vector after another, while no other circuit is solved. */
export interface OutputSolver {
  solve(vector: Float64Array): Outcome<Float64Array>;
}

export const prepareOutputs = (
  circuit: CrossbarCircuit,
  ports: Ports,
  options: SolveOptions,
): Outcome<OutputSolver> => {
  const checkedPorts = checkPorts(ports);
  if (!checkedPorts.ok) return checkedPorts;
  const checked = checkCircuit(circuit);
  if (!checked.ok) return checked;
  const network = layNetwork(circuit, options.kernels ?? 'auto');
  const effort = effortOf(circuit, options);
  let learnt: Learnt | undefined;
  return success({
    solve: (vector) => {
      const arrived = learnt && settleInto(network, learnt, vector);
      if (arrived) return success(arrived);
      clearFeedback(network);
      const own = excite(network, { drives: drivesOf(ports, vector) });
      const relaxed = relax(network, effort);
      const unsolved = checkRelaxed(relaxed);
      if (unsolved) return unsolved;
      const outputs = readOutput(network, ports, own, relaxed, vector);
      if (!learnt && canSettle(ports)) learnt = learn(network, ports, relaxed, effort);
      if (learnt) prepareToSettle(network, learnt);
      return success(outputs);
    },
  });
};

const readOutput = (
  network: Network,
  { inputs, output, quantity }: Ports,
  own: Float64Array | undefined,
  relaxed: Relaxed,
  vector: Float64Array,
): Float64Array => {
  const { circuit, workspace } = network;
  const drives = drivesOf({ inputs, output, quantity }, vector);
  const flows = { ...relaxed.flows, ofCell: readCells(network, workspace.layout.at.image) };
  const side = output === 'wordLeft' || output === 'bitTop' ? 'first' : 'last';
  const state = isWordEnd(output)
    ? wordState(network, flows, drives, readCells(network, workspace.layout.at.direction))
    : bitState(network, flows, drives, bitVoltages(network, own));
  return endState(state, side, endCurrents(state)[side], circuit[output])[quantity];
};
