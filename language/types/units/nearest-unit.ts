import { nearest } from '../../references/nearest.ts';
import { units, unitWords } from './table.ts';

/** The unit that a word was most likely meant to be: by its symbol, or by its name (`volts` is `V`). */
export function nearestUnit(word: string): string | undefined {
  const spelled = word.toLowerCase();
  const named = units.find(({ name }) => name === spelled || `${name}s` === spelled);
  return named?.symbol ?? nearest(word, unitWords);
}
