import type { Command, Input } from '../arguments/command.ts';

export const solveCommand: Command = {
  name: 'solve',
  summary: 'find all currents and voltages of a crossbar, with its wires and the laws of its cells',
  operands: '',
  arity: { least: 0, most: 0 },
  options: {
    conductance: {
      kind: 'value',
      value: 'FILE',
      doc: 'conductances in siemens, a row for each word line (.npy, or numbers in a text)',
    },
    resistance: { kind: 'value', value: 'FILE', doc: 'resistances in ohm, in the place of conductances' },
    drive: {
      kind: 'value',
      value: 'FILE',
      doc: 'word-line voltages in volt, a row for each vector; in a text, float is a line that floats',
    },
    'bit-drive': { kind: 'value', value: 'FILE', doc: 'voltages of the bit lines (default: 0 V)' },
    wire: { kind: 'value', value: 'OHM', doc: 'resistance of each wire segment (default: 0)' },
    'word-wire': { kind: 'value', value: 'OHM', doc: 'of word lines, where they differ' },
    'bit-wire': { kind: 'value', value: 'OHM', doc: 'of bit lines, where they differ' },
    source: { kind: 'value', value: 'OHM', doc: 'resistance of each word-line driver (default: 0)' },
    sense: { kind: 'value', value: 'OHM', doc: 'resistance of each bit-line read-out (default: 0)' },
    'drive-side': { kind: 'value', value: 'SIDE', doc: 'left or both (default: left)' },
    readout: {
      kind: 'value',
      value: 'KIND',
      doc: 'current, or voltage of floating bit lines (default: current)',
    },
    load: {
      kind: 'value',
      value: 'SIEMENS',
      doc: 'load of each bit line that is read as a voltage (default: 0)',
    },
    device: {
      kind: 'value',
      value: 'MODEL',
      doc: 'how the devices conduct beyond v-read, as in a text: "yakopcic(b = 3 /V)" (default: as resistors)',
    },
    'v-read': {
      kind: 'value',
      value: 'VOLT',
      doc: 'where the devices have their conductance (default: 0.1)',
    },
    cell: {
      kind: 'value',
      value: 'KIND',
      doc: 'what stands below each device: passive, transistor or selector (default: passive)',
    },
    'on-resistance': {
      kind: 'value',
      value: 'OHM',
      doc: 'of the transistors, in the place of the square law',
    },
    gate: { kind: 'value', value: 'VOLT', doc: 'voltage of the gates against ground (default: 3)' },
    'gate-threshold': { kind: 'value', value: 'VOLT', doc: 'threshold of the gates (default: 0.7)' },
    transconductance: { kind: 'value', value: 'A/V^2', doc: 'K of the square law (default: 0.001)' },
    'selector-current': { kind: 'value', value: 'AMPERE', doc: 'I0 of I = I0 sinh(v/V0) (default: 1e-9)' },
    'selector-voltage': { kind: 'value', value: 'VOLT', doc: 'V0 of the selectors (default: 0.05)' },
    details: {
      kind: 'value',
      value: 'VECTORS',
      doc: 'vectors whose voltages and currents within the array are kept: none, first or all (default: first)',
    },
    files: { kind: 'value', value: 'KIND', doc: 'csv, npy or both (default: both)' },
    nan: {
      kind: 'value',
      value: 'MEANING',
      doc: 'of NaN in .npy voltages: error or floating (default: error)',
    },
    zero: {
      kind: 'value',
      value: 'MEANING',
      doc: 'of a conductance of 0: error, or open, which is a cell without a device (default: error)',
    },
    out: { kind: 'value', value: 'DIR', doc: 'write results there (default: memloom-results/solve)' },
    json: { kind: 'flag', doc: 'print one JSON object and nothing else on standard output' },
  },
  examples: [
    [
      'memloom solve --conductance g.npy --drive v.csv --wire 1 --out currents',
      'solves the array for each row of v.csv with 1 ohm in each wire segment',
    ],
    [
      'memloom solve --resistance r.csv --drive v.npy --wire "2.5 Ohm" --source "1 kOhm" --drive-side both --json',
      'drives both ends through 1 kOhm; a value may have a unit',
    ],
    [
      'memloom solve --conductance g.csv --drive v.csv --wire 2 --cell transistor --gate "1.8 V"',
      'puts a transistor below each device; the cells are then solved by Newton’s method',
    ],
  ],
  notes: [
    'Writes array.bitLines, array.wordLines, array.power, array.cells, array.wordWires and array.bitWires as .csv and',
    '.npy, result.json and report.html. An experiment may say the same in a text: solve CROSSBAR { … }.',
    'Exit code: 0, 2 on bad input, 130 when interrupted.',
  ],
  run: async (input: Input) => {
    const { solveOptions } = await import('../solve/options.ts');
    const { refuse } = await import('../terminal/problems.ts');
    const options = solveOptions(input);
    return options.ok ? (await import('../solve/solve.ts')).solve(options.value) : refuse(options.problems);
  },
};
