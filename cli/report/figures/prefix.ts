import type { TableColumn } from '@memloom/sim-core';

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

/** A column's values in the prefix that its largest magnitude, or that of another column, asks for. */
export function inPrefix(column: TableColumn, other: TableColumn = column) {
  const largest = [column, other].reduce(
    (most, { values }) => values.reduce((peak, value) => Math.max(peak, Math.abs(value)), most),
    0,
  );
  const compound = /[*/^]/.test(column.unit);
  const [factor, prefix] =
    column.unit === '1' || compound
      ? [1, '']
      : (prefixes.find(([least]) => largest >= least * (1 - 1e-12)) ?? [1, '']);
  return {
    factor,
    unit: column.unit === '1' ? '' : `${prefix}${column.unit}`,
    values: Array.from(column.values, (value) => value / factor),
  };
}
