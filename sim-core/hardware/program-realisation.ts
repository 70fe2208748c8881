import { readTensorGradient, writeParameter, writeTensor } from '../program/access.ts';
import type { Draw, WeightRealisation } from '../program/realisation.ts';
import type { ArraySink } from './array.ts';
import type { WeightArray, Weights } from './array-targets.ts';
import { once } from './once.ts';
import { straightThrough } from './straight-through.ts';

/**
 * Writes hardware into programs and takes their gradients back to the weights; `ideal` are the tensors that no
 * crossbar holds.
 */
export function programRealisation(
  write: (weights: Weights, draw: Draw, sink: ArraySink) => void,
  arrays: readonly WeightArray[],
  ideal: readonly string[],
): WeightRealisation {
  const gradients = once(() => arrays.map(straightThrough));
  return {
    // A program has no place for what its equations do not use, such as gColumn where the amplifiers are ideal.
    apply: (weights, program, draw) =>
      write(weights, draw, {
        tensor: (name, values) => program.tensors.has(name) && writeTensor(program, name, values),
        parameter: (name, values) => program.parameters.has(name) && writeParameter(program, name, values),
        response: (name, response) => void program.state.responses.set(name, response),
      }),
    gradient(program, weights, into) {
      const of = (tensor: string) => readTensorGradient(program, tensor);
      for (const gradient of gradients()) gradient(weights, of, into);
      for (const name of ideal) addTo(into, name, of(name));
    },
  };
}

function addTo(into: Map<string, Float64Array>, name: string, gradient: Float64Array): void {
  const sum = into.get(name) ?? new Float64Array(gradient.length);
  into.set(name, sum);
  gradient.forEach((value, index) => {
    sum[index] += value;
  });
}
