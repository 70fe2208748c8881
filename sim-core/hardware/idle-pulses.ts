import type { DeviceDesign } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import { compactDevice } from '../devices/compact-device.ts';
import { programmed } from '../devices/conduction.ts';
import { programmableDevice } from '../devices/programming.ts';
import { pulseModels } from '../devices/pulse/catalogue.ts';

/**
 * Says which pulses do not take a device from the middle of its window where they are to, so that they write nothing. Of
 * those that a model does not bear it says nothing.
 */
export function idlePulses(design: DeviceDesign, vRead: number): readonly Problem[] {
  const { pulses } = design.array;
  if (!pulses) return [];
  const change = changeOf(design, vRead, pulses.width);
  const directions = [
    ['raise', pulses.up, 1],
    ['lower', pulses.down, -1],
  ] as const;
  return directions.flatMap(([what, volts, sign]) =>
    !(change(volts) * sign <= 0)
      ? []
      : [
          {
            code: 'device.pulses',
            message: `Pulses of ${volts} V do not ${what} the conductance of "${design.name}", as they are to: its targets are not reached.`,
            hint: 'Give a voltage beyond the threshold of the model and of the sign that it takes, or write at once.',
            origin: design.origin,
          },
        ],
  );
}

/** Sign of what a pulse changes, and of a compact model by how much; no number where the model does not bear it. */
function changeOf(design: DeviceDesign, vRead: number, width: number): (volts: number) => number {
  if (!design.equations && pulseModels.has(design.model)) return (volts) => volts;
  const device = compactDevice(design);
  if (!device.ok) return () => Number.NaN;
  const middle = Float64Array.of((design.array.gOn + design.array.gOff) / 2);
  const [states] = programmed(device.value, middle, vRead).states;
  const writable = programmableDevice(design.name, device.value, vRead);
  return (amplitude) => {
    const after = writable.pulse(states, { amplitude, width });
    return after.ok ? writable.conductance(after.value) - writable.conductance(states) : Number.NaN;
  };
}
