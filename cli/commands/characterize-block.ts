import type { Command, Input } from '../arguments/command.ts';

export const characterizeBlockCommand: Command = {
  name: 'characterize-block',
  summary: 'measure a transistor circuit in ngspice and fit a block to it',
  operands: 'FILE.cir',
  arity: { least: 1, most: 1 },
  options: {
    subckt: {
      kind: 'value',
      value: 'NAME',
      doc: 'the subcircuit; its pins are named like the ports of the block, and vdd, vss',
    },
    block: { kind: 'value', value: 'BLOCK', doc: 'the block whose equations are fitted, such as Tanh' },
    from: {
      kind: 'value',
      value: 'FILE.loom',
      doc: 'the architecture that has the block (default: std.cmos180)',
    },
    range: {
      kind: 'value',
      value: 'LOW..HIGH',
      doc: 'range of the inputs in volts or amperes (default: -0.4..0.4)',
    },
    supplied: {
      kind: 'value',
      value: 'PORT=VALUE',
      doc: 'value of a port that the hardware supplies, such as unit=0.1 or rF=1e4, in SI units',
      repeated: true,
    },
    supply: { kind: 'value', value: 'VOLTS', doc: 'supply on each side of ground (default: 1.65)' },
    corner: { kind: 'value', value: 'NAME', doc: 'typical, ff, ss, fs or sf (default: typical)' },
    trials: { kind: 'value', value: 'N', doc: 'draws of local mismatch (default: 30)' },
    seed: { kind: 'value', value: 'N', doc: 'seed of the first draw (default: 1)' },
    ngspice: {
      kind: 'value',
      value: 'PATH',
      doc: 'an installed ngspice in place of the one that comes along',
    },
    json: { kind: 'flag', doc: 'print one JSON object and nothing else on standard output' },
  },
  examples: [
    [
      'memloom characterize-block tanh.cir --subckt loom_tanh --block Tanh --supplied unit=0.1',
      "fits the standard library's Tanh to a circuit of yours",
    ],
  ],
  notes: [
    'The ngspice that comes along brings the open GF180MCU models of 180 nm transistors, which circuits use as nmos_3p3',
    'and pmos_3p3. Exit code: 0 when the block is characterized, 2 on bad input or when ngspice gives nothing.',
  ],
  run: async (input: Input) => {
    const { characterizeOptions } = await import('../characterize-block/options.ts');
    const { refuse } = await import('../terminal/problems.ts');
    const options = characterizeOptions(input);
    if (!options.ok) return refuse(options.problems);
    return (await import('../characterize-block/run.ts')).characterizeBlock(options.value);
  },
};
