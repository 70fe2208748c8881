import { failure, type Outcome, success } from '../design/problem.ts';
import { type CrossbarCircuit, type Drives, endCount, isWordEnd, type LineEnd } from './circuit.ts';

/** Where a crossbar's inputs and outputs are. */
export interface Ports {
  /** Ends that one vector of voltages drives; more than one, of the same lines, to drive them from both sides. */
  readonly inputs: readonly LineEnd[];
  /** The end at which outputs are taken. */
  readonly output: LineEnd;
  /** Currents in ampere, into word lines and out of bit lines, or voltages in volt between wire and terminal. */
  readonly quantity: 'current' | 'voltage';
}

/** Word lines driven from the left, currents sensed at the bottom of the bit lines. */
export const usualPorts: Ports = { inputs: ['wordLeft'], output: 'bitBottom', quantity: 'current' };

export const inputCount = (circuit: CrossbarCircuit, ports: Ports): number =>
  endCount(circuit, ports.inputs[0]);

export const outputCount = (circuit: CrossbarCircuit, ports: Ports): number =>
  endCount(circuit, ports.output);

export const drivesOf = (ports: Ports, voltages: Float64Array): Drives =>
  Object.fromEntries(ports.inputs.map((end) => [end, voltages]));

export const checkPorts = (ports: Ports): Outcome<Ports> => {
  const [first, ...others] = ports.inputs;
  if (first !== undefined && others.every((end) => isWordEnd(end) === isWordEnd(first)))
    return success(ports);
  const message =
    first === undefined
      ? 'The crossbar has no inputs.'
      : `${ports.inputs.join(' and ')} cannot share their voltages: they are ends of different lines.`;
  return failure({ code: 'crossbar.ports', message });
};
