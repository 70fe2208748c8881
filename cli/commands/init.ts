import type { Command, Input } from '../arguments/command.ts';

export const initCommand: Command = {
  name: 'init',
  summary: 'write a first architecture, with comments and data',
  operands: '[DIR]',
  arity: { least: 0, most: 1 },
  options: {},
  examples: [
    ['memloom init', 'writes into the current folder'],
    ['memloom init first && memloom run first/first.loom', 'writes into a new folder and runs what is there'],
  ],
  notes: ['Existing files are never overwritten.'],
  run: async (input: Input) => (await import('../init/init.ts')).init(input.operands[0] ?? '.'),
};
