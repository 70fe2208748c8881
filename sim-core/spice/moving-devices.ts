import type { Circuit, CrossbarElement, MovingDevices } from '../circuit/circuit.ts';
import { deviceLaw } from '../devices/laws/device-law.ts';
import type { DeviceLaw } from '../devices/laws/law.ts';
import { lawOf, type PlacedDevice } from '../transient/place-devices.ts';
import { deviceSubcircuit, statePins } from './device-subcircuit.ts';
import { plainName } from './writer.ts';

/** The subcircuit of each kind of device that moves in a circuit. */
export function movingSubcircuits({ crossbars }: Circuit): readonly string[] {
  const kinds = new Map(
    crossbars.flatMap(({ moving }) => (moving ? [[subcircuitName(moving), moving] as const] : [])),
  );
  return [...kinds].flatMap(([name, moving]) => [...deviceSubcircuit(name, equations(moving), true), '']);
}

/** One device of an array, in the state that it was programmed to. */
export function deviceInstance(
  moving: MovingDevices,
  array: string,
  { row, column, cell }: { readonly row: number; readonly column: number; readonly cell: number },
): string {
  const { states } = lawOf(moving);
  const pins = statePins(equations(moving));
  const starts = states.map(
    ({ low, high }, j) => (moving.states[cell * states.length + j] - low) / (high - low),
  );
  return [
    `X${array}_${row}_${column} ${array}_w${row} ${array}_b${column}`,
    ...pins.map((pin) => `${array}_${row}_${column}_${pin}`),
    subcircuitName(moving),
    `scale=${moving.scale[cell]}`,
    ...pins.map((pin, j) => `start_${pin}=${starts[j]}`),
  ].join(' ');
}

/** The nodes of a device's states, each a share of the state's span. */
export const stateNodes = (
  moving: MovingDevices,
  array: string,
  { bitLines }: CrossbarElement,
  { wordLine, cell }: PlacedDevice,
): readonly string[] =>
  statePins(equations(moving)).map((pin) => `${array}_${wordLine}_${cell % bitLines}_${pin}`);

const subcircuitName = ({ design }: MovingDevices): string => `device_${plainName(design.name)}`;

function equations({ design }: MovingDevices): DeviceLaw {
  const law = deviceLaw(design);
  if (!law.ok) throw new Error(`Device "${design.name}" has no state equations.`);
  return law.value;
}
