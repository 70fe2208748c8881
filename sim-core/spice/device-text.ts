import type { DeviceDesign } from '../design/design.ts';
import { type Outcome, success } from '../design/problem.ts';
import { deviceLaw } from '../devices/laws/device-law.ts';
import { deviceSubcircuit } from './device-subcircuit.ts';
import { verilogA } from './verilog-a.ts';

/**
 * A device of a design as a file of its own for other simulators: an ngspice subcircuit to be included, or a Verilog-A
 * module. It is one device as its equations say, without the errors of an array.
 */
export function deviceText(device: DeviceDesign, format: 'spice' | 'verilog-a'): Outcome<string> {
  const law = deviceLaw(device);
  if (!law.ok) return law;
  if (format === 'verilog-a') return success(verilogA(device.name, law.value));
  const pins = law.value.states.map(({ name }) => `s_${name.toLowerCase()}`);
  const title = [
    `* Use: .include ${device.name}.device.cir, X1 ${['a', 'b', ...pins].join(' ')} ${device.name}, and .tran … uic.`,
    '* The pins s_… carry the states, 0 to 1 between their bounds; leave them open, and give each device its own.',
  ];
  return success([...title, ...deviceSubcircuit(device.name, law.value), ''].join('\n'));
}
