import type { Command, Input } from '../arguments/command.ts';

export const lspCommand: Command = {
  name: 'lsp',
  summary: 'serve any editor that speaks the Language Server Protocol',
  operands: '',
  arity: { least: 0, most: 0 },
  options: {
    stdio: { kind: 'flag', doc: 'speak over standard input and output; the one transport that there is' },
    clientProcessId: {
      kind: 'value',
      value: 'PID',
      doc: 'end with this process; editors that give it, give it themselves',
    },
  },
  examples: [['memloom lsp --stdio', 'is what an editor starts; README.md shows Neovim and Helix']],
  notes: ['Exit code: 0 after shutdown and exit, 1 when the editor goes away without them.'],
  run: async ({ flags }: Input) => {
    if (!flags.has('stdio')) {
      const { refuse } = await import('../terminal/problems.ts');
      return refuse([
        {
          code: 'usage.transport',
          message: 'memloom lsp speaks over standard input and output only.',
          hint: 'Write memloom lsp --stdio.',
        },
      ]);
    }
    const { serveStdio } = await import('@memloom/server/stdio');
    serveStdio();
    // The connection ends the process; until then there is no exit code to give.
    return new Promise<number>(() => undefined);
  },
};
