import { failure, type Outcome, success } from '../design/problem.ts';
import { checkCircuit, checkDrives } from './check-circuit.ts';
import { type CrossbarCircuit, isWordEnd } from './circuit.ts';
import { endCurrents } from './ends.ts';
import { layNetwork } from './network.ts';
import { checkPorts, drivesOf, inputCount, outputCount, type Ports, usualPorts } from './ports.ts';
import { canSettle, type Learnt, learn, prepareToSettle, settleInto } from './settle.ts';
import { endState } from './solution.ts';
import { effortOf, type SolveOptions } from './solve.ts';
import { findState, type NetworkState } from './state.ts';

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
      const state = findState(network, { drives: drivesOf(ports, vector) }, effort);
      if (!state.ok) return state;
      // Where rounding blurs the currents, the short way would give blurred outputs.
      if (!learnt && canSettle(ports) && state.value.isExact)
        learnt = learn(network, ports, state.value, effort);
      if (learnt) prepareToSettle(network, learnt);
      return success(outputsOf(circuit, ports, state.value));
    },
  });
};

const outputsOf = (
  circuit: CrossbarCircuit,
  { output, quantity }: Ports,
  { words, bits }: NetworkState,
): Float64Array => {
  const side = output === 'wordLeft' || output === 'bitTop' ? 'first' : 'last';
  const lines = isWordEnd(output) ? words : bits;
  return endState(lines, side, endCurrents(lines)[side], circuit[output])[quantity];
};
