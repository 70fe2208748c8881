import { type RandomStream, randomStream } from '@memloom/sim-core';

/** One wounded text, always the same for a seed and an index. */
export function mutated(sources: readonly string[], seed: number, index: number): string {
  const random = randomStream(seed, 'fuzz', index);
  let text = pick(sources, random);
  const wounds = 1 + below(5, random);
  for (let count = 0; count < wounds; count++) text = pick(kinds, random)(text, random, sources);
  return text;
}

/** A whole number below a limit. */
export const below = (limit: number, random: RandomStream): number => Math.floor(random.uniform() * limit);

const pick = <T>(items: readonly T[], random: RandomStream): T => items[below(items.length, random)];

type Wound = (text: string, random: RandomStream, sources: readonly string[]) => string;

/** Characters that parsers, regular expressions and UTF-16 find hard. */
const oddities = [
  '\u0000',
  '\ud800',
  '\udc00',
  '😀',
  '\u202e',
  '\ufeff',
  '\u2028',
  'e\u0301',
  'µΩ',
  '\r',
  '\r\n',
  '\t',
  '\u00a0',
  '"',
  "'",
  '`',
  '\\',
  '/*',
  '*/',
  '//',
  '///',
  '..',
  '...',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '->',
  '=',
  ',',
  ';',
  '^',
  '-',
  '%',
];

const fragments = [
  'cell X extends X {}',
  'import "fuzzed.loom"',
  'crossbar C extends C { device = C }',
  '10 kOhm',
  '1e999 V',
  '0.1 mV .. -1 mV',
  '12 x 0',
  "x' = x'",
  'vmm()',
  'gaussian(-1 %)',
  'device D = D(D = D)',
  'param p = p in p .. p',
  'state x, x: [n + n + 2 * n]',
  'expect a.b.c.d.e.f < g',
  'sweep e.seed over 1, 2',
];

const spot = (text: string, random: RandomStream): number => below(text.length + 1, random);

function span(text: string, random: RandomStream): readonly [number, number] {
  const from = spot(text, random);
  return [from, Math.min(text.length, from + 1 + below(40, random))];
}

/** Places of the words, numbers and marks of a text. */
const tokensOf = (text: string) => [...text.matchAll(/\w+|[^\s\w]/g)];

const kinds: readonly Wound[] = [
  function deleteCharacters(text, random) {
    const [from, to] = span(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  function doubleCharacters(text, random) {
    const [from, to] = span(text, random);
    return text.slice(0, to) + text.slice(from);
  },
  function insertOddity(text, random) {
    const at = spot(text, random);
    return text.slice(0, at) + pick(oddities, random).repeat(1 + below(3, random)) + text.slice(at);
  },
  function insertAnyCharacters(text, random) {
    const at = spot(text, random);
    const characters = Array.from({ length: 1 + below(8, random) }, () => below(0x10000, random));
    return text.slice(0, at) + String.fromCharCode(...characters) + text.slice(at);
  },
  function insertFragment(text, random) {
    const at = spot(text, random);
    return `${text.slice(0, at)} ${pick(fragments, random)} ${text.slice(at)}`;
  },
  function deleteToken(text, random) {
    const tokens = tokensOf(text);
    if (tokens.length === 0) return text;
    const { index, 0: token } = pick(tokens, random);
    return text.slice(0, index) + text.slice(index + token.length);
  },
  function exchangeTokens(text, random) {
    const tokens = tokensOf(text);
    if (tokens.length < 2) return text;
    const { index, 0: token } = pick(tokens, random);
    return text.slice(0, index) + pick(tokens, random)[0] + text.slice(index + token.length);
  },
  function doubleToken(text, random) {
    const tokens = tokensOf(text);
    if (tokens.length === 0) return text;
    const { index, 0: token } = pick(tokens, random);
    return `${text.slice(0, index)}${token} ${text.slice(index)}`;
  },
  function hugeNumber(text, random) {
    const at = spot(text, random);
    const number = pick(['9'.repeat(400), '1e400', '1e-400', '0', '-0', '0.1e308', '4294967296'], random);
    return text.slice(0, at) + text.slice(at).replace(/[0-9]+(\.[0-9]+)?/, number);
  },
  function deepen(text, random) {
    const at = spot(text, random);
    const [open, close] = pick(
      [
        ['(', ')'],
        ['{', '}'],
        ['-', ''],
        ['2^', ''],
        ['tanh(', ')'],
        ['[', ']'],
      ],
      random,
    );
    const depth = 1 + below(300, random);
    return (
      text.slice(0, at) +
      open.repeat(depth) +
      text.slice(at, at + 20) +
      close.repeat(depth) +
      text.slice(at + 20)
    );
  },
  function cut(text, random) {
    return text.slice(0, spot(text, random));
  },
  function exchangeLines(text, random) {
    const lines = text.split('\n');
    const [a, b] = [below(lines.length, random), below(lines.length, random)];
    [lines[a], lines[b]] = [lines[b], lines[a]];
    return lines.join('\n');
  },
  function splice(text, random, sources) {
    const other = pick(sources, random);
    const [from, to] = span(other, random);
    const at = spot(text, random);
    return text.slice(0, at) + other.slice(from, Math.min(other.length, to + 200)) + text.slice(at);
  },
];
