import type { Design } from '../design/design.ts';
import { failure, type Outcome, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { bindHardware } from '../hardware/checks.ts';
import type { RealisedNetwork } from '../hardware/realise.ts';
import type { Draw } from '../program/realisation.ts';
import { phaseTimes } from '../schedule/durations.ts';
import { planPhases } from '../schedule/plan.ts';
import { assemble } from './assemble.ts';
import type { Circuit } from './circuit.ts';
import { extractCircuit } from './extract.ts';
import { commonHold } from './hold.ts';
import { letDevicesMove } from './moving-devices.ts';
import { realisedValues } from './realised-values.ts';

export interface CircuitRequest {
  readonly design: Design;
  /** As `sizeNetwork` gives it. */
  readonly network: SizedNetwork;
  /** `NetworkDesign.name` and `HardwareDesign.name`. */
  readonly name: string;
  readonly hardware: string;
  /** The network on the hardware. */
  readonly realised: RealisedNetwork;
  readonly weights: ReadonlyMap<string, Float64Array>;
  /** What the trial's errors are drawn from. */
  readonly draw: Draw;
  /** As of `TransientDesign`; default static. */
  readonly devices?: 'static' | 'dynamic';
}

/**
 * The circuit of a network on hardware, with the errors of one trial and the schedule of one time step.
 *
 * Fails with `hardware.*` problems and with `transient.memory`, `.capacitance`, `.backward`, `.digital`, `.operation`
 * and `.moving`: what has no circuit.
 */
export function buildCircuit(request: CircuitRequest): Outcome<Circuit> {
  const { design, network, realised, weights, draw } = request;
  const bound = bindHardware(design, request.hardware);
  if (!bound.ok) return bound;
  const { hardware } = bound.value;
  const draft = extractCircuit(network, bound.value, realisedValues(realised, weights, draw));
  if (!draft.ok) return draft;
  const plan = planPhases(draft.value);
  const hold = commonHold(bound.value);
  if (!hold && (plan.slots.size > 0 || plan.holds.size > 0))
    return failure({
      code: 'transient.memory',
      message: `Hardware "${hardware.name}" must hold signals from phase to phase, and has no memory.`,
      hint: 'Bind one, as in "state on SampleHold".',
      origin: hardware.origin,
    });
  const times = phaseTimes(draft.value, plan, hold, {
    budget: hardware.settle,
    swing: 10 * hardware.scale,
  });
  const circuit = assemble(draft.value, plan, times, hold, {
    network: request.name,
    hardware: hardware.name,
    scale: hardware.scale,
  });
  return request.devices === 'dynamic' ? letDevicesMove(circuit, design.devices) : success(circuit);
}
