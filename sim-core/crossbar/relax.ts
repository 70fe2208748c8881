import { type Flows, tallyFlows } from './flows.ts';
import type { Network } from './network.ts';

/**
 * The static state of an excited network, by conjugate gradients on S = W − D·B⁻¹·D, which is what the word lines see
 * once the bit lines are eliminated, preconditioned with W⁻¹ (the method of Hestenes and Stiefel, 1952).
 *
 * The unknown is not the voltage v of the word lines but the current y = D·B⁻¹·D·v that comes back to them through the
 * bit lines, with v = W⁻¹·(sources + y). The residual is then a current too: how far Kirchhoff's current law is from
 * holding at the word lines' nodes, while it holds at every bit line node. No voltage is multiplied by the conductance
 * of a wire anywhere, so wires may be as good as they like.
 */
export interface Relaxed {
  readonly iterations: number;
  /** Largest violation of Kirchhoff's current law at any node, in ampere. */
  readonly imbalance: number;
  readonly flows: Flows;
  /** Coefficients of the first run of conjugate gradients. */
  readonly steps: readonly Step[];
}

/** One iteration of conjugate gradients. */
export interface Step {
  /** How far along the direction. */
  readonly alpha: number;
  /** How much of the direction goes into the next. */
  readonly beta: number;
}

export interface Effort {
  /** Kirchhoff's current law holds to this fraction of the largest current. */
  readonly tolerance: number;
  readonly iterations: number;
}

/** Starts from the feedback current that the workspace's `injection` holds: zeros, or those of a similar problem. */
export const relax = (network: Network, effort: Effort): Relaxed => {
  let steps: readonly Step[] | undefined;
  let iterations = 0;
  const imbalances: number[] = [];
  while (true) {
    const { energy, flows } = restart(network);
    const wanted = targets(flows, effort.tolerance);
    const isBalanced = flows.imbalanceOfWord.every((imbalance, row) => imbalance <= wanted[row]);
    const isStalled = !(flows.imbalance < (imbalances.at(-patience) ?? Infinity) / 2);
    if (isBalanced || isStalled || iterations >= effort.iterations) {
      return { iterations, imbalance: flows.imbalance, flows, steps: steps ?? [] };
    }
    imbalances.push(flows.imbalance);
    const margin = steps ? closer : close;
    const most = effort.iterations - iterations;
    const done = descend(
      network,
      energy,
      wanted.map((target) => target * margin),
      most,
    );
    iterations += done.length;
    steps ??= done;
  }
};

/**
 * What conjugate gradients aim at, of what is wanted: before the bit lines have lifted their voltages, the currents are
 * larger than they will be, and the estimate of what is left is rough.
 */
const close = 1 / 2;
const closer = 1 / 16;

/**
 * How much imbalance each word line may have: a fraction of the largest current of all, and a coarser one of its own
 * largest current, since some lines may carry far less than others; but no less than the rounding of what the voltages
 * drive.
 */
export const targets = (flows: Flows, tolerance: number): Float64Array =>
  flows.largestOfWord.map((own, row) =>
    Math.max(tolerance * Math.min(flows.largest, locality * own), rounding * flows.grossOfWord[row]),
  );

const locality = 1e3;
const rounding = Number.EPSILON;

/**
 * Restarts until the imbalance must have halved. Conjugate gradients lower the energy of the error, and the imbalance
 * may rise on the way.
 */
const patience = 6;

/** Voltages, currents and the true residual from the feedback current alone. */
const restart = (network: Network): { energy: number; flows: Flows } => {
  const { sweeps, layout } = network.workspace;
  sweeps.inject();
  sweeps.search(1);
  sweeps.update(1);
  const energy = total(network, layout.wordSum, layout.rows);
  return { energy, flows: tallyFlows(network) };
};

const total = ({ workspace }: Network, start: number, count: number): number => {
  let sum = 0;
  for (let k = start; k < start + count; k++) sum += workspace.memory[k];
  return sum;
};

/** No eigenvalue of W⁻¹·S is above one, so no step is below one until rounding has spoilt the directions. */
const lost = 0.9;

/** Conjugate gradients from a restarted state until the residual is as small as wanted. */
const descend = (network: Network, from: number, wanted: Float64Array, most: number): readonly Step[] => {
  const { sweeps, layout } = network.workspace;
  const steps: Step[] = [];
  let energy = from;
  let beta = 0;
  while (steps.length < most && energy > 0) {
    sweeps.search(beta);
    // Not by the recurrence of conjugate directions, which rounding spoils where S takes little of W away.
    const inWords = total(network, layout.wordSum, layout.rows);
    const alpha = energy / (inWords - total(network, layout.bitSum, layout.columns));
    if (!(alpha > lost && alpha < Infinity)) break;
    sweeps.update(alpha);
    const before = energy;
    energy = total(network, layout.wordSum, layout.rows);
    beta = energy / before;
    steps.push({ alpha, beta });
    if (isClose(network, wanted)) break;
  }
  return steps;
};

/**
 * Whether the error z = W⁻¹·r that is left changes hardly a cell's current by more than is wanted: z·W·z is at least
 * Σ G·z², so the energy of a line's residual, if its cells share it, bounds (G·z)² over the line's largest conductance.
 * The restart afterwards tells what the imbalance is indeed.
 */
const isClose = ({ workspace, largestConductance }: Network, wanted: Float64Array): boolean => {
  const { memory, layout } = workspace;
  for (let row = 0; row < layout.rows; row++) {
    const energy = memory[layout.wordSum + row] / layout.columns;
    if (!(energy * largestConductance[row] <= wanted[row] * wanted[row])) return false;
  }
  return true;
};
