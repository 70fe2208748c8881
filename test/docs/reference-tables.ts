import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, units } from '@memloom/language';
import { deviceModels } from '@memloom/sim-core';
import { root } from '../cli/terminal.ts';

/** The tables of docs/language.md by the name in their marker, as rows of Markdown. */
export function referenceTable(name: string): string {
  const [kind, argument] = name.split(' ');
  if (kind === 'units') return unitTable();
  if (kind === 'models') return modelTable();
  if (kind === 'diagnostics') return diagnosticTable();
  if (kind === 'functions') return functionTable(argument);
  return propertyTable(argument);
}

const prelude = readFileSync(join(root, 'language/std/prelude.loom'), 'utf8');

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

const code = (text: string): string => `\`${text}\``;

/** `///` lines as one sentence after another. */
const prose = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\/\/\/\s?/, '').trim())
    .filter(Boolean)
    .join(' ');

const unitTable = (): string =>
  table(
    ['unit', 'name', 'prefixes'],
    units.map(({ symbol, name, prefixes }) => [code(symbol), name, prefixes ? 'SI' : '']),
  );

function functionTable(kind: string): string {
  const pattern = /((?:^\/\/\/.*\n)+)^function (\w+)\(([\s\S]*?)\) -> (\w+)/gm;
  const rows = [...prelude.matchAll(pattern)]
    .filter((match) => match[4] === kind)
    .map(([, comment, name, parameters]) => [
      code(
        `${name}(${parameters
          .replace(/\/\/\/.*$/gm, '')
          .replace(/\s+/g, ' ')
          .trim()})`,
      ),
      prose(comment),
    ]);
  return table([kind, 'meaning'], rows);
}

function propertyTable(kind: string): string {
  const body = new RegExp(`^properties ${kind} \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(prelude)?.[1] ?? '';
  const rows = [...body.matchAll(/((?:^ {2}\/\/\/.*\n)+)^ {2}param (\w+)(\??)(.*)$/gm)].map(
    ([, comment, name, optional, rest]) => [
      code(name),
      rest.trim() === '' ? '' : code(rest.replace(/^:\s*/, '').trim()),
      prose(comment) + (optional ? ' Optional.' : ''),
    ],
  );
  return table([`property (${kind})`, 'type, default, bounds', 'meaning'], rows);
}

const modelTable = (): string =>
  table(
    ['model', 'parameters', 'what it describes'],
    [...deviceModels.values()].map(({ name, parameters, doc }) => [
      code(name),
      parameters.map((parameter) => code(parameter.name)).join(', '),
      doc.replace(/\s+/g, ' '),
    ]),
  );

const diagnosticTable = (): string =>
  table(
    ['code', 'severity', 'cause', 'how to mend it'],
    Object.entries(catalogue).map(([name, { severity, cause, mend }]) => [code(name), severity, cause, mend]),
  );
