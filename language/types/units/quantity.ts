import type { Dimension } from './dimension.ts';
import { formatDimension } from './format.ts';
import { unitWord } from './table.ts';

/** Prefixes that figures are shown with, from the largest. */
const shown: readonly (readonly [string, number])[] = [
  ['G', 9],
  ['M', 6],
  ['k', 3],
  ['', 0],
  ['m', -3],
  ['u', -6],
  ['n', -9],
  ['p', -12],
  ['f', -15],
];

/** A quantity as one would write it: `10 kOhm`, `1 pF`, `0.5`. */
export function formatQuantity(value: number, dimension: Dimension): string {
  const unit = formatDimension(dimension);
  if (unit === '1') return `${value}`;
  const size = Math.abs(value);
  const prefixed = unitWord(unit)?.definition.prefixes && size > 0 && size < Infinity;
  const [prefix, exponent] = (prefixed &&
    shown.find(([, power]) => size >= Number(`1e${power}`) * (1 - 1e-12))) || ['', 0];
  return `${Number((value * Number(`1e${-exponent}`)).toPrecision(6))} ${prefix}${unit}`;
}
