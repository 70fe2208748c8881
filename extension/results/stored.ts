import type { Design, Result } from '@memloom/sim-core';

const magic = 'memloom-result-3\n';

/** A result with the design that it is of, by which views find places in the text and the arrays behind it. */
export interface StoredResult {
  readonly result: Result;
  readonly design: Design;
}

/**
 * The stored form of a result: a line that names the form, the length of a JSON text, the text, and the numbers of all
 * typed arrays, which the text refers to by offset and length. Little-endian float64, whatever the machine.
 */
export function encodeResult(stored: StoredResult): Uint8Array {
  const numbers: Float64Array[] = [];
  let count = 0;
  const text = JSON.stringify(stored, (_key, value: unknown) => {
    if (!(value instanceof Float64Array)) return value;
    numbers.push(value);
    count += value.length;
    return { float64: [count - value.length, value.length] };
  });
  const head = new TextEncoder().encode(`${magic}${new TextEncoder().encode(text).length}\n${text}`);
  const bytes = new Uint8Array(head.length + 8 * count);
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  let at = 0;
  for (const values of numbers) for (const value of values) view.setFloat64(8 * at++, value, true);
  return bytes;
}

/** The result in `bytes`, or undefined where they are no complete result of this form. */
export function decodeResult(bytes: Uint8Array): StoredResult | undefined {
  const [, form, length] =
    /^(memloom-result-\d+\n)(\d+)\n/.exec(new TextDecoder().decode(bytes.subarray(0, 64))) ?? [];
  if (form !== magic || length === undefined) return undefined;
  const start = form.length + length.length + 1;
  const end = start + Number(length);
  if (end > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + end, bytes.length - end);
  try {
    return JSON.parse(new TextDecoder().decode(bytes.subarray(start, end)), (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null || !('float64' in value)) return value;
      const [offset, size] = value.float64 as [number, number];
      return Float64Array.from({ length: size }, (_, i) => view.getFloat64(8 * (offset + i), true));
    });
  } catch {
    // A cut-off or foreign file: JSON.parse and DataView say so by throwing.
    return undefined;
  }
}
