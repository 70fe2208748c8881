import { suggestion } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { decodeText, parseNumber } from './text.ts';

/** A table with a header; each cell knows its place, one-based. */
export interface CsvTable {
  readonly file: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

export interface CsvCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Reads a comma-separated table as RFC 4180 describes it: a header, quoted fields with `""` for a quote; lines end with
 * CRLF, LF or CR.
 * A row of another length than the header, a quote out of place and a table without rows are problems; empty lines
 * at the end are not.
 */
export function parseCsv(bytes: Uint8Array, file: string): Outcome<CsvTable> {
  const text = decodeText(bytes, file);
  if (!text.ok) return text;
  const records = splitRecords(text.value, file);
  if (!records.ok) return records;
  const [header, ...rows] = withoutTrailingBlanks(records.value);
  if (header === undefined || rows.length === 0) return failure(emptyTable(file, header === undefined));
  const ragged = rows.find((row) => row.length !== header.length);
  if (ragged !== undefined) return failure(raggedRow(file, ragged, header));
  return success({ file, header: header.map((cell) => cell.text.trim()), rows });
}

/** The numbers of the named column; a missing, ambiguous or non-numeric column is a problem. */
export function numericColumn(table: CsvTable, name: string): Outcome<Float64Array> {
  const matches = table.header.filter((title) => title === name).length;
  if (matches !== 1)
    return failure(matches === 0 ? missingColumn(table, name) : ambiguousColumn(table, name));
  const position = table.header.indexOf(name);
  const values = new Float64Array(table.rows.length);
  for (let row = 0; row < values.length; row++) {
    const cell = table.rows[row][position];
    const value = parseNumber(cell.text);
    if (typeof value === 'string') return failure(badCell(table.file, name, cell, value));
    values[row] = value;
  }
  return success(values);
}

function splitRecords(text: string, file: string): Outcome<CsvCell[][]> {
  const records: CsvCell[][] = [];
  let record: CsvCell[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  while (at < text.length || record.length > 0) {
    const place = { line, column: at - lineStart + 1 };
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
    if (field.problem !== undefined) return failure(misplacedQuote(file, place, field.problem));
    record.push({ text: field.text, ...place });
    if (field.text.includes('\n')) {
      line += field.text.split('\n').length - 1;
      lineStart = text.lastIndexOf('\n', field.end - 1) + 1;
    }
    at = field.end;
    if (text[at] === ',') {
      at++;
      continue;
    }
    records.push(record);
    record = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line++;
    lineStart = at;
  }
  return success(records);
}

interface Field {
  readonly text: string;
  /** Index of the separator behind the field. */
  readonly end: number;
  readonly problem?: 'unterminated' | 'stray';
}

function plainField(text: string, start: number): Field {
  let end = start;
  while (end < text.length && text[end] !== ',' && !endsLine(text, end)) end++;
  const content = text.slice(start, end);
  return content.includes('"') ? { text: content, end, problem: 'stray' } : { text: content, end };
}

function quotedField(text: string, start: number): Field {
  let end = start + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) return { text: '', end: text.length, problem: 'unterminated' };
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  const content = text.slice(start + 1, end).replaceAll('""', '"');
  const closed = end + 1 === text.length || text[end + 1] === ',' || endsLine(text, end + 1);
  return { text: content, end: end + 1, ...(closed ? {} : { problem: 'stray' as const }) };
}

const endsLine = (text: string, at: number): boolean => text[at] === '\n' || text[at] === '\r';

function withoutTrailingBlanks(records: readonly CsvCell[][]): readonly CsvCell[][] {
  const isBlank = (record: readonly CsvCell[]): boolean =>
    record.length === 1 && record[0].text.trim() === '';
  let count = records.length;
  while (count > 0 && isBlank(records[count - 1])) count--;
  return records.slice(0, count);
}

const emptyTable = (file: string, noHeader: boolean): Problem => ({
  code: 'data.no-rows',
  message: noHeader ? `"${file}" is empty.` : `"${file}" has a header but no rows.`,
  hint: 'A table needs a line of column names and then its rows.',
  data: { file, line: noHeader ? 1 : 2 },
});

const raggedRow = (file: string, row: readonly CsvCell[], header: readonly CsvCell[]): Problem => ({
  code: 'data.ragged-row',
  message: `Line ${row[0].line} of "${file}" has ${row.length} cells, its header has ${header.length}.`,
  hint:
    otherSeparator(header.map(({ text }) => text)) ??
    'Every row needs one cell per column; put a cell that contains a comma in quotes.',
  data: { file, line: row[0].line, column: row[Math.min(row.length, header.length) - 1].column },
});

/** What to do about a table whose header is one cell for want of commas; undefined where it is not. */
function otherSeparator([title, ...others]: readonly string[]): string | undefined {
  const separator = others.length === 0 ? /[;\t]/.exec(title)?.[0] : undefined;
  if (separator === undefined) return undefined;
  const name = separator === ';' ? 'semicolons' : 'tabs';
  return `Its cells seem to be separated by ${name}; they need commas, and numbers a decimal point.`;
}

const missingColumn = (table: CsvTable, name: string): Problem => ({
  code: 'data.missing-column',
  message: `"${table.file}" has no column "${name}".`,
  hint: otherSeparator(table.header) ?? suggestion(name, table.header, 'Its header names no column.'),
  data: { file: table.file, line: 1 },
});

const ambiguousColumn = (table: CsvTable, name: string): Problem => ({
  code: 'data.ambiguous-column',
  message: `"${table.file}" has more than one column "${name}".`,
  hint: 'Give each column its own name.',
  data: { file: table.file, line: 1 },
});

const badCell = (file: string, name: string, cell: CsvCell, why: string): Problem => ({
  code: why === 'empty' ? 'data.empty-cell' : 'data.not-a-number',
  message: `Column "${name}" of "${file}" ${why === 'empty' ? 'has an empty cell' : `holds "${cell.text.trim().slice(0, 40)}", which is ${why}`}, line ${cell.line}.`,
  hint: 'Every cell of the column must be a finite decimal number; remove or fill the row.',
  data: { file, line: cell.line, column: cell.column },
});

const misplacedQuote = (
  file: string,
  place: { line: number; column: number },
  kind: 'unterminated' | 'stray',
): Problem => ({
  code: 'data.misplaced-quote',
  message:
    kind === 'unterminated'
      ? `The quote that opens in line ${place.line} of "${file}" never closes.`
      : `Line ${place.line} of "${file}" has a quote in the middle of a cell.`,
  hint: 'Quotes enclose a whole cell; a quote inside is written twice ("").',
  data: { file, ...place },
});
