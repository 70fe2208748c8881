import type { Problem } from '../design/problem.ts';
import { pow } from '../math/elementary.ts';
import { account, copyLedger, type Ledger, ledger } from './energy.ts';
import { errorOrder, errorWeights, gamma, stageWeights, weights } from './esdirk.ts';
import { execute, type Stage } from './instructions.ts';
import type { Machine, MachinePhase } from './machine.ts';

/** An integration under way; its memory holds the circuit at `time`. */
export interface Integration {
  readonly machine: Machine;
  readonly stage: Stage;
  /** Accepted local error of each state in a step. */
  readonly accepted: Float64Array;
  readonly start: Float64Array;
  readonly slopes: readonly Float64Array[];
  readonly ledger: Ledger;
  readonly trial: Ledger;
  time: number;
  /** Length that the last error suggests for the next step. */
  proposed: number;
  steps: number;
}

/** @param tolerance accepted local error of a step, relative to what each state's node says. */
export function startIntegration(machine: Machine, tolerance: number): Integration {
  const { states, circuit, lines, devices } = machine;
  const memory = machine.memory.slice();
  return {
    machine,
    stage: {
      memory,
      base: new Float64Array(states),
      rates: new Float64Array(states),
      lines,
      devices,
      reach: 0,
    },
    accepted: Float64Array.from(machine.nodes, ({ span }) => tolerance * span),
    start: new Float64Array(states),
    slopes: weights.map(() => new Float64Array(states)),
    ledger: ledger(circuit.elements.length, states),
    trial: ledger(circuit.elements.length, states),
    time: 0,
    proposed: 0,
    steps: 0,
  };
}

/** Brings every node that follows at once, and the rates of all states, in line with the phase that begins. */
export function enterPhase({ stage, slopes }: Integration, { code }: MachinePhase): void {
  stage.reach = 0;
  execute(code, stage);
  slopes[0].set(stage.rates);
}

/**
 * Integrates over `duration` seconds of a phase, `stepped` being called after each step of a length. Returns what prevents it: a
 * step that no length makes accurate, or a voltage that is not finite.
 */
export function integratePhase(
  integration: Integration,
  phase: MachinePhase,
  duration: number,
  stepped: (h: number) => void,
): Problem | undefined {
  const begin = integration.time;
  let done = 0;
  let h = integration.proposed > 0 ? Math.min(integration.proposed, duration / 8) : duration / 64;
  while (done < duration) {
    const left = duration - done;
    // A last step that would be a sliver takes half of the rest instead.
    if (h > left * (1 - 1e-9)) h = left;
    else if (h > left / 2) h = left / 2;
    const norm = attempt(integration, phase, h);
    const factor = norm > 0 ? Math.min(4, Math.max(0.2, 0.9 * pow(norm, -1 / errorOrder))) : 4;
    if (norm <= 1) {
      done = h === left ? duration : done + h;
      integration.time = begin + done;
      accept(integration);
      stepped(h);
    } else {
      retreat(integration, phase);
      if (!(h > 1e-12 * duration)) return stuck(integration);
    }
    h *= Number.isFinite(norm) ? factor : 0.1;
    if (norm <= 1 && done < duration) integration.proposed = h;
  }
  return undefined;
}

/** One step; the largest estimated error relative to the tolerance. The memory then holds the end of the step. */
function attempt(integration: Integration, phase: MachinePhase, h: number): number {
  const { stage, start, slopes, trial } = integration;
  const { memory, base } = stage;
  const n = start.length;
  for (let j = 0; j < n; j++) start[j] = memory[j];
  copyLedger(integration.ledger, trial);
  account(phase.accounts, memory, weights[0] * h, trial);
  stage.reach = gamma * h;
  for (let i = 1; i < weights.length; i++) {
    const row = stageWeights[i];
    for (let j = 0; j < n; j++) base[j] = start[j];
    for (let k = 0; k < row.length; k++) {
      const slope = slopes[k];
      const weight = h * row[k];
      if (weight !== 0) for (let j = 0; j < n; j++) base[j] += weight * slope[j];
    }
    execute(phase.code, stage);
    const slope = slopes[i];
    for (let j = 0; j < n; j++) slope[j] = (memory[j] - base[j]) / stage.reach;
    if (weights[i] !== 0) account(phase.accounts, memory, weights[i] * h, trial);
  }
  return errorNorm(integration, h);
}

function errorNorm({ slopes, accepted }: Integration, h: number): number {
  const [s0, , s2, s3, s4, s5] = slopes;
  const [e0, , e2, e3, e4, e5] = errorWeights;
  let norm = 0;
  for (let j = 0; j < s0.length; j++) {
    const error = Math.abs(h * (e0 * s0[j] + e2 * s2[j] + e3 * s3[j] + e4 * s4[j] + e5 * s5[j]));
    if (!Number.isFinite(error)) return Number.NaN;
    if (error > norm * accepted[j]) norm = error / accepted[j];
  }
  return norm;
}

function accept(integration: Integration): void {
  const { slopes, trial } = integration;
  // The last stage is the end of the step, and its rates are those at the beginning of the next.
  slopes[0].set(slopes[slopes.length - 1]);
  copyLedger(trial, integration.ledger);
  integration.steps++;
}

/** The circuit as it was before the step, its nodes without a pole included: energies are taken from them. */
function retreat({ stage, start }: Integration, { code }: MachinePhase): void {
  stage.memory.set(start);
  stage.reach = 0;
  execute(code, stage);
}

function stuck({ machine, slopes, time }: Integration): Problem {
  const last = slopes[slopes.length - 1];
  // Elements stand in the order in which signals run: the first node that fails is where it begins.
  const infinite = last.findIndex((slope) => !Number.isFinite(slope));
  const relative = (slope: number, j: number) => Math.abs(slope) / machine.nodes[j].span;
  const fastest = last.reduce(
    (best, slope, j) => (relative(slope, j) > relative(last[best], best) ? j : best),
    0,
  );
  const { name, unit } = machine.nodes[infinite >= 0 ? infinite : fastest];
  const what = unit === 'V' ? 'the voltage' : 'the state';
  const cause =
    infinite >= 0
      ? `${what} is not a finite number`
      : `${what} changes by ${last[fastest].toPrecision(3)} ${unit}/s however short the step`;
  return {
    code: 'transient.step',
    message: `The transient does not converge at ${time.toPrecision(6)} s: at node "${name}" ${cause}.`,
    hint: 'Look at the equations of the block that drives the node, and at values that are many decades apart.',
  };
}
