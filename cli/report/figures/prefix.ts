import type { TableColumn } from '@memloom/sim-core';
import { prefixFor } from '../../result/number.ts';

/** A column's values in the prefix that its largest magnitude, or that of another column, asks for. */
export function inPrefix(column: TableColumn, other: TableColumn = column) {
  const largest = [column, other].reduce(
    (most, { values }) => values.reduce((peak, value) => Math.max(peak, Math.abs(value)), most),
    0,
  );
  const compound = /[*/^]/.test(column.unit);
  const [factor, prefix] = column.unit === '1' || compound ? [1, ''] : prefixFor(largest);
  return {
    factor,
    unit: column.unit === '1' ? '' : `${prefix}${column.unit}`,
    values: Array.from(column.values, (value) => value / factor),
  };
}
