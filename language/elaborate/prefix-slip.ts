import * as ast from '../generated/ast.ts';
import { unitWord } from '../types/units/table.ts';
import { splitQuantity } from '../types/units/unit.ts';
import type { Value } from './value.ts';

/** The same figure with another prefix, and by what factor it differs. */
export interface PrefixSlip {
  /** As it was probably meant: `1 MOhm`. */
  readonly meant: string;
  /** What the prefix that is written says, in a sentence. */
  readonly reading: string;
}

const names: Readonly<Record<string, string>> = {
  m: 'milli (1e-3)',
  M: 'mega (1e6)',
  k: 'kilo (1e3)',
  u: 'micro (1e-6)',
  n: 'nano (1e-9)',
  p: 'pico (1e-12)',
  f: 'femto (1e-15)',
  G: 'giga (1e9)',
};

/** Prefixes that are mistaken for one another: the two cases of one letter first, then the neighbours. */
const mistaken: Readonly<Record<string, readonly string[]>> = {
  m: ['M', 'u', ''],
  M: ['m', 'k', 'G'],
  k: ['M', ''],
  u: ['m', 'n'],
  n: ['u', 'p'],
  p: ['n', 'f'],
  f: ['p'],
  G: ['M'],
  '': ['m', 'k'],
};

/** The other prefix under which a quantity would be what `fits` asks for; undefined where none is. */
export function prefixSlip(
  expression: ast.Expression | undefined,
  fits: (factor: number) => boolean,
): PrefixSlip | undefined {
  const quantity = ast.isNegation(expression) ? expression.value : expression;
  if (!ast.isQuantity(quantity)) return undefined;
  const { number, unit } = splitQuantity(quantity.text);
  const word = unitWord(unit);
  if (!word?.definition.prefixes) return undefined;
  const { symbol } = word.definition;
  const written = unit.slice(0, unit.length - symbol.length);
  for (const prefix of mistaken[written] ?? []) {
    const other = unitWord(prefix + symbol);
    if (!other || other.definition !== word.definition) continue;
    const exponent = other.exponent - word.exponent;
    if (!fits(Number(`1e${exponent}`))) continue;
    const sign = ast.isNegation(expression) ? '-' : '';
    const said = names[written] ? `${written} is ${names[written]}` : `${symbol} stands without a prefix`;
    const meant = prefix ? `, ${prefix} is ${names[prefix]}` : '';
    return { meant: `${sign}${number} ${prefix}${symbol}`, reading: `${said}${meant}` };
  }
  return undefined;
}

/** The same figure in percent, of a share whose default is in percent; undefined where that would not fit either. */
export function percentSlip(
  expression: ast.Expression,
  usual: Value | undefined,
  fits: (factor: number) => boolean,
): PrefixSlip | undefined {
  const isShare = usual?.kind === 'number' && usual.percent;
  const text = expression.$cstNode?.text;
  if (!isShare || !ast.isNumberLiteral(expression) || text === undefined || !fits(0.01)) return undefined;
  return { meant: `${text} %`, reading: `${text} without a unit is ${text} times the whole` };
}
