import { join } from 'node:path';
import { parseUnit, scaleToSi, splitQuantity } from '@memloom/language';
import { failure, type Outcome, type Problem, success } from '@memloom/sim-core';
import type { Input } from '../arguments/command.ts';

/** What `memloom solve` was asked for: an architecture as a text, and where its results go. */
export interface SolveOptions {
  readonly text: string;
  readonly out: string;
  readonly json: boolean;
  /** The options as they were given, for the report. */
  readonly given: readonly string[];
}

const resistances = {
  wire: 'wire',
  'word-wire': 'wordWire',
  'bit-wire': 'bitWire',
  source: 'source',
  sense: 'sense',
} as const;

const words = {
  'drive-side': ['left', 'both'],
  readout: ['current', 'voltage'],
  details: ['none', 'first', 'all'],
  files: ['both', 'csv', 'npy'],
  nan: ['error', 'floating'],
} as const;

export function solveOptions({ flags, values }: Input): Outcome<SolveOptions> {
  const problems: Problem[] = [];
  const given = (name: string): string | undefined => values[name]?.[0];
  if ((given('conductance') === undefined) === (given('resistance') === undefined))
    problems.push(usage('memloom solve needs --conductance FILE or --resistance FILE, one of the two.'));
  if (given('drive') === undefined) problems.push(usage('memloom solve needs --drive FILE.'));
  const files = ['conductance', 'resistance', 'drive', 'bit-drive'].flatMap((name) => {
    const file = given(name);
    if (file === undefined) return [];
    if (/["\n\r]/.test(file))
      problems.push(usage(`--${name} takes no name with a quote or a line break in it.`));
    return [`${name === 'bit-drive' ? 'bitDrive' : name} = "${file.replaceAll('\\', '/')}"`];
  });
  const conductors = Object.entries(resistances).flatMap(([name, property]) => {
    const text = given(name);
    if (text === undefined) return [];
    const value = ohms(text);
    if (value === undefined)
      problems.push(usage(`--${name} takes a resistance such as 2.5 or "1 kOhm", not "${text}".`));
    return [`${property} = ${value} Ohm`];
  });
  const chosen = (name: keyof typeof words, property: string): readonly string[] => {
    const word = given(name);
    const choices: readonly string[] = words[name];
    if (word !== undefined && !choices.includes(word))
      problems.push(usage(`--${name} takes ${choices.join(' or ')}, not "${word}".`));
    return word === undefined ? [] : [`${property} = ${word}`];
  };
  const crossbar = [
    ...(given('readout') === undefined ? ['readout = current'] : chosen('readout', 'readout')),
    ...chosen('drive-side', 'drive'),
    ...conductors,
  ];
  const solve = [
    ...files,
    ...chosen('details', 'details'),
    ...chosen('files', 'files'),
    ...chosen('nan', 'nan'),
  ];
  if (given('out') === '') problems.push(usage('--out needs the name of a folder.'));
  if (problems.length > 0) return failure(...problems);
  return success({
    text: architecture(crossbar, solve),
    out: given('out') ?? join('memloom-results', 'solve'),
    json: flags.has('json'),
    given: Object.entries(values).flatMap(([name, [value]]) => [`--${name}`, value]),
  });
}

const usage = (message: string): Problem => ({ code: 'usage.solve', message });

/** A resistance with or without its unit, in ohm. */
function ohms(text: string): number | undefined {
  if (!/^\s*\d+(\.\d+)?([eE][+-]?\d+)?\s*[A-Za-zΩ\u2126]*\s*$/.test(text)) return undefined;
  const { number, unit } = splitQuantity(text.trim());
  const parsed = parseUnit(unit === '' ? 'Ohm' : unit);
  const ohm = parseUnit('Ohm');
  if (!parsed.ok || !ohm.ok || JSON.stringify(parsed.unit.dimension) !== JSON.stringify(ohm.unit.dimension))
    return undefined;
  return scaleToSi(number, parsed.unit);
}

/** The same question in the language. */
const architecture = (crossbar: readonly string[], solve: readonly string[]): string => `crossbar array {
${crossbar.map((line) => `  ${line}\n`).join('')}}

experiment solve {
  solve array {
${solve.map((line) => `    ${line}\n`).join('')}  }
}
`;
