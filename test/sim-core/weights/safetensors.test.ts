import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchTensors, type TensorForm, toTensor } from '../../../sim-core/weights/match.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../../../sim-core/weights/safetensors.ts';

const tensor = (name: string, shape: number[], values: number[]): Tensor => ({
  name,
  shape,
  values: Float64Array.from(values),
});

/** A file from its header text and data, whatever they say. */
function fileOf(header: unknown, data: Uint8Array, claimed?: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed ?? text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const read = (bytes: Uint8Array): readonly Tensor[] => {
  const tensors = readSafetensors(bytes, 'w.safetensors');
  if (!tensors.ok) throw new Error(tensors.problems[0].message);
  return tensors.value;
};

const problemOf = (bytes: Uint8Array) => {
  const tensors = readSafetensors(bytes, 'w.safetensors');
  if (tensors.ok) throw new Error('Expected a problem.');
  return tensors.problems[0];
};

describe('safetensors', () => {
  it('gives back what was written, sorted by name', () => {
    const written = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-z][a-z0-9.]{0,8}$/),
        values: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 6 }),
      }),
      { selector: ({ name }) => name, maxLength: 5 },
    );
    fc.assert(
      fc.property(written, (entries) => {
        const tensors = entries.map(({ name, values }) => tensor(name, [values.length], values));
        const sorted = [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1));
        expect(read(writeSafetensors(tensors, { seed: '7' }))).toEqual(sorted);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('writes the same bytes for the same tensors in any order, data aligned to eight bytes', () => {
    const a = tensor('a', [2, 1], [1, 2]);
    const b = tensor('b', [1], [3]);
    const bytes = writeSafetensors([a, b], { version: '1', seed: '7' });
    expect(writeSafetensors([b, a], { version: '1', seed: '7' })).toEqual(bytes);
    const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerLength % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)))).toEqual({
      __metadata__: { version: '1', seed: '7' },
      a: { dtype: 'F64', shape: [2, 1], data_offsets: [0, 16] },
      b: { dtype: 'F64', shape: [1], data_offsets: [16, 24] },
    });
  });

  it('reads F32, F16 and BF16, in any order of fields and at odd offsets in memory', () => {
    const data = new Uint8Array(4 + 10 + 4);
    const view = new DataView(data.buffer);
    view.setFloat32(0, -1.5, true);
    [0x3c00, 0xc000, 0x0001, 0x7bff, 0x3555].forEach((half, at) => {
      view.setUint16(4 + 2 * at, half, true);
    });
    [0x3f80, 0xc049].forEach((brain, at) => {
      view.setUint16(14 + 2 * at, brain, true);
    });
    const header = {
      s: { data_offsets: [0, 4], shape: [1, 1], dtype: 'F32' },
      h: { shape: [5], data_offsets: [4, 14], dtype: 'F16' },
      b: { dtype: 'BF16', data_offsets: [14, 18], shape: [2] },
    };
    const file = fileOf(header, data);
    const shifted = new Uint8Array(file.length + 3).subarray(3);
    shifted.set(file);
    expect(read(shifted)).toEqual([
      tensor('b', [2], [1, -3.140625]),
      tensor('h', [5], [1, -2, 1 / 16777216, 65504, 0.333251953125]),
      tensor('s', [1, 1], [-1.5]),
    ]);
  });

  const eight = new Uint8Array(8);
  const entry = (changes: object) => ({ a: { dtype: 'F64', shape: [1], data_offsets: [0, 8], ...changes } });

  it.each([
    ['no bytes', new Uint8Array(), 'shorter'],
    ['a header beyond the end', fileOf('{}', eight, 1e6), 'promise'],
    ['a huge header', fileOf('{}', eight, Number.MAX_SAFE_INTEGER), 'promise'],
    ['a header that is no JSON', fileOf('{"a":', eight), 'JSON'],
    ['a header that is a list', fileOf('[]', eight), 'JSON'],
    ['an entry without a shape', fileOf({ a: { dtype: 'F64', data_offsets: [0, 8] } }, eight), 'lacks'],
    ['an entry that is null', fileOf({ a: null }, eight), 'lacks'],
    ['negative offsets', fileOf(entry({ data_offsets: [-8, 0] }), eight), 'lacks'],
    ['offsets beyond the data', fileOf(entry({ data_offsets: [8, 16] }), eight), 'claims'],
    ['offsets in reverse', fileOf(entry({ data_offsets: [8, 0] }), eight), 'claims'],
    ['a shape that the bytes do not hold', fileOf(entry({ shape: [2] }), eight), 'shape'],
    ['an unknown type', fileOf(entry({ dtype: 'I64' }), eight), 'I64'],
    ['a type named like a property of every object', fileOf(entry({ dtype: 'toString' }), eight), 'toString'],
    [
      'overlapping tensors',
      fileOf({ ...entry({}), b: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, eight),
      'overlap',
    ],
  ])('refuses %s', (_, bytes, words) => {
    const problem = problemOf(bytes);
    expect(problem.code).toBe('weights.malformed');
    expect(problem.message).toContain(words);
  });

  it('refuses numbers that are not finite', () => {
    const problem = problemOf(writeSafetensors([tensor('a', [2], [1, Number.NaN])], {}));
    expect(problem.code).toBe('weights.not-finite');
    expect(problem.message).toContain('position 1');
  });

  it('never throws, whatever the bytes', () => {
    const header = fc.json().map((text) => fileOf(text, eight));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), header), (bytes) => {
        expect(typeof readSafetensors(bytes, 'w').ok).toBe('boolean');
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});

describe('matchTensors', () => {
  const forms: TensorForm[] = [
    { name: 'rnn.i.x', inputs: 2, units: 3, vector: false },
    { name: 'rnn.i.bias', inputs: 1, units: 3, vector: true },
  ];

  it('turns [inputs][units] in memory into [units, inputs] and back', () => {
    const memory = Float64Array.of(1, 2, 3, 4, 5, 6);
    const written = toTensor(forms[0], memory);
    expect(written).toEqual(tensor('rnn.i.x', [3, 2], [1, 4, 2, 5, 3, 6]));
    const matched = matchTensors([tensor('rnn.i.bias', [3], [7, 8, 9]), written], forms, 'w');
    expect(matched).toEqual({ ok: true, value: [memory, Float64Array.of(7, 8, 9)] });
  });

  it('names all missing and extra tensors and every wrong shape at once', () => {
    const matched = matchTensors(
      [tensor('rnn.i.biass', [3], [7, 8, 9]), tensor('rnn.i.x', [2, 3], [1, 2, 3, 4, 5, 6])],
      forms,
      'w',
    );
    if (matched.ok) throw new Error('Expected problems.');
    expect(matched.problems.map(({ code }) => code)).toEqual([
      'weights.missing',
      'weights.extra',
      'weights.shape',
    ]);
    expect(matched.problems[0].hint).toContain('"rnn.i.biass" to "rnn.i.bias"');
    expect(matched.problems[2].message).toContain('[2, 3]');
    expect(matched.problems[2].message).toContain('[3, 2]');
  });
});
