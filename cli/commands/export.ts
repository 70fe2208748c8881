import type { Command, Input } from '../arguments/command.ts';
import { runCommand } from './run.ts';

const { experiment, set, seed } = runCommand.options;

export const exportCommand: Command = {
  name: 'export',
  summary: 'write the circuits of an architecture for other simulators',
  operands: 'spice|verilog-a FILE',
  arity: { least: 2, most: 2 },
  options: {
    experiment,
    level: {
      kind: 'value',
      value: 'LEVEL',
      doc: 'blocks: the whole circuit (default); crossbar: each array alone, with its wires and drivers',
    },
    device: {
      kind: 'value',
      value: 'NAME',
      doc: 'write this device as a model of its own, in the place of circuits',
      repeated: true,
    },
    set,
    seed,
    out: { kind: 'value', value: 'DIR', doc: 'write files there (default: the current folder)' },
  },
  examples: [
    ['memloom export spice airline-transient.loom', 'writes a netlist for each hardware of each experiment'],
    [
      'memloom export spice devices.loom --device Film',
      'writes Film.device.cir, a subcircuit to be included',
    ],
    ['memloom export verilog-a devices.loom', 'writes each device as a Verilog-A module, NAME.va'],
  ],
  notes: [
    'A netlist is the circuit that the transient simulates: the trained weights as devices, the errors of the first trial,',
    'the time steps that the experiment says, or one where it has no transient;',
    'the phases as control signals. It runs unchanged in ngspice, as in ngspice -b NAME.cir, and is the same to the byte',
    'for the same design and seed. A device is written with its equations, whatever its model, and its parameters, which',
    'an instance may change. Exit code: 0 when files are written, 2 on bad input.',
  ],
  run: async (input: Input) => {
    const { exportOptions } = await import('../export/options.ts');
    const { refuse } = await import('../terminal/problems.ts');
    const options = exportOptions(input);
    if (!options.ok) return refuse(options.problems);
    const { format, devices } = options.value;
    return format === 'spice' && devices.length === 0
      ? (await import('../export/spice.ts')).exportSpice(options.value)
      : (await import('../export/devices.ts')).exportDevices(options.value);
  },
};
