import { failure, type Outcome, success } from '../design/problem.ts';
import { checkCircuit, checkDrives } from './check-circuit.ts';
import { type CrossbarCircuit, isWordEnd } from './circuit.ts';
import { endCurrents } from './ends.ts';
import { layNetwork } from './network.ts';
import { checkPorts, drivesOf, type Ports } from './ports.ts';
import { canSettle, type Learnt, learn, prepareToSettle, settleInto } from './settle.ts';
import { endState } from './solution.ts';
import { effortOf, type SolveOptions } from './solve.ts';
import { findState, type NetworkState } from './state.ts';

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
      const wrong = checkDrives(circuit, drivesOf(ports, vector));
      if (wrong.length > 0) return failure(...wrong);
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
