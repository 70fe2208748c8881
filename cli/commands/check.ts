import type { Command, Input } from '../arguments/command.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'report errors and warnings in architectures',
  operands: 'FILE…',
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: {
    json: {
      kind: 'flag',
      doc: 'print one JSON array of { file, range, severity, code, message, mend, related: [{ file, range, message }] }; ranges count from zero',
    },
  },
  examples: [
    ['memloom check examples/airline/airline.loom', 'checks one architecture and what it imports'],
    ['memloom check *.loom --json', 'gives diagnostics to another program'],
  ],
  notes: ['Exit code: 0 without errors, 1 with errors, 2 when a file cannot be read.'],
  // Loaded when it is needed: the parser takes longer to load than `--help` may take.
  run: async (input: Input) =>
    (await import('../check/check.ts')).check(input.operands, input.flags.has('json')),
};
