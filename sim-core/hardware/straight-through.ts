import { arrayTargets, type WeightArray, type Weights } from './array-targets.ts';
import { blockTensor } from './read-out.ts';

/** Gradient with respect to a tensor of the rewritten network, after a backward pass. */
export type TensorGradient = (tensor: string) => ArrayLike<number>;

/**
 * Gradient with respect to the weights of an array, straight through: programming counts as `G+ - G- = k_w·w + error`,
 * so that `dL/dw = k_w·dL/d(G+ - G-)`. Levels, limits and errors are constants, and so are the column sums and k_w. A
 * weight beyond weightMax keeps its gradient and can come back. Where the two devices of a weight have bit lines of
 * their own, each takes half of the change. Without errors this is the gradient of the ideal network.
 *
 * Adds to the entries of `into`, which it makes where they are missing.
 */
export function straightThrough(
  array: WeightArray,
): (weights: Weights, of: TensorGradient, into: Map<string, Float64Array>) => void {
  const targets = arrayTargets(array);
  const { layout } = array;
  return (weights, of, into) => {
    const { siemens } = targets(weights);
    for (const block of layout.blocks) {
      const sum = into.get(block.weights) ?? new Float64Array(block.count);
      into.set(block.weights, sum);
      if (layout.pairs === 'rows') addScaled(sum, of(blockTensor(block, 'pair', 'conductance')), siemens);
      else {
        addScaled(sum, of(blockTensor(block, 'plus', 'conductance')), siemens / 2);
        addScaled(sum, of(blockTensor(block, 'minus', 'conductance')), -siemens / 2);
      }
    }
  };
}

function addScaled(sum: Float64Array, gradient: ArrayLike<number>, factor: number): void {
  for (let p = 0; p < sum.length; p++) sum[p] += factor * gradient[p];
}
