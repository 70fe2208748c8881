import type { Command, Input } from '../arguments/command.ts';
import { runCommand } from './run.ts';

const { experiment, set, seed } = runCommand.options;

export const exportCommand: Command = {
  name: 'export',
  summary: 'write the circuits of an architecture for other simulators',
  operands: 'spice FILE',
  arity: { least: 2, most: 2 },
  options: {
    experiment,
    set,
    seed,
    out: { kind: 'value', value: 'DIR', doc: 'write netlists there (default: the current folder)' },
  },
  examples: [
    [
      'memloom export spice airline-transient.loom',
      'writes a netlist for each hardware on which an experiment simulates a transient',
    ],
  ],
  notes: [
    'A netlist is the circuit that the transient simulates: the trained weights as devices, the errors of the first trial,',
    'the phases as control signals. It runs unchanged in ngspice, as in ngspice -b NAME.cir, and is the same to the byte',
    'for the same design and seed. Exit code: 0 when netlists are written, 2 on bad input.',
  ],
  run: async (input: Input) => {
    const { exportOptions } = await import('../export/options.ts');
    const { refuse } = await import('../terminal/problems.ts');
    const options = exportOptions(input);
    return options.ok
      ? (await import('../export/spice.ts')).exportSpice(options.value)
      : refuse(options.problems);
  },
};
