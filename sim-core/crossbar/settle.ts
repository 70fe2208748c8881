import { type CrossbarCircuit, isWordEnd, terminalResistance } from './circuit.ts';
import { clearFeedback, excite, type Network } from './network.ts';
import { drivesOf, inputCount, type Ports } from './ports.ts';
import { type Effort, type Relaxed, targets } from './relax.ts';
import { richardsonSteps } from './richardson.ts';

/** What the first solution with some ports tells about all others with the same ports. */
export interface Learnt {
  /** Forward elimination of the word lines with one volt at each input. */
  readonly unit: Float64Array;
  /** Steps of Richardson's iteration. */
  readonly steps: readonly number[];
  /** Imbalance allowed in each word line, in ampere per volt at the largest input. */
  readonly wanted: Float64Array;
  readonly quantity: Ports['quantity'];
}

/** The short way serves inputs at word lines and outputs at the bottom of bit lines: the sweeps end there. */
export const canSettle = ({ inputs, output }: Ports): boolean =>
  inputs.every(isWordEnd) && output === 'bitBottom';

const mostSteps = 100;

/** Undefined where the first solution teaches nothing: nothing was driven, or it was too hard. */
export const learn = (
  network: Network,
  ports: Ports,
  relaxed: Relaxed,
  vector: Float64Array,
  { tolerance }: Effort,
): Learnt | undefined => {
  const scale = largestOf(vector);
  const steps = richardsonSteps(relaxed.steps);
  if (scale === 0 || steps.length === 0 || steps.length > mostSteps) return undefined;
  const wanted = targets(relaxed.flows, tolerance).map((imbalance) => imbalance / scale);
  const { memory, layout } = network.workspace;
  clearFeedback(network);
  excite(network, { drives: oneVolt(network.circuit, ports) });
  const unit = memory.slice(layout.at.source, layout.at.source + layout.panels * 4 * layout.width);
  return { unit, steps, wanted, quantity: ports.quantity };
};

/** One volt at every input whose end does not float. */
const oneVolt = (circuit: CrossbarCircuit, ports: Ports) => {
  const ones = new Float64Array(inputCount(circuit, ports)).fill(1);
  const all = drivesOf(ports, ones);
  return Object.fromEntries(
    ports.inputs.map((end) => [
      end,
      all[end]?.map((v, line) => (terminalResistance(circuit[end], line) < Infinity ? v : 0)),
    ]),
  );
};

/** Makes ready for `settleInto`, after any other sweep. */
export const prepareToSettle = ({ workspace: { memory, layout } }: Network, { unit }: Learnt): void =>
  memory.set(unit, layout.at.direction);

/** The outputs, unless these steps are not enough for this vector. */
export const settleInto = (
  network: Network,
  learnt: Learnt,
  vector: Float64Array,
): Float64Array | undefined => {
  const { sweeps, memory, layout } = network.workspace;
  memory.set(vector, layout.wordSum);
  sweeps.drive();
  for (const step of learnt.steps) sweeps.settle(step);
  const scale = largestOf(vector);
  for (let k = 0; k < spare; k++) {
    sweeps.settle(1);
    if (isBalanced(network, learnt.wanted, scale)) return readArrived(network, learnt.quantity);
  }
  return undefined;
};

/** Steps more that may be needed, since the polynomial was made for another vector. */
const spare = 5;

const isBalanced = (
  { workspace: { memory, layout } }: Network,
  wanted: Float64Array,
  scale: number,
): boolean => {
  for (let row = 0; row < layout.rows; row++) {
    if (!(memory[layout.wordLargest + row] <= wanted[row] * scale)) return false;
  }
  return true;
};

/** What leaves the bit lines at the bottom, from the current that arrives at their last nodes. */
const readArrived = ({ workspace, bits, circuit }: Network, quantity: Ports['quantity']): Float64Array => {
  const { memory, layout } = workspace;
  const outputs = new Float64Array(bits.lines);
  for (let line = 0; line < bits.lines; line++) {
    const arrived = memory[layout.bitCarry + line];
    const resistance = terminalResistance(circuit.bitBottom, line);
    const current = bits.lastCoupling[line] * arrived;
    const last = bits.places.ofLine[line] + bits.places.ofNode[bits.nodes - 1];
    const open = resistance === Infinity;
    if (quantity === 'current') outputs[line] = current;
    else outputs[line] = open ? memory[bits.pivot + last] * arrived : current * resistance;
  }
  return outputs;
};

const largestOf = (values: Float64Array): number =>
  values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
