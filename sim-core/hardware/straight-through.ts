import { arrayTargets, type WeightArray, type Weights } from './array-targets.ts';
import { linesOf, sectionTensor } from './read-out.ts';
import { placeInMatrix, stepInMatrix, weightsOfDevices } from './sections.ts';
import { wiresOf } from './wires.ts';

/** Gradient with respect to a tensor of the rewritten network, after a backward pass. */
export type TensorGradient = (tensor: string) => ArrayLike<number>;

/**
 * Gradient with respect to the weights of an array, straight through: programming counts as `G+ - G- = k_w·w + error`,
 * so that `dL/dw = k_w·dL/d(G+ - G-)`. Levels, limits and errors are constants, and so are the column sums and k_w. A
 * weight beyond weightMax keeps its gradient and can come back. Where the two devices of a weight have bit lines of
 * their own, each takes half of the change. The parts of a sliced weight count as if each were the weight: their shares
 * in the sum add up to 1. What wires take away counts as an error, too: the gradient is that of the conductances which
 * act, as if the devices had them. Without errors this is the gradient of the ideal network.
 *
 * Adds to the entries of `into`, which it makes where they are missing.
 */
export function straightThrough(
  array: WeightArray,
): (weights: Weights, of: TensorGradient, into: Map<string, Float64Array>) => void {
  const targets = arrayTargets(array);
  const { layout } = array;
  const isWired = wiresOf(array.crossbar) !== undefined;
  const sections = weightsOfDevices(layout);
  const lines = array.isJoined
    ? (['pair'] as const)
    : linesOf(layout.arrangement).filter((line) => line !== 'reference');
  return (weights, of, into) => {
    const { siemens } = targets(weights);
    for (const { section, from } of sections) {
      const { block } = section;
      const sum = into.get(block.weights) ?? new Float64Array(block.count);
      into.set(block.weights, sum);
      const place = placeInMatrix(section);
      const step = stepInMatrix(section, isWired);
      for (const line of lines) {
        const factor = (line === 'minus' ? -siemens : siemens) / lines.length;
        const gradient = of(sectionTensor(section, line, 'conductance'));
        for (let p = 0; p < from.length; p++)
          if (from[p] >= 0) sum[from[p] - block.first] += factor * gradient[place + step * p];
      }
    }
  };
}
