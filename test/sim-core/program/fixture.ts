import type { Design } from '../../../sim-core/design/design.ts';
import type { SizedNetwork } from '../../../sim-core/graph/graph.ts';
import { sizeNetwork } from '../../../sim-core/graph/size-network.ts';
import { randomStream } from '../../../sim-core/math/random.ts';
import { writeInput, writeTensor } from '../../../sim-core/program/access.ts';
import type { Program } from '../../../sim-core/program/program.ts';

export type Weights = Map<string, Float64Array>;

export function sized(design: Design): SizedNetwork {
  const outcome = sizeNetwork(design, 'net');
  if (!outcome.ok) throw new Error(outcome.problems.map((problem) => problem.message).join('\n'));
  return outcome.value;
}

/** Normal numbers, the same for the same name. */
export function normal(name: string, count: number, scale = 1): Float64Array {
  const values = new Float64Array(count);
  randomStream(1, name).fillGaussian(values, 0, count);
  return values.map((value) => value * scale);
}

export function randomWeights(network: SizedNetwork, scale = 0.6): Weights {
  const tensors = network.layers.flatMap((layer) => layer.graph.tensors);
  return new Map(tensors.map(({ name, inputs, units }) => [name, normal(name, inputs * units, scale)]));
}

/** Writes weights and the input "x", and returns the input. */
export function load(program: Program, weights: Weights): Float64Array {
  for (const [name, values] of weights) writeTensor(program, name, values);
  const size = program.network.inputs[0].size;
  const x = normal('x', program.steps * size * program.batch);
  writeInput(program, 'x', x);
  return x;
}
