/** `value` to so many significant digits, without an exponent where a reader does not need one. */
export function significant(value: number, digits = 4): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -4 || magnitude > 8) return value.toExponential(digits - 1).replace(/\.?0+e\+?/, 'e');
  const decimals = Math.max(0, digits - 1 - magnitude);
  return decimals === 0 ? value.toFixed(0) : value.toFixed(decimals).replace(/\.?0+$/, '');
}

/** `56.1 ± 1.2 [55.8]`: the deviation to two significant digits, mean and median to the same decimal. */
export function spread(mean: number, std: number, median?: number): string {
  if (!(std > 0)) return significant(mean);
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(std))));
  const middle = median === undefined ? '' : ` [${median.toFixed(decimals)}]`;
  return `${mean.toFixed(decimals)} ± ${std.toFixed(decimals)}${middle}`;
}

const prefixes: readonly (readonly [number, string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'µ'],
  [1e-9, 'n'],
  [1e-12, 'p'],
  [1e-15, 'f'],
];

/** The prefix that a magnitude asks for, and its factor. */
export const prefixFor = (magnitude: number): readonly [factor: number, prefix: string] =>
  prefixes.find(([threshold]) => magnitude >= threshold * (1 - 1e-12)) ?? [1, ''];

/** An SI quantity with a prefix: `4.95 µS`. */
export function quantity(value: number, unit: string): string {
  const [factor, prefix] = prefixFor(Math.abs(value));
  return `${significant(value / factor)} ${prefix}${unit}`;
}
