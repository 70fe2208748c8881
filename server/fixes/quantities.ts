import { parseUnit, prefixes, scaleToSi, splitQuantity, unitWord } from '@memloom/language';

/** A number as written, with its sign: `-1.1 V`. */
const quantityPattern = /^(-?)\s*([0-9][\s\S]*)$/;

/**
 * A quantity in another unit, its number and prefix kept: `100 mA` expected in `V` is `100 mV`. `expected` is the unit in
 * words of a diagnostic; undefined where the text is no quantity.
 */
export function withUnit(text: string, expected: string): string | undefined {
  const match = quantityPattern.exec(text);
  if (!match) return undefined;
  const { number, unit } = splitQuantity(match[2]);
  if (number === '' || !/^\S*$/.test(unit)) return undefined;
  if (expected === 'a plain number') return `${match[1]}${number}`;
  const wanted = unitWord(expected);
  const given = unitWord(unit);
  const prefix = given && unit !== given.definition.symbol ? unit.charAt(0) : '';
  const prefixed = wanted?.definition.prefixes ? `${prefix}${expected}` : expected;
  return parseUnit(prefixed).ok ? `${match[1]}${number} ${prefixed}` : undefined;
}

/** The quantity with the prefix nearest to its own that brings it within bounds in SI units. */
export function prefixedWithin(text: string, low: number, high: number): string | undefined {
  const match = quantityPattern.exec(text);
  if (!match) return undefined;
  const { number, unit } = splitQuantity(match[2]);
  const given = unitWord(unit);
  if (!given?.definition.prefixes) return undefined;
  const { symbol } = given.definition;
  const own = unit === symbol ? 0 : (prefixes[unit.charAt(0)] ?? 0);
  const candidates = [['', 0] as const, ...Object.entries(prefixes)]
    .filter(([prefix]) => prefix !== 'µ' && prefix !== 'μ')
    .filter(
      ([prefix, exponent]) => exponent !== own && unitWord(prefix + symbol)?.definition.symbol === symbol,
    )
    .filter(([prefix]) => {
      const result = parseUnit(prefix + symbol);
      const value = result.ok ? scaleToSi(number, result.unit) : Number.NaN;
      return (match[1] === '-' ? -value : value) >= low && (match[1] === '-' ? -value : value) <= high;
    });
  // The same letter in the other case is the likeliest slip, then the nearest power of ten.
  const rank = ([prefix, exponent]: readonly [string, number]) =>
    prefix !== '' && prefix.toLowerCase() === unit.charAt(0).toLowerCase() ? 0 : Math.abs(exponent - own);
  const [best] = [...candidates].sort((a, b) => rank(a) - rank(b));
  return best && `${match[1]}${number} ${best[0]}${symbol}`;
}
