import type { Problem } from '@memloom/sim-core';
import { formatQuantity } from '../webview/numbers.ts';

/** Units that are written out in a list of values. */
const mostShown = 6;

/** `0.412 V`, or of several units `[12 mV, −3 mV, … 64 units]`. */
export function formatValues(values: ArrayLike<number>, unit: string): string {
  if (values.length === 1) return formatQuantity(values[0], unit);
  const shown = Array.from(values).slice(0, mostShown);
  const rest = values.length > mostShown ? [`… ${values.length} units`] : [];
  return `[${[...shown.map((value) => formatQuantity(value, unit)), ...rest].join(', ')}]`;
}

/** `V`, `number`, or with several units `4 × V`. */
export function typeText(unit: string, size: number): string {
  const name = unit === '1' ? 'number' : unit;
  return size === 1 ? name : `${size} × ${name}`;
}

/** A problem with its way out. */
export const textOf = ({ message, hint }: Problem): string =>
  hint === undefined ? message : `${message} ${hint}`;
