import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { failure, type Outcome, success } from '@memloom/sim-core';
import { systemReason } from '../result/system-error.ts';
import { displayPath } from '../terminal/place.ts';

/** A subcircuit of a netlist file. */
export interface Subcircuit {
  readonly name: string;
  readonly pins: readonly string[];
  /** Parameters with their defaults as written. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The whole text, the files that it includes in place. */
  readonly text: string;
  /** What is drawn for one instance, subcircuits within it included. */
  readonly drawn: DrawnArea;
}

/** Sums over the drawn elements: gate area of transistors in m², ohms, farads. */
export interface DrawnArea {
  readonly gates: number;
  readonly resistance: number;
  readonly capacitance: number;
}

/** Reads a file with its includes; model files of the process, `modelcard…`, stay includes of the simulator. */
export function readSubcircuit(file: string, name: string): Outcome<Subcircuit> {
  try {
    const text = inline(resolve(file), new Set());
    const lines = logicalLines(text);
    const header = lines.find((line) => line[0] === '.subckt' && line[1] === name.toLowerCase());
    if (!header) {
      const names = lines.filter(([word]) => word === '.subckt').map(([, other]) => other);
      return failure({
        code: 'spice.subcircuit',
        message: `${displayPath(file)} has no subcircuit "${name}".`,
        hint: names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none at all.',
      });
    }
    const from = lines.indexOf(header);
    const next = lines.findIndex(([word], at) => at > from && (word === '.ends' || word === '.subckt'));
    if (next < 0 || lines[next][0] !== '.ends')
      return failure({
        code: 'spice.subcircuit',
        message: `Subcircuit "${name}" of ${displayPath(file)} has no end.`,
        hint: 'Write .ends behind its last element.',
      });
    const rest = header.slice(2).filter((word) => word !== 'params:');
    const parameters = Object.fromEntries(rest.filter((word) => word.includes('=')).map(split));
    const pins = rest.filter((word) => !word.includes('='));
    return success({ name, pins, parameters, text, drawn: drawnArea(lines, name.toLowerCase(), parameters) });
  } catch (error) {
    return failure({
      code: 'file.unreadable',
      message: `${displayPath(file)} cannot be read: ${systemReason(error)}.`,
    });
  }
}

function inline(path: string, seen: Set<string>): string {
  if (seen.has(path)) return '';
  seen.add(path);
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .map((line) => {
      const included = /^\s*\.inc(?:lude)?\s+"?([^"\s]+)"?/i.exec(line)?.[1];
      return included === undefined || /^modelcard/i.test(included)
        ? line
        : inline(resolve(dirname(path), included), seen);
    })
    .join('\n');
}

/** Words of each line in lower case, continuation lines joined, comments left out. */
function logicalLines(text: string): readonly (readonly string[])[] {
  const joined = text.toLowerCase().replaceAll(/\n\s*\+/g, ' ');
  return joined
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*\*/.test(line))
    .map((line) =>
      line
        .replace(/[;$].*$/, '')
        .replaceAll(/\s*=\s*/g, '=')
        .trim()
        .split(/\s+/),
    );
}

const split = (word: string): [string, string] => {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
};

function drawnArea(
  lines: readonly (readonly string[])[],
  name: string,
  parameters: Readonly<Record<string, string>>,
): DrawnArea {
  const from = lines.findIndex((line) => line[0] === '.subckt' && line[1] === name);
  const sum = { gates: 0, resistance: 0, capacitance: 0 };
  if (from < 0) return sum;
  for (const line of lines.slice(from + 1)) {
    if (line[0] === '.ends') break;
    const [element] = line;
    const own = Object.fromEntries(line.filter((word) => word.includes('=')).map(split));
    if (own.w !== undefined && own.l !== undefined)
      sum.gates +=
        spiceValue(own.w, parameters) * spiceValue(own.l, parameters) * spiceValue(own.m ?? '1', parameters);
    else if (element.startsWith('x')) {
      const inner = drawnArea(lines, line.filter((word) => !word.includes('=')).at(-1) ?? '', {});
      for (const key of ['gates', 'resistance', 'capacitance'] as const) sum[key] += inner[key];
    } else if (element.startsWith('r')) sum.resistance += spiceValue(line[3] ?? '', parameters);
    else if (element.startsWith('c')) sum.capacitance += spiceValue(line[3] ?? '', parameters);
  }
  return sum;
}

const suffixes: Readonly<Record<string, number>> = {
  f: 1e-15,
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  meg: 1e6,
  g: 1e9,
  t: 1e12,
};

/** A number in SPICE notation, or a product of numbers and parameters in braces; what is neither counts as nothing. */
function spiceValue(text: string, parameters: Readonly<Record<string, string>>): number {
  const product = text.replace(/^[{'](.*)[}']$/, '$1').split('*');
  return product.reduce((result, factor) => {
    const number = /^([\d.]+(?:e[+-]?\d+)?)(meg|[fpnumkgt])?/.exec(parameters[factor] ?? factor);
    return number ? result * Number(number[1]) * (suffixes[number[2]] ?? 1) : 0;
  }, 1);
}
