import { failure, type Outcome, success } from '../design/problem.ts';

/** The text of a UTF-8 file without its byte-order mark; bytes that are no UTF-8 text are a problem with their line. */
export function decodeText(bytes: Uint8Array, file: string): Outcome<string> {
  const decoded = decodeUtf8(bytes);
  const bad =
    decoded === undefined ? firstLine(bytes, isMalformed) : firstLine(bytes, (line) => line.includes(0));
  if (decoded !== undefined && bad === 0) return success(decoded);
  return failure({
    code: 'data.not-text',
    message: `"${file}" is not a text file in UTF-8: line ${bad} holds ${decoded === undefined ? 'bytes that are no UTF-8' : 'a zero byte'}.`,
    hint: 'Save the table as plain text in UTF-8.',
    data: { file, line: bad },
  });
}

const isMalformed = (line: Uint8Array): boolean => decodeUtf8(line) === undefined;

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** One-based number of the first line for which `test` holds, or 0. No UTF-8 sequence contains a line feed. */
function firstLine(bytes: Uint8Array, test: (line: Uint8Array) => boolean): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end;
    if (test(bytes.subarray(start, stop))) return line;
    start = stop + 1;
  }
  return 0;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The finite number that a cell holds, or what is wrong with it. */
export function parseNumber(text: string): number | 'empty' | 'not a number' | 'out of range' {
  const cell = text.trim();
  if (cell === '') return 'empty';
  if (!decimal.test(cell)) return 'not a number';
  const value = Number(cell);
  return Number.isFinite(value) ? value : 'out of range';
}
