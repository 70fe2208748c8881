import { failure, type Outcome, success } from '../design/problem.ts';
import { type CrossbarCircuit, isWordEnd, type LineEnd, terminalResistance } from './circuit.ts';
import { checkPorts, inputCount, outputCount, type Ports, usualPorts } from './ports.ts';
import { prepareOutputs } from './prepare-outputs.ts';
import type { SolveOptions } from './solve.ts';

/** A linear crossbar as seen from outside: outputs = values · inputs. */
export interface TransferMatrix {
  readonly outputs: number;
  readonly inputs: number;
  /** `[outputs][inputs]`, in siemens for currents, without unit for voltages. */
  readonly values: Float64Array;
}

/**
 * The outputs of a crossbar as a matrix: computed once per programmed array, it makes every further input vector cost
 * one product of a matrix and a vector, with wires as without them.
 *
 * Each column is the answer to one volt at one input. Where there are far fewer outputs than inputs, each row is found
 * instead, by reciprocity: the current at output o due to one volt at input i is that at i due to one volt at o.
 *
 * Problems as of `crossbarOutputs`.
 */
export function transferMatrix(
  circuit: CrossbarCircuit,
  ports: Ports = usualPorts,
  options: SolveOptions = {},
): Outcome<TransferMatrix> {
  const checked = checkPorts(ports);
  if (!checked.ok) return checked;
  const isFewer = outputCount(circuit, ports) * costOfAdjoint < inputCount(circuit, ports);
  return isFewer && canBeDriven(circuit, ports.output)
    ? byRows(circuit, ports, options)
    : byColumns(circuit, ports, options);
}

/** The short way of `crossbarOutputs` does not serve the other direction. */
const costOfAdjoint = 3;

const canBeDriven = (circuit: CrossbarCircuit, end: LineEnd): boolean => {
  const terminal = circuit[end];
  return typeof terminal === 'number' ? terminal < Infinity : terminal.every((r) => r < Infinity);
};

const byColumns = (
  circuit: CrossbarCircuit,
  ports: Ports,
  options: SolveOptions,
): Outcome<TransferMatrix> => {
  const prepared = prepareOutputs(circuit, ports, options);
  if (!prepared.ok) return prepared;
  const inputs = inputCount(circuit, ports);
  const outputs = outputCount(circuit, ports);
  const isDriven = (input: number) =>
    ports.inputs.some((end) => terminalResistance(circuit[end], input) < Infinity);
  const { solve } = prepared.value;
  const first = solve(probe(inputs).map((v, input) => (isDriven(input) ? v : 0)));
  if (!first.ok) return first;
  const values = new Float64Array(outputs * inputs);
  for (let input = 0; input < inputs; input++) {
    if (!isDriven(input)) continue;
    const column = solve(unit(inputs, input));
    if (!column.ok) return column;
    for (let output = 0; output < outputs; output++) values[output * inputs + input] = column.value[output];
  }
  return success({ outputs, inputs, values });
};

/** A vector that excites everything, from which the circuit is learnt: multiples of the golden ratio, modulo one. */
const probe = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => {
    const x = (k + 1) * 0.6180339887498949;
    return x - Math.floor(x);
  });

const unit = (count: number, at: number): Float64Array => {
  const vector = new Float64Array(count);
  vector[at] = 1;
  return vector;
};

const byRows = (circuit: CrossbarCircuit, ports: Ports, options: SolveOptions): Outcome<TransferMatrix> => {
  const inputs = inputCount(circuit, ports);
  const outputs = outputCount(circuit, ports);
  const values = new Float64Array(outputs * inputs);
  for (const end of ports.inputs) {
    const back = { inputs: [ports.output], output: end, quantity: 'current' } as const;
    const prepared = prepareOutputs(circuit, back, options);
    if (!prepared.ok) return prepared;
    // Reciprocity holds for currents that all flow into the array; those of bit lines are counted out of it.
    const sign = isWordEnd(end) === isWordEnd(ports.output) ? 1 : -1;
    for (let output = 0; output < outputs; output++) {
      const row = prepared.value.solve(unit(outputs, output));
      if (!row.ok) return row;
      const factor = sign * quantityOf(circuit, ports, output);
      for (let input = 0; input < inputs; input++)
        values[output * inputs + input] += factor * row.value[input];
    }
  }
  return success({ outputs, inputs, values });
};

/** What a current of one ampere means in the quantity that is asked for. */
const quantityOf = (circuit: CrossbarCircuit, { output, quantity }: Ports, line: number): number => {
  if (quantity === 'current') return 1;
  const resistance = terminalResistance(circuit[output], line);
  return isWordEnd(output) ? -resistance : resistance;
};

/**
 * outputs = values · inputs, for one vector or for several, `[count][inputs]` into `[count][outputs]`.
 *
 * Problem `crossbar.shape` when the sizes do not agree.
 */
export function applyTransfer(
  transfer: TransferMatrix,
  inputs: Float64Array,
  outputs: Float64Array,
): Outcome<Float64Array> {
  const count = inputs.length / transfer.inputs;
  if (!Number.isInteger(count) || outputs.length !== count * transfer.outputs) {
    const size = `${transfer.outputs} × ${transfer.inputs}`;
    const message = `A ${size} transfer matrix does not take ${inputs.length} inputs to ${outputs.length} outputs.`;
    return failure({ code: 'crossbar.shape', message });
  }
  for (let k = 0; k < count; k++)
    product(transfer, inputs, k * transfer.inputs, outputs, k * transfer.outputs);
  return success(outputs);
}

/** Four rows at a time, so that four sums are under way at once and each input is read once for all of them. */
const product = (
  { values, inputs, outputs }: TransferMatrix,
  x: Float64Array,
  fromX: number,
  y: Float64Array,
  fromY: number,
): void => {
  let row = 0;
  for (; row + 4 <= outputs; row += 4) {
    const [a, b, c, d] = [row * inputs, (row + 1) * inputs, (row + 2) * inputs, (row + 3) * inputs];
    let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
    for (let k = 0; k < inputs; k++) {
      const value = x[fromX + k];
      sumA += values[a + k] * value;
      sumB += values[b + k] * value;
      sumC += values[c + k] * value;
      sumD += values[d + k] * value;
    }
    y[fromY + row] = sumA;
    y[fromY + row + 1] = sumB;
    y[fromY + row + 2] = sumC;
    y[fromY + row + 3] = sumD;
  }
  for (; row < outputs; row++) {
    let sum = 0;
    for (let k = 0; k < inputs; k++) sum += values[row * inputs + k] * x[fromX + k];
    y[fromY + row] = sum;
  }
};
