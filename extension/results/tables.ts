import type { ResultTable } from '@memloom/sim-core';

/**
 * Columns of a table with no more than `most` rows: every so manyth, and the last. A missing table has no rows.
 */
export function tableColumns(
  table: ResultTable | undefined,
  columns: readonly number[],
  most: number,
): readonly Float64Array[] {
  return columns.map((column) => {
    const values = table?.columns[column]?.values ?? new Float64Array();
    const stride = Math.max(1, Math.ceil(values.length / Math.max(1, most)));
    // Sent as they are, values are copied by the message; thinned, they are copies already.
    if (stride === 1) return values;
    const count = Math.ceil((values.length - 1) / stride) + 1;
    return Float64Array.from({ length: count }, (_, at) => values[Math.min(values.length - 1, at * stride)]);
  });
}
