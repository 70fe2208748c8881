import type { CrossbarElement, LineElement, MovingDevices } from '../circuit/circuit.ts';
import { compactDevice } from '../devices/compact-device.ts';
import type { Device } from '../devices/model.ts';
import type { Assembly } from './machine.ts';

/** A device of a line: its bit line as the line numbers them, and where it is in the array. */
export interface PlacedDevice {
  readonly unit: number;
  readonly wordLine: number;
  /** Number of its cell in the array. */
  readonly cell: number;
}

/** The devices on the bit lines of a line that move, bit line by bit line. */
export function devicesOf({ bitLines }: LineElement, crossbar: CrossbarElement): readonly PlacedDevice[] {
  return bitLines.flatMap((bitLine, unit) =>
    Array.from({ length: crossbar.wordLines }, (_, wordLine) => ({
      unit,
      wordLine,
      cell: wordLine * crossbar.bitLines + bitLine,
    })).filter(({ cell }) => (crossbar.moving?.scale[cell] ?? 0) > 0),
  );
}

/** Gives the states of a line's devices their addresses, in the order of {@link devicesOf}. */
export function placeDevices(
  { assembler, hidden, nodes }: Assembly,
  line: LineElement,
  crossbar: CrossbarElement,
  moving: MovingDevices,
): void {
  const { states } = lawOf(moving);
  const devices = devicesOf(line, crossbar);
  hidden.set(`${line.id}/devices`, assembler.reserve(devices.length * states.length));
  for (const { unit, wordLine, cell } of devices)
    states.forEach(({ name, unit: of, low, high }, j) => {
      nodes.push({
        name: `${name} of ${line.name}.w${wordLine}[${unit}]`,
        unit: of,
        initial: moving.states[cell * states.length + j],
        span: high - low,
      });
    });
}

/** Name of the column of a state of a device, within what a probe names; of several states each has its own. */
export const stateName = (probe: string, states: Device['states'], j: number, unit: number): string =>
  `${states.length > 1 ? probe.replace(/\)$/, `.${states[j].name})`) : probe}[${unit}]`;

/** The devices' equations; that there are any is checked when the circuit is made. */
export function lawOf({ design }: MovingDevices): Device {
  const law = compactDevice(design);
  if (!law.ok) throw new Error(`Device "${design.name}" has no state equations.`);
  return law.value;
}
