import type { DeviceDesign } from '../design/design.ts';
import { type Outcome, success } from '../design/problem.ts';
import { deviceLaw } from '../devices/laws/device-law.ts';
import { deviceSubcircuit, statePins } from './device-subcircuit.ts';
import { verilogA } from './verilog-a.ts';

/**
 * A device of a design as a file of its own for other simulators: an ngspice subcircuit to be included, or a Verilog-A
 * module. It is one device as its equations say, without the errors of an array.
 */
export function deviceText(device: DeviceDesign, format: 'spice' | 'verilog-a'): Outcome<string> {
  const law = deviceLaw(device);
  if (!law.ok) return law;
  if (format === 'verilog-a') return success(verilogA(device.name, law.value));
  const pins = ['a', 'b', ...statePins(law.value)].join(' ');
  const title = [
    `* Use: .include ${device.name}.device.cir, X1 ${pins} ${device.name}, and .tran … uic.`,
    '* The pins s_… carry the states, 0 to 1 between their bounds; leave them open, and give each device its own.',
  ];
  return success([...title, ...deviceSubcircuit(device.name, law.value), ''].join('\n'));
}
