import type { Command, Input } from '../arguments/command.ts';

export const formatCommand: Command = {
  name: 'fmt',
  summary: 'lay out architectures in the one common form',
  operands: 'FILE…',
  arity: { least: 1, most: Number.POSITIVE_INFINITY },
  options: {
    check: { kind: 'flag', doc: 'change nothing; list the files that are not in the common form' },
  },
  examples: [
    ['memloom fmt forecast.loom', 'rewrites the file'],
    ['memloom fmt --check examples/*/*.loom', 'fails if a file is not formatted'],
  ],
  notes: [
    'Exit code: 0 when done, 1 when --check lists a file, 2 when a file cannot be read, parsed or written.',
  ],
  run: async (input: Input) =>
    (await import('../format/format.ts')).format(input.operands, input.flags.has('check')),
};
