import { type CsvTable, parseCsv } from '@memloom/sim-core';
import type { URI } from 'vscode-uri';
import * as ast from '../generated/ast.ts';
import { nearest } from '../references/nearest.ts';
import type { Context } from './context.ts';
import type { Properties } from './properties.ts';

/** Whether a table has the columns that a data set names, where the host reads it. */
export function checkColumns(uri: URI, file: string, properties: Properties, context: Context): void {
  const bytes = context.readData?.(uri);
  const table = bytes && tableOf(bytes, file);
  if (!table) return;
  for (const property of ['column', 'columns', 'target']) {
    const given = properties.given(property);
    for (const [index, value] of given?.values.entries() ?? []) {
      if (!given || !ast.isText(value) || table.header.includes(value.value)) continue;
      const details = {
        column: value.value,
        file,
        known: table.header.map((name) => `"${name}"`).join(', '),
        suggestion: nearest(value.value, table.header),
      };
      context.report('data.columnMissing', { node: given, property: 'values', index }, details);
    }
  }
}

const tables = new WeakMap<Uint8Array, CsvTable | { readonly header?: undefined }>();

/** The table, read once for each state of its file; undefined where it is none, which a run reports with its place. */
function tableOf(bytes: Uint8Array, file: string): CsvTable | undefined {
  const known = tables.get(bytes);
  if (known) return known.header ? known : undefined;
  const outcome = parseCsv(bytes, file);
  tables.set(bytes, outcome.ok ? outcome.value : {});
  return outcome.ok ? outcome.value : undefined;
}
