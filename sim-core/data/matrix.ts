import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { isNpy, readNpy, shapeText } from './npy.ts';
import { decodeText, parseNumber } from './text.ts';

/** Numbers `[rows][columns]`, and where each stands in its file. */
export interface MatrixFile {
  readonly file: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  /** One-based line and column of a row's number in a text; undefined in a binary file. */
  place(row: number, column: number): { readonly line: number; readonly column: number } | undefined;
}

export interface MatrixOptions {
  /** A word that may stand in a text for a number, and the number that it then is. */
  readonly word?: { readonly text: string; readonly value: number };
}

/**
 * Reads a matrix from a `.npy` file or from a text: numbers between commas, semicolons, tabs or blanks, a line for each
 * row, without a header; what follows `#` is a comment. An array of one axis is one row.
 *
 * Problems `matrix.*` name the file, and in a text the line and the column.
 */
export function readMatrix(
  bytes: Uint8Array,
  file: string,
  options: MatrixOptions = {},
): Outcome<MatrixFile> {
  return isNpy(bytes) ? readBinary(bytes, file) : readText(bytes, file, options);
}

function readBinary(bytes: Uint8Array, file: string): Outcome<MatrixFile> {
  const array = readNpy(bytes, file);
  if (!array.ok) return array;
  const { shape, values } = array.value;
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape;
  if (shape.length < 1 || shape.length > 2)
    return failure(problem('shape', file, `has a shape of ${shapeText(shape)}; a matrix has two axes.`));
  if (values.length === 0) return failure(problem('empty', file, `has a shape of ${shapeText(shape)}.`));
  return success({ file, rows, columns, values, place: () => undefined });
}

/** A number of a text, its column one-based. */
interface Field {
  readonly text: string;
  readonly column: number;
}

function readText(bytes: Uint8Array, file: string, { word }: MatrixOptions): Outcome<MatrixFile> {
  const text = decodeText(bytes, file);
  if (!text.ok) return text;
  const lines = text.value.split(/\r\n|\n|\r/).map((content) => content.replace(/#.*$/, ''));
  const filled = [...lines.keys()].filter((line) => lines[line].trim() !== '');
  if (filled.length === 0) return failure(problem('empty', file, 'holds no numbers.'));
  const columns = fieldsOf(lines[filled[0]]).length;
  const values = new Float64Array(filled.length * columns);
  for (const [row, line] of filled.entries()) {
    const fields = fieldsOf(lines[line]);
    if (fields.length !== columns) return failure(ragged(file, columns, fields.length, line + 1));
    for (const [at, field] of fields.entries()) {
      const value = field.text === word?.text ? word.value : parseNumber(field.text);
      if (typeof value === 'string') return failure(notANumber(file, line + 1, field, value, word?.text));
      values[row * columns + at] = value;
    }
  }
  const place = (row: number, column: number) => ({
    line: filled[row] + 1,
    column: fieldsOf(lines[filled[row]])[column].column,
  });
  return success({ file, rows: filled.length, columns, values, place });
}

const ragged = (file: string, first: number, found: number, line: number): Problem => ({
  ...problem('ragged', file, `has ${first} numbers in its first row and ${found} in line ${line}.`),
  data: { file, line },
});

/** Between commas or semicolons, an empty field is one too; between blanks there is none. */
function fieldsOf(line: string): readonly Field[] {
  if (line.trim() === '') return [];
  const pattern = /[,;]/.test(line) ? /([^,;]*)(?:[,;]|$)/gy : /\s*(\S+)\s*/gy;
  const fields: Field[] = [];
  for (let end = 0; end <= line.length; ) {
    const match = pattern.exec(line);
    if (match === null) break;
    const [whole, part] = match;
    const text = part.trim();
    fields.push({ text, column: match.index + whole.indexOf(text) + 1 });
    end = match.index + whole.length;
    // The last field ends with the line, not with a separator.
    if (end === line.length && !/[,;]$/.test(whole)) break;
  }
  return fields;
}

function notANumber(
  file: string,
  line: number,
  { text, column }: Field,
  reason: string,
  word: string | undefined,
): Problem {
  const what = text === '' ? 'an empty field' : `"${text.slice(0, 40)}"`;
  const why = reason === 'out of range' ? 'a number that is out of range' : 'no number';
  return {
    code: 'matrix.value',
    message: `"${file}" holds ${what}, ${why}, in line ${line}, column ${column}.`,
    hint: `A matrix is numbers alone, without a header${word === undefined ? '' : `, or the word ${word}`}.`,
    data: { file, line, column },
  };
}

const problem = (code: string, file: string, message: string): Problem => ({
  code: `matrix.${code}`,
  message: `"${file}" ${message}`,
  data: { file },
});
