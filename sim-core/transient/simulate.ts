import type { Circuit } from '../circuit/circuit.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import { pow } from '../math/elementary.ts';
import type { RandomStream } from '../math/random.ts';
import { enterPhase, type Integration, integratePhase, startIntegration } from './integrate.ts';
import { compileCircuit, type Machine, sizeOf } from './machine.ts';
import { addNoise } from './noise.ts';
import { type Recorder, recorder, swapBlocks, type Waveforms } from './record.ts';
import { type CircuitTarget, everySignal } from './targets.ts';

export interface TransientOptions {
  /** Voltages of each input of the network by its name, `[steps][size]`. */
  readonly inputs: Readonly<Record<string, Float64Array>>;
  readonly steps: number;
  /** Accepted error, relative to the voltage that stands for 1. Default 1e-5. */
  readonly tolerance?: number;
  /** What to record, as `findTargets` gives it; default every signal. */
  readonly targets?: readonly CircuitTarget[];
  /** Where the noise of resistors and circuits is drawn from; left out, there is none. */
  readonly noise?: RandomStream;
}

/**
 * The waveforms of a circuit over some time steps, from rest: every capacitor and every circuit's output begins at
 * 0 V, but for the memories, which begin with their states' initial values.
 *
 * An L-stable method of order 4 steps as far as its error estimate lets it; at every instant at which a switch moves
 * or a source steps it ends exactly and starts again. Within a phase each circuit is driven by circuits above it alone,
 * so that the implicit equations of a stage are solved one after the other in closed form.
 *
 * Fails with `transient.step`, which names node, time and cause.
 */
export function simulateTransient(circuit: Circuit, options: TransientOptions): Outcome<Waveforms> {
  const machine = compileCircuit(circuit);
  const integration = startIntegration(machine, localTolerance(options.tolerance ?? usual));
  const record = recorder(machine, options.targets ?? everySignal(circuit));
  chargeMemories(machine, integration);
  record.begin(integration);
  for (let step = 0; step < options.steps; step++) {
    drive(machine, integration, options, step);
    for (const [index, phase] of machine.phases.entries()) {
      enterPhase(integration, phase);
      record.phase(step, index, integration);
      const problem = integratePhase(integration, phase, circuit.phases[index].duration, (h) => {
        if (options.noise) {
          addNoise(phase.noise, integration.stage, h, options.noise, record.injected);
          enterPhase(integration, phase);
        }
        record.sample(integration);
      });
      if (problem) return failure(problem);
      record.settled(step, index, integration);
      open(integration, phase, record);
    }
    swap(machine, integration, record);
  }
  return success(record.waveforms(integration));
}

const usual = 1e-5;

/**
 * The local error that makes the whole error proportional to the tolerance (after Söderlind's tolerance
 * proportionality). A smaller local error takes more steps, whose errors add up, most of all at kinks where amplifiers
 * begin or cease to slew; the exponent makes up for it and is checked by a test.
 */
const localTolerance = (tolerance: number): number => usual * pow(tolerance / usual, 1.25);

/** Puts the charge on the memories that their states' initial values ask for. */
function chargeMemories({ circuit, swaps }: Machine, { stage }: Integration): void {
  let at = 0;
  for (const element of circuit.elements) {
    if (element.kind !== 'memory') continue;
    const size = sizeOf(circuit, element.next);
    const { b } = swaps[at++];
    for (let k = 0; k < size; k++)
      stage.memory[b + k] = typeof element.charged === 'number' ? element.charged : element.charged[k];
    if (element.dynamics.pole === undefined) continue;
    const buffer = swaps[at++];
    for (let k = 0; k < size; k++) stage.memory[buffer.b + k] = element.initial;
  }
}

function drive(
  { circuit, addresses }: Machine,
  { stage }: Integration,
  { inputs }: TransientOptions,
  step: number,
): void {
  for (const element of circuit.elements) {
    if (element.kind !== 'input') continue;
    const size = sizeOf(circuit, element.output);
    const values = inputs[element.input];
    stage.memory.set(values.subarray(step * size, (step + 1) * size), addresses.get(element.output));
  }
}

/** The charge that the switches leave which open at the end of a phase. */
function open({ stage }: Integration, phase: Machine['phases'][number], record: Recorder): void {
  for (const { address, volts, farads, element } of phase.injections) {
    const before = stage.memory[address];
    stage.memory[address] = before + volts;
    record.injected(element, address, volts * farads, farads * volts * (before + volts / 2));
  }
}

/** Each memory's capacitors take turns; what is accounted moves with them. */
function swap({ swaps }: Machine, { stage, ledger }: Integration, record: Recorder): void {
  for (const { a, b, count } of swaps) {
    swapBlocks(stage.memory, a, b, count);
    swapBlocks(ledger.charge, a, b, count);
    record.swapped(a, b, count);
  }
}
