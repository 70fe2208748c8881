/**
 * Writes an ONNX model of one LSTM layer: just enough of the protocol-buffer encoding for it. Field numbers are those
 * of onnx.proto3.
 */

export interface LstmTensors {
  readonly inputs: number;
  readonly hidden: number;
  /** `[4·hidden][inputs]`, gates in the order input, output, forget, cell. */
  readonly w: Float32Array;
  /** `[4·hidden][hidden]`. */
  readonly r: Float32Array;
  /** `[8·hidden]`: biases of the inputs, then of the recurrence. */
  readonly b: Float32Array;
}

/** Input `X` `[steps][batch][inputs]`, output `Y` `[steps][1][batch][hidden]`. */
export function lstmModel(
  { inputs, hidden, w, r, b }: LstmTensors,
  steps: number,
  batch: number,
): Uint8Array {
  const node = message(
    ...['X', 'W', 'R', 'B'].map((name) => text(1, name)),
    text(2, 'Y'),
    text(4, 'LSTM'),
    field(5, message(text(1, 'hidden_size'), integer(3, hidden), integer(20, 2))),
  );
  const graph = message(
    field(1, node),
    text(2, 'lstm'),
    field(5, tensor('W', [1, 4 * hidden, inputs], w)),
    field(5, tensor('R', [1, 4 * hidden, hidden], r)),
    field(5, tensor('B', [1, 8 * hidden], b)),
    field(11, value('X', [steps, batch, inputs])),
    field(12, value('Y', [steps, 1, batch, hidden])),
  );
  return Uint8Array.from(
    message(integer(1, 8), field(7, graph), field(8, message(text(1, ''), integer(2, 14)))),
  );
}

type Bytes = readonly number[];

const float32 = 1;

function tensor(name: string, dims: readonly number[], values: Float32Array): Bytes {
  const raw = [...new Uint8Array(values.buffer, values.byteOffset, values.byteLength)];
  return message(...dims.map((dim) => integer(1, dim)), integer(2, float32), text(8, name), field(9, raw));
}

function value(name: string, dims: readonly number[]): Bytes {
  const shape = message(...dims.map((dim) => field(1, message(integer(1, dim)))));
  return message(text(1, name), field(2, message(field(1, message(integer(1, float32), field(2, shape))))));
}

const message = (...fields: readonly Bytes[]): Bytes => fields.flat();
const text = (number: number, content: string): Bytes =>
  field(number, [...new TextEncoder().encode(content)]);
const integer = (number: number, content: number): Bytes => [...varint(number << 3), ...varint(content)];
const field = (number: number, content: Bytes): Bytes => [
  ...varint((number << 3) | 2),
  ...varint(content.length),
  ...content,
];

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}
