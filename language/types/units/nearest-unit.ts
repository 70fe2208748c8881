import { nearest } from '../../references/nearest.ts';
import { prefixes, units, unitWord, unitWords } from './table.ts';

/** Prefixes as they are spoken, and mega as SPICE writes it; longer ones first. */
const spoken: readonly (readonly [string, string])[] = [
  ['micro', 'u'],
  ['milli', 'm'],
  ['femto', 'f'],
  ['kilo', 'k'],
  ['mega', 'M'],
  ['giga', 'G'],
  ['nano', 'n'],
  ['pico', 'p'],
  ['meg', 'M'],
];

/**
 * The unit that a word was most likely meant to be: by its symbol, or by its name (`volts` is `V`, `MegOhm` is `MOhm`).
 * A prefix alone, `10 k`, leaves the unit open.
 */
export function nearestUnit(word: string): string | undefined {
  const spelled = word.toLowerCase();
  if (word in prefixes || spoken.some(([name]) => name === spelled)) return undefined;
  return named(spelled) ?? prefixed(word) ?? nearest(word, unitWords);
}

const named = (spelled: string): string | undefined =>
  units.find(({ name }) => name === spelled || `${name}s` === spelled)?.symbol;

function prefixed(word: string): string | undefined {
  const [name, prefix] = spoken.find(([start]) => word.toLowerCase().startsWith(start)) ?? [];
  if (name === undefined || prefix === undefined) return undefined;
  const rest = word.slice(name.length);
  const unit = prefix + (named(rest.toLowerCase()) ?? rest);
  return unitWord(unit) ? unit : undefined;
}
