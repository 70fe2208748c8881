import { failure, type Outcome, success } from '../design/problem.ts';
import { checkDrives } from './check-circuit.ts';
import type { CrossbarCircuit } from './circuit.ts';
import { checkPorts, drivesOf, inputCount, outputCount, type Ports, usualPorts } from './ports.ts';
import { prepareOutputs } from './prepare-outputs.ts';
import type { SolveOptions } from './solve.ts';
import { applyTransfer, type TransferMatrix, transferMatrix } from './transfer.ts';

/**
 * The outputs of a crossbar for many input vectors, `[count][inputs]` in volt, as `[count][outputs]`: exact for each,
 * as `solveCrossbar` is. What is learnt about the circuit from the first vector makes the others cheaper; of more vectors
 * than the circuit has inputs, the transfer matrix makes each one product, except for those whose outputs almost vanish.
 *
 * Problems as of `solveCrossbar`, and `crossbar.ports`.
 */
export function crossbarOutputs(
  circuit: CrossbarCircuit,
  vectors: Float64Array,
  ports: Ports = usualPorts,
  options: SolveOptions = {},
): Outcome<Float64Array> {
  const checked = checkPorts(ports);
  if (!checked.ok) return checked;
  const inputs = inputCount(circuit, ports);
  if (vectors.length === 0 || vectors.length % inputs !== 0) {
    const message = `The input vectors are ${vectors.length} numbers, which is no multiple of ${inputs} inputs.`;
    return failure({ code: 'crossbar.shape', message });
  }
  const count = vectors.length / inputs;
  const results = new Float64Array(count * outputCount(circuit, ports));
  if (count <= margin * inputs) return solveEach(circuit, vectors, ports, options, results);
  const transfer = transferMatrix(circuit, ports, options);
  if (!transfer.ok) return transfer;
  for (let k = 0; k < count; k++) {
    const wrong = checkDrives(circuit, drivesOf(ports, vectors.subarray(k * inputs, (k + 1) * inputs)));
    if (wrong.length > 0) return failure(...wrong);
  }
  const applied = applyTransfer(transfer.value, vectors, results);
  if (!applied.ok) return applied;
  const vanishing = vanishingIn(transfer.value, vectors, results);
  return solveEach(circuit, vectors, ports, options, results, vanishing);
}

/** The transfer matrix takes one solution for each input. */
const margin = 1.25;

const solveEach = (
  circuit: CrossbarCircuit,
  vectors: Float64Array,
  ports: Ports,
  options: SolveOptions,
  results: Float64Array,
  which?: readonly number[],
): Outcome<Float64Array> => {
  if (which?.length === 0) return success(results);
  const prepared = prepareOutputs(circuit, ports, options);
  if (!prepared.ok) return prepared;
  const [inputs, outputs] = [inputCount(circuit, ports), outputCount(circuit, ports)];
  for (const k of which ?? Array.from({ length: vectors.length / inputs }, (_, vector) => vector)) {
    const solved = prepared.value.solve(vectors.subarray(k * inputs, (k + 1) * inputs));
    if (!solved.ok) return solved;
    results.set(solved.value, k * outputs);
  }
  return success(results);
};

/** Numbers of the vectors of which some output is so small a difference of large parts that digits are lost. */
const vanishingIn = (
  { values, inputs, outputs }: TransferMatrix,
  vectors: Float64Array,
  results: Float64Array,
): readonly number[] => {
  const sizes = { inputs, outputs, values: values.map(Math.abs) };
  const parts = new Float64Array(results.length);
  applyTransfer(sizes, vectors.map(Math.abs), parts);
  const found = new Set<number>();
  for (const [k, part] of parts.entries())
    if (part > mostCancelled * Math.abs(results[k])) found.add(Math.floor(k / outputs));
  return [...found];
};

const mostCancelled = 1e3;
