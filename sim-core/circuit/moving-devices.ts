import type { DeviceDesign } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { compactDevice } from '../devices/compact-device.ts';
import { programmed } from '../devices/conduction.ts';
import type { Device } from '../devices/model.ts';
import { crossingOf } from '../hardware/crossing.ts';
import type { Circuit, CrossbarElement, MovingDevices } from './circuit.ts';

/**
 * A circuit whose devices move under the voltages that they are read with. Each begins in the state in which it has the
 * conductance that it was programmed to.
 *
 * Fails with `transient.moving` where the model has no state equations, and where a device's voltage depends on all the
 * others: behind resistive wires, and beside transistors and selectors.
 */
export function letDevicesMove(circuit: Circuit, devices: readonly DeviceDesign[]): Outcome<Circuit> {
  const problems: Problem[] = [];
  const crossbars = circuit.crossbars.map((crossbar) => {
    const moving = movingDevices(crossbar, devices);
    if (moving.ok) return { ...crossbar, moving: moving.value };
    problems.push(...moving.problems);
    return crossbar;
  });
  const unique = problems.filter(
    ({ message }, k) => problems.findIndex((other) => other.message === message) === k,
  );
  return unique.length > 0 ? failure(...unique) : success({ ...circuit, crossbars });
}

function movingDevices(crossbar: CrossbarElement, devices: readonly DeviceDesign[]): Outcome<MovingDevices> {
  const { design, conductance } = crossbar;
  const device = devices.find(({ name }) => name === design.device);
  const law = device && compactDevice(device);
  if (!device || !law?.ok || !moves(law.value))
    return refused(
      crossbar,
      'their model says nothing of how a voltage moves them',
      'Choose a compact model, such as vteam',
    );
  const crossing = crossingOf(design, device);
  if (!crossing.ok) return crossing;
  if (!crossing.value.isPassive)
    return refused(crossbar, 'each has a transistor or selector in series', 'Leave out what is in series');
  if (hasWires(crossbar))
    return refused(crossbar, 'its lines have a resistance', 'Leave out wires, source and sense');
  const { states, scale } = programmed(law.value, conductance, design.vRead);
  return success({ design: device, states: Float64Array.from(states.flatMap((of) => [...of])), scale });
}

/** Whether any voltage up to ten volts moves the states of a device. */
function moves(device: Device): boolean {
  const rates = new Float64Array(device.states.length);
  return [0, 0.5, 1].some((share) =>
    [0.05, 0.3, 1, 3, 10, -0.05, -0.3, -1, -3, -10].some((volts) => {
      device.derivative(
        device.on.map((on, k) => on * share + device.off[k] * (1 - share)),
        volts,
        rates,
      );
      return rates.some((rate) => rate !== 0);
    }),
  );
}

const refused = ({ design }: CrossbarElement, why: string, wayOut: string): Outcome<never> =>
  failure({
    code: 'transient.moving',
    message: `The devices of crossbar "${design.name}" cannot move in a cell's transient: ${why}.`,
    hint: `${wayOut}, or write devices = static.`,
    origin: design.origin,
  });

/** Whether lines lose voltage on their way, so that what acts at their ends is not the sum of the devices. */
export const hasWires = ({
  design: { wire, wordWire = wire, bitWire = wire, source = 0, sense = 0 },
}: Pick<CrossbarElement, 'design'>): boolean => wordWire > 0 || bitWire > 0 || source > 0 || sense > 0;
