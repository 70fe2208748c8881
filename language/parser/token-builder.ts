import { DefaultTokenBuilder, type Grammar, type TokenBuilderOptions } from 'langium';
import { unitWord } from '../types/units/table.ts';

type TokenVocabulary = ReturnType<DefaultTokenBuilder['buildTokens']>;
type TokenType = Extract<TokenVocabulary, readonly unknown[]>[number];

const letter = 'A-Za-z_\\u00B5\\u0370-\\u03FF\\u2126';
const wordPattern = new RegExp(`[${letter}][${letter}0-9]*`, 'y');
const numberPattern = /[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * Three departures from plain lexing. Every keyword also matches ID, so that the words of the grammar stay usable as
 * names; a number takes the unit that follows on its line with it; and only behind a quantity does `x 50` say how often,
 * so that a signal may be called x.
 */
export class LoomTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: Grammar, options?: TokenBuilderOptions): TokenVocabulary {
    const tokens = super.buildTokens(grammar, options);
    if (!Array.isArray(tokens)) return tokens;
    const types: TokenType[] = tokens;
    const id = types.find((token) => token.name === 'ID');
    const keywords = types.filter(
      (token) => typeof token.PATTERN === 'string' && /^[a-z]+$/i.test(token.PATTERN),
    );
    for (const keyword of keywords) keyword.CATEGORIES = id ? [id] : [];
    const words = new Set(keywords.map((token) => token.name));
    const times = types.find((token) => token.name === 'TIMES');
    if (times) {
      times.PATTERN = timesMatcher;
      times.LINE_BREAKS = false;
      times.START_CHARS_HINT = ['x'];
    }
    const quantity = types.find((token) => token.name === 'QUANTITY');
    if (quantity) {
      quantity.PATTERN = quantityMatcher(words);
      quantity.LINE_BREAKS = false;
      quantity.START_CHARS_HINT = digits;
      const special = [quantity, ...(times ? [times] : [])];
      return [...special, ...types.filter((token) => !special.includes(token))];
    }
    return types;
  }
}

function timesMatcher(
  text: string,
  offset: number,
  before: readonly { readonly tokenType: TokenType }[],
): [string] | null {
  if (before[before.length - 1]?.tokenType.name !== 'QUANTITY') return null;
  // With a blank: `x50` is a name.
  const found = matchAt(/x[ \t]+[0-9]+(?![0-9A-Za-z_.])/y, text, offset);
  return found === undefined ? null : [found];
}

/** Matches a number with its unit; `12 x 16` is left to SIZE. */
function quantityMatcher(keywords: ReadonlySet<string>): (text: string, offset: number) => [string] | null {
  return (text, offset) => {
    const number = matchAt(numberPattern, text, offset);
    if (number === undefined) return null;
    const end = unitEnd(text, offset + number.length, keywords);
    return end === undefined ? null : [text.slice(offset, end)];
  };
}

/** Where the unit behind a number ends; undefined where none stands. `10 /V` has a unit, `10/x` and `10 / x` divide. */
function unitEnd(text: string, numberEnd: number, keywords: ReadonlySet<string>): number | undefined {
  const start = skipBlanks(text, numberEnd);
  if (text.charAt(start) === '%') return start + 1;
  if (text.charAt(start) === '/') {
    const end = start > numberEnd ? factorEnd(text, start + 1) : undefined;
    return end === undefined ? undefined : compoundEnd(text, end);
  }
  const word = matchAt(wordPattern, text, start);
  if (word === undefined || keywords.has(word)) return undefined;
  const end = start + word.length;
  const next = skipBlanks(text, end);
  if (namesSomething(text, next) || isCross(text, start)) return undefined;
  return unitWord(word) ? compoundEnd(text, powerEnd(text, end)) : end;
}

/** Whether this is the cross of a size, `12 x 16`, with or without blanks. */
function isCross(text: string, start: number): boolean {
  return matchAt(/x[ \t]*[0-9]/y, text, start) !== undefined;
}

/** Whether the word that ends here is a name: a property, a call, a port, a state or a range's end follows from it. */
function namesSomething(text: string, end: number): boolean {
  const next = text.charAt(end);
  return next !== '' && "=(:'.".includes(next) && !text.startsWith('..', end);
}

/** Extends a unit over glued `*`, `/` and further known units: `V/s`, `m^2/(V*s)`. */
function compoundEnd(text: string, start: number): number {
  let end = start;
  while (text.charAt(end) === '*' || text.charAt(end) === '/') {
    const next = factorEnd(text, end + 1);
    if (next === undefined) break;
    end = next;
  }
  return end;
}

/** Brackets within brackets that a unit may have. */
const deepestUnit = 20;

function factorEnd(text: string, start: number, depth = 0): number | undefined {
  if (text.charAt(start) === '(' && depth < deepestUnit) {
    let end = factorEnd(text, start + 1, depth + 1);
    while (end !== undefined && (text.charAt(end) === '*' || text.charAt(end) === '/'))
      end = factorEnd(text, end + 1, depth + 1);
    return end !== undefined && text.charAt(end) === ')' ? powerEnd(text, end + 1) : undefined;
  }
  const word = matchAt(wordPattern, text, start);
  if (word === undefined || !unitWord(word)) return undefined;
  const end = start + word.length;
  return namesSomething(text, end) ? undefined : powerEnd(text, end);
}

const powerEnd = (text: string, start: number): number =>
  start + (matchAt(/\^-?[0-9]+(\.[0-9]+)?/y, text, start)?.length ?? 0);

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

function skipBlanks(text: string, offset: number): number {
  let end = offset;
  while (text.charAt(end) === ' ' || text.charAt(end) === '\t') end++;
  return end;
}
