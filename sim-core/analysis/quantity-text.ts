const prefixes: readonly (readonly [number, string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'u'],
  [1e-9, 'n'],
  [1e-12, 'p'],
  [1e-15, 'f'],
];

/** A quantity as the language writes it, to four digits: `100 ns`, `-1.3 V`. */
export function quantityText(value: number, unit: string): string {
  const magnitude = Math.abs(value);
  const [scale, prefix] = prefixes.find(([least]) => magnitude >= least) ?? [1, ''];
  return `${Number((value / scale).toPrecision(4))} ${prefix}${unit}`;
}
