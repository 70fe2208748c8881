import { prefixes } from '@memloom/language';

/** A number with at most six significant digits, without zeros at its end. */
export const numberText = (value: number): string => `${Number(value.toPrecision(6))}`;

/** A value in SI units with the prefix that brings it between 1 and 1000: `10 kOhm`. Compound units take none. */
export function quantityText(value: number, unit: string): string {
  if (unit === '1') return numberText(value);
  if (!/^[A-Za-zΩ]+$/.test(unit) || value === 0 || !Number.isFinite(value))
    return `${numberText(value)} ${unit}`;
  const exponent = Math.floor(Math.log10(Math.abs(value)) / 3) * 3;
  const prefix = Object.entries(prefixes).find(([, power]) => power === exponent)?.[0];
  if (exponent === 0 || prefix === undefined) return `${numberText(value)} ${unit}`;
  return `${numberText(value / 10 ** exponent)} ${prefix}${unit}`;
}
