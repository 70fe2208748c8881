/** The entry of `memloom`: finds the command, parses its arguments, runs it and ends with its exit code. */
import { suggestion } from '@memloom/sim-core';
import type { Command } from './arguments/command.ts';
import { commandHelp, overview } from './arguments/help.ts';
import { parseInput } from './arguments/parse.ts';
import { characterizeBlockCommand } from './commands/characterize-block.ts';
import { checkCommand } from './commands/check.ts';
import { exportCommand } from './commands/export.ts';
import { formatCommand } from './commands/fmt.ts';
import { initCommand } from './commands/init.ts';
import { lspCommand } from './commands/lsp.ts';
import { runCommand } from './commands/run.ts';
import { solveCommand } from './commands/solve.ts';
import { exitCode } from './terminal/exit-codes.ts';
import { watchInterrupts } from './terminal/interrupt.ts';
import { refuse } from './terminal/problems.ts';
import { version } from './version.ts';

const commands: readonly Command[] = [
  checkCommand,
  runCommand,
  solveCommand,
  formatCommand,
  initCommand,
  exportCommand,
  characterizeBlockCommand,
  lspCommand,
];

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help(args[0]);
  if (name === '--version' || name === '-v') return say(version);
  const command = commands.find((each) => each.name === name);
  if (!command) return unknownCommand(name);
  if (args.includes('--version')) return say(version);
  const input = parseInput(command, args);
  if (!input.ok) {
    refuse(input.problems);
    process.stderr.write(`  memloom ${command.name} --help says what it takes.\n`);
    return exitCode.badInput;
  }
  if (input.value.flags.has('help')) return say(commandHelp(command));
  return command.run(input.value);
}

function help(name: string | undefined): number {
  if (name === undefined) return say(overview(commands, version));
  const command = commands.find((each) => each.name === name);
  return command ? say(commandHelp(command)) : unknownCommand(name);
}

function unknownCommand(name: string): number {
  const names = commands.map((command) => command.name);
  return refuse([
    {
      code: 'usage.unknown-command',
      message: `There is no command "${name}".`,
      hint: suggestion(name, names, ''),
    },
  ]);
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return exitCode.success;
}

// A reader such as `head` that has seen enough closes the pipe; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? exitCode.success);
});
watchInterrupts();
process.exitCode = await main(process.argv.slice(2));
