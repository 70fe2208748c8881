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

/** Properties of the crossbar that are quantities, each with its SI unit. */
const quantities = {
  wire: ['wire', 'Ohm'],
  'word-wire': ['wordWire', 'Ohm'],
  'bit-wire': ['bitWire', 'Ohm'],
  source: ['source', 'Ohm'],
  sense: ['sense', 'Ohm'],
  load: ['load', 'S'],
  'v-read': ['vRead', 'V'],
  'on-resistance': ['onResistance', 'Ohm'],
  gate: ['gate', 'V'],
  'gate-threshold': ['gateThreshold', 'V'],
  transconductance: ['transconductance', 'A/V^2'],
  'selector-current': ['selectorCurrent', 'A'],
  'selector-voltage': ['selectorVoltage', 'V'],
} as const;

const examples = {
  Ohm: 'a resistance such as 2.5 or "1 kOhm"',
  S: 'a conductance such as 1e-6 or "1 uS"',
  V: 'a voltage such as 0.2 or "200 mV"',
  A: 'a current such as 1e-9 or "1 nA"',
  'A/V^2': 'a transconductance such as 1e-3 or "1 mA/V^2"',
} as const;

const words = {
  cell: ['passive', 'transistor', 'selector'],
  'drive-side': ['left', 'both'],
  readout: ['current', 'voltage'],
  details: ['none', 'first', 'all'],
  files: ['both', 'csv', 'npy'],
  nan: ['error', 'floating'],
  zero: ['error', 'open'],
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
  const measured = Object.entries(quantities).flatMap(([name, [property, unit]]) => {
    const text = given(name);
    if (text === undefined) return [];
    const value = inUnit(text, unit);
    if (value === undefined) problems.push(usage(`--${name} takes ${examples[unit]}, not "${text}".`));
    return [`${property} = ${value} ${unit}`];
  });
  const device = given('device');
  if (device !== undefined && !/^[\w.]+\s*(\([^(){}"]*\))?$/.test(device.trim()))
    problems.push(usage(`--device takes a model such as "yakopcic(b = 3 /V)", not "${device}".`));
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
    ...chosen('cell', 'cell'),
    ...measured,
    ...(device === undefined ? [] : ['device = Device']),
  ];
  const solve = [
    ...files,
    ...chosen('details', 'details'),
    ...chosen('files', 'files'),
    ...chosen('nan', 'nan'),
    ...chosen('zero', 'zero'),
  ];
  if (given('out') === '') problems.push(usage('--out needs the name of a folder.'));
  if (problems.length > 0) return failure(...problems);
  return success({
    text: architecture(device, crossbar, solve),
    out: given('out') ?? join('memloom-results', 'solve'),
    json: flags.has('json'),
    given: Object.entries(values).flatMap(([name, [value]]) => [`--${name}`, value]),
  });
}

const usage = (message: string): Problem => ({ code: 'usage.solve', message });

/** A quantity with its unit or without, in SI units. */
function inUnit(text: string, unit: string): number | undefined {
  if (!/^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*[A-Za-zΩ\u2126^/\d]*\s*$/.test(text)) return undefined;
  const { number, unit: own } = splitQuantity(text.trim());
  const parsed = parseUnit(own === '' ? unit : own);
  const wanted = parseUnit(unit);
  if (!parsed.ok || !wanted.ok) return undefined;
  if (JSON.stringify(parsed.unit.dimension) !== JSON.stringify(wanted.unit.dimension)) return undefined;
  return scaleToSi(number, parsed.unit);
}

/** The same question in the language. */
const architecture = (
  device: string | undefined,
  crossbar: readonly string[],
  solve: readonly string[],
): string => `${device === undefined ? '' : `device Device = ${device}\n\n`}crossbar array {
${crossbar.map((line) => `  ${line}\n`).join('')}}

experiment solve {
  solve array {
${solve.map((line) => `    ${line}\n`).join('')}  }
}
`;
