import type { SizedNetwork, TensorDeclaration } from '../graph/graph.ts';
import { type RandomStream, randomStream } from '../math/random.ts';

/**
 * Weights to start training from, each tensor `[inputs][units]`, after Keras: input kernels Glorot-uniform (Glorot and
 * Bengio, AISTATS 2010) and recurrent kernels orthogonal (Saxe et al., arXiv:1312.6120), each drawn for all gates of a
 * layer as one matrix; biases and peepholes zero, forget biases one. The same network and seed give the same weights.
 */
export function initialWeights(network: SizedNetwork, seed: number): Map<string, Float64Array> {
  const drawn = new Map<string, Float64Array>();
  const weights = new Map<string, Float64Array>();
  for (const tensor of network.layers.flatMap((layer) => layer.graph.tensors)) {
    if (tensor.initial === undefined) continue;
    const { name, from, columns } = tensor.fused ?? { name: tensor.name, from: 0, columns: tensor.units };
    let matrix = drawn.get(name);
    if (!matrix) {
      matrix = draw(tensor.initial, tensor.inputs, columns, randomStream(seed, 'initial', name));
      drawn.set(name, matrix);
    }
    weights.set(tensor.name, columnsOf(matrix, tensor, from, columns));
  }
  return weights;
}

function columnsOf(
  matrix: Float64Array,
  { inputs, units }: TensorDeclaration,
  from: number,
  columns: number,
): Float64Array {
  const values = new Float64Array(inputs * units);
  for (let k = 0; k < inputs; k++)
    values.set(matrix.subarray(k * columns + from, k * columns + from + units), k * units);
  return values;
}

function draw(
  kind: NonNullable<TensorDeclaration['initial']>,
  rows: number,
  columns: number,
  stream: RandomStream,
): Float64Array {
  switch (kind) {
    case 'zero':
      return new Float64Array(rows * columns);
    case 'one':
      return new Float64Array(rows * columns).fill(1);
    case 'glorotUniform': {
      const limit = Math.sqrt(6 / (rows + columns));
      return new Float64Array(rows * columns).map(() => (2 * stream.uniform() - 1) * limit);
    }
    case 'orthogonal':
      return orthogonal(rows, columns, stream);
  }
}

/** A matrix whose rows, or columns if these are fewer, are orthonormal, uniformly among all such matrices. */
function orthogonal(rows: number, columns: number, stream: RandomStream): Float64Array {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = new Float64Array(length);
    stream.fillGaussian(vector, 0, length);
    // The second pass removes what rounding left in the first.
    for (let pass = 0; pass < 2; pass++) for (const other of vectors) removeComponent(vector, other);
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  const matrix = new Float64Array(rows * columns);
  for (let k = 0; k < rows; k++)
    for (let j = 0; j < columns; j++)
      matrix[k * columns + j] = rows <= columns ? vectors[k][j] : vectors[j][k];
  return matrix;
}

function removeComponent(vector: Float64Array, direction: Float64Array): void {
  const component = dot(vector, direction);
  for (let i = 0; i < vector.length; i++) vector[i] -= component * direction[i];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
