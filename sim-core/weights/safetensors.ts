import { failure, type Outcome, type Problem, success } from '../design/problem.ts';

/** A named array of numbers with its shape, row by row. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/**
 * Writes tensors in the safetensors form (https://github.com/huggingface/safetensors): eight bytes of header length, a
 * JSON header padded with spaces to eight bytes, then the numbers as little-endian float64. Tensors stand in order of
 * their names, so equal tensors give equal bytes.
 */
export function writeSafetensors(
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const sorted = [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries: [string, unknown][] = [['__metadata__', metadata]];
  let end = 0;
  for (const { name, shape, values } of sorted) {
    const start = end;
    end += values.length * 8;
    entries.push([name, { dtype: 'F64', shape, data_offsets: [start, end] }]);
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerLength = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.set(header, 8);
  bytes.fill(0x20, 8 + header.length, 8 + headerLength);
  let at = 8 + headerLength;
  for (const { values } of sorted) {
    for (const value of values) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  }
  return bytes;
}

/** Reads all tensors of a safetensors file (F64, F32, F16, BF16), in order of their names. */
export function readSafetensors(bytes: Uint8Array, file: string): Outcome<readonly Tensor[]> {
  const header = readHeader(bytes, file);
  if (!header.ok) return header;
  const { entries, dataStart } = header.value;
  const data = new DataView(bytes.buffer, bytes.byteOffset + dataStart, bytes.byteLength - dataStart);
  const tensors: Tensor[] = [];
  for (const entry of entries) {
    const fault = faultOf(entry, data.byteLength);
    if (fault !== undefined) return failure(malformed(file, `Tensor "${entry.name}" ${fault}.`));
    tensors.push({ name: entry.name, shape: entry.shape, values: readValues(entry, data) });
  }
  const overlap = firstOverlap(entries);
  if (overlap !== undefined) return failure(malformed(file, overlap));
  const bad = tensors.find(({ values }) => !values.every(Number.isFinite));
  return bad === undefined ? success(tensors) : failure(notFinite(file, bad));
}

interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

const largestHeader = 100_000_000;

function readHeader(
  bytes: Uint8Array,
  file: string,
): Outcome<{ entries: readonly Entry[]; dataStart: number }> {
  if (bytes.length < 8)
    return failure(malformed(file, 'It is shorter than the eight bytes that every such file begins with.'));
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > bytes.length - 8 || length > largestHeader) {
    return failure(
      malformed(
        file,
        `Its first eight bytes promise a header of ${length} bytes; ${bytes.length - 8} follow.`,
      ),
    );
  }
  const header = parseObject(bytes.subarray(8, 8 + length));
  if (header === undefined) return failure(malformed(file, 'Its header is not a JSON object.'));
  const entries: Entry[] = [];
  for (const [name, fields] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const entry = entryOf(name, fields);
    if (entry === undefined) {
      return failure(malformed(file, `The header's entry "${name}" lacks a dtype, a shape or data_offsets.`));
    }
    entries.push(entry);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return success({ entries, dataStart: 8 + length });
}

function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function entryOf(name: string, fields: unknown): Entry | undefined {
  if (!isObject(fields)) return undefined;
  const { dtype, shape, data_offsets: offsets } = fields;
  if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2)
    return undefined;
  return { name, dtype, shape, start: offsets[0], end: offsets[1] };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

/** Bytes of one number and how to read it, by dtype. */
const dtypes: Readonly<Record<string, { bytes: number; read(data: DataView, at: number): number }>> = {
  F64: { bytes: 8, read: (data, at) => data.getFloat64(at, true) },
  F32: { bytes: 4, read: (data, at) => data.getFloat32(at, true) },
  F16: { bytes: 2, read: (data, at) => halfToNumber(data.getUint16(at, true)) },
  BF16: { bytes: 2, read: (data, at) => brainToNumber(data.getUint16(at, true)) },
};

function faultOf({ dtype, shape, start, end }: Entry, length: number): string | undefined {
  if (!Object.hasOwn(dtypes, dtype))
    return `has the type ${dtype}; only ${Object.keys(dtypes).join(', ')} are read`;
  if (start > end || end > length) return `claims the bytes ${start} to ${end} of ${length}`;
  const expected = shape.reduce((product, size) => product * size, dtypes[dtype].bytes);
  return expected === end - start
    ? undefined
    : `has the shape [${shape.join(', ')}], but ${end - start} bytes`;
}

function firstOverlap(entries: readonly Entry[]): string | undefined {
  const byStart = entries.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const at = byStart.findIndex((entry, k) => k > 0 && entry.start < byStart[k - 1].end);
  return at < 0 ? undefined : `Tensors "${byStart[at - 1].name}" and "${byStart[at].name}" overlap.`;
}

function readValues({ dtype, start, end }: Entry, data: DataView): Float64Array {
  const { bytes, read } = dtypes[dtype];
  return Float64Array.from({ length: (end - start) / bytes }, (_, k) => read(data, start + k * bytes));
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. Every step is exact. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return (sign * fraction) / (1 << 24);
  return (sign * (1024 + fraction) * (1 << exponent)) / (1 << 25);
}

/** bfloat16 is the upper half of a float32. */
function brainToNumber(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}

const malformed = (file: string, what: string): Problem => ({
  code: 'weights.malformed',
  message: `"${file}" is not a sound safetensors file. ${what}`,
  hint: 'Write it again with `memloom run --out`, or with the safetensors library.',
  data: { file },
});

const notFinite = (file: string, { name, values }: Tensor): Problem => ({
  code: 'weights.not-finite',
  message: `Tensor "${name}" of "${file}" holds a number that is not finite, at position ${values.findIndex((value) => !Number.isFinite(value))}.`,
  hint: 'Train again with a lower rate or with gradient clipping.',
  data: { file },
});
