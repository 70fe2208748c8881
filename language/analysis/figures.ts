import type { Interval } from '../types/ranges/interval.ts';
import { isBounded, magnitude } from '../types/ranges/interval.ts';

/** Figures as messages show them: four digits. */
export const figure = (value: number): string => `${Number(value.toPrecision(4))}`;

/** `-1 .. 1`, `0 and above`, `anything`. */
export function rangeText(range: Interval, unit = ''): string {
  const end = (value: number) => `${figure(value)}${unit}`;
  if (isBounded(range)) return `${end(range.low)} .. ${end(range.high)}`;
  if (range.low > -Infinity) return `${end(range.low)} and above`;
  return range.high < Infinity ? `${end(range.high)} and below` : 'anything';
}

const steps: readonly (readonly [number, string])[] = [
  [1, 'V'],
  [1e-3, 'mV'],
  [1e-6, 'uV'],
];

function stepFor(size: number): readonly [number, string] {
  return steps.find(([factor]) => size >= factor * (1 - 1e-12)) ?? (size === 0 ? steps[0] : steps[2]);
}

/** `100 mV`. */
export function formatVolts(value: number): string {
  const [factor, unit] = stepFor(Math.abs(value));
  return `${figure(value / factor)} ${unit}`;
}

/** `-500 mV .. 500 mV`. */
export function voltsText(range: Interval): string {
  if (!isBounded(range)) return rangeText(range, ' V');
  const [factor, unit] = stepFor(magnitude(range));
  return rangeText({ low: range.low / factor, high: range.high / factor }, ` ${unit}`);
}

/** `8.3 %`. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
