import type { Command, Option } from './command.ts';

/** What `memloom --help` says. */
export function overview(commands: readonly Command[], version: string): string {
  const lines = [
    `memloom ${version}: check, run and format memristive recurrent architectures.`,
    '',
    'Usage: memloom COMMAND [OPTION…] [OPERAND…]',
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    ...columns([
      ['--help', 'this text; after a command, what it takes'],
      ['--version', 'the version'],
    ]),
    '',
    'memloom COMMAND --help shows options and examples of a command.',
  ];
  return lines.join('\n');
}

/** What `memloom COMMAND --help` says. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(
    ([name, option]) => [spelling(name, option), option.doc] as const,
  );
  const lines = [
    `${command.summary[0].toUpperCase()}${command.summary.slice(1)}.`,
    '',
    `Usage: memloom ${[command.name, '[OPTION…]', command.operands].filter((part) => part !== '').join(' ')}`,
    '',
    'Options:',
    ...columns([...options, ['--help', 'this text']]),
    ...(command.notes ? ['', ...command.notes] : []),
    '',
    'Examples:',
    ...command.examples.flatMap(([example, meaning]) => [`  ${example}`, `      ${meaning}`]),
  ];
  return lines.join('\n');
}

const spelling = (name: string, option: Option): string =>
  option.kind === 'flag' ? `--${name}` : `--${name} ${option.value}${option.repeated ? ' …' : ''}`;

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
