/** A number with at most four significant digits, in plain form where that is short. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e6 || magnitude < 1e-4) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}

/** `48.2 ± 0.31`, the spread with two significant digits. */
export function formatSpread(mean: number, std: number | undefined): string {
  return std === undefined ? formatNumber(mean) : `${formatNumber(mean)} ± ${Number(std.toPrecision(2))}`;
}

const prefixes = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T'];

/** A number in its unit with an SI prefix: `25 mV`; plain where the unit takes none. */
export function formatQuantity(value: number, unit: string): string {
  if (Number.isNaN(value)) return '–';
  if (unit === '' || unit === '1') return formatNumber(value);
  if (value === 0 || !/^(V|A|S|s|W|J|Hz|F|C|H|m|Ohm)$/.test(unit)) return `${formatNumber(value)} ${unit}`;
  const step = Math.max(-5, Math.min(4, Math.floor(Math.log10(Math.abs(value)) / 3)));
  return `${formatNumber(value / 1000 ** step)} ${prefixes[step + 5]}${unit}`;
}

/** Round values between two ends, about `count` of them, as an axis marks them: multiples of 1, 2 or 5 times a power of 10. */
export function ticks(from: number, to: number, count: number): readonly number[] {
  const rough = (to - from) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * step);
}
