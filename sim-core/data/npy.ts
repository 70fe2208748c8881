import { failure, type Outcome, type Problem, success } from '../design/problem.ts';

/** A numpy array: values in row-major order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const magic = '\x93NUMPY';

export const isNpy = (bytes: Uint8Array): boolean => textOf(bytes.subarray(0, magic.length)) === magic;

/**
 * Reads numpy's `.npy` format (NEP 1, versions 1 to 3): float64 or float32, little-endian, C or Fortran order.
 *
 * Problems `matrix.npy`, which name the file: another type, a header that is none, data of another length than the shape.
 */
export function readNpy(bytes: Uint8Array, file: string): Outcome<NpyArray> {
  const bad = (message: string, hint?: string): Problem => ({
    code: 'matrix.npy',
    message: `"${file}" ${message}`,
    hint,
    data: { file },
  });
  const header = headerOf(bytes);
  if (header === undefined) return failure(bad('has no header that numpy would write.'));
  const { descr, fortranOrder, shape, start } = header;
  const size = descr === '<f8' ? 8 : descr === '<f4' ? 4 : undefined;
  if (size === undefined)
    return failure(
      bad(
        `holds values of type ${descr}; float64 (<f8) and float32 (<f4) in little-endian order are read.`,
        'Save it with numpy.save(file, array.astype("<f8")).',
      ),
    );
  const count = shape.reduce((product, length) => product * length, 1);
  const [expected, actual] = [count * size, bytes.length - start];
  if (actual !== expected)
    return failure(
      bad(
        `has a shape of ${shapeText(shape)}, hence ${expected} bytes of data, but holds ${actual}.`,
        'It may have been cut off.',
      ),
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, expected);
  const values = new Float64Array(count);
  for (let at = 0; at < count; at++)
    values[at] = size === 8 ? view.getFloat64(8 * at, true) : view.getFloat32(4 * at, true);
  return success({ shape, values: fortranOrder ? rowMajor(values, shape) : values });
}

export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'a single number' : shape.join(' × ');

interface Header {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data begins. */
  readonly start: number;
}

function headerOf(bytes: Uint8Array): Header | undefined {
  const version = bytes[6];
  if (!isNpy(bytes) || bytes.length < 12 || !(version >= 1 && version <= 3)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 12);
  const [length, from] = version === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  const start = from + length;
  if (start > bytes.length) return undefined;
  const text = textOf(bytes.subarray(from, start));
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1] ?? /'descr'\s*:\s*(\[[^\]]*\])/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) return undefined;
  const lengths = shape
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number);
  return lengths.every(Number.isSafeInteger)
    ? { descr, fortranOrder: order === 'True', shape: lengths, start }
    : undefined;
}

/** Bytes as characters of the same number. */
const textOf = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Values whose first axis runs fastest, with the last one fastest. */
function rowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const result = new Float64Array(values.length);
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, length) => product * length, 1),
  );
  for (let at = 0; at < values.length; at++) {
    let to = 0;
    for (let axis = 0; axis < shape.length; axis++) to += index[axis] * strides[axis];
    result[to] = values[at];
    for (let axis = 0; axis < shape.length && ++index[axis] === shape[axis]; axis++) index[axis] = 0;
  }
  return result;
}

/** A float64 array in version 1.0 of the format, its data at a multiple of 64 bytes as numpy has it. */
export function writeNpy(values: Float64Array, shape: readonly number[]): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const dictionary = `{'descr': '<f8', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const header = `${dictionary.padEnd(length - 1)}\n`;
  const bytes = new Uint8Array(10 + length + 8 * values.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < magic.length; at++) bytes[at] = magic.charCodeAt(at);
  bytes.set([1, 0], 6);
  view.setUint16(8, length, true);
  for (let at = 0; at < length; at++) bytes[10 + at] = header.charCodeAt(at);
  for (let at = 0; at < values.length; at++) view.setFloat64(10 + length + 8 * at, values[at], true);
  return bytes;
}
