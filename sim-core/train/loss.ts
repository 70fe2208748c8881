import type { TrainingDesign } from '../design/design.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import { exp, log, log1p, sigmoid } from '../math/elementary.ts';

/**
 * Loss of one output vector: `outputs` and `targets` hold `size` numbers from their offsets on, `stride` apart.
 * Writes the loss's gradient over the outputs and returns the loss.
 */
export type VectorLoss = (
  outputs: Float64Array,
  at: number,
  stride: number,
  targets: Float64Array,
  targetAt: number,
  size: number,
) => number;

/** What a loss is computed from: the network cut before its last activation, where the loss takes that over. */
export interface LossPlan {
  readonly network: SizedNetwork;
  readonly loss: VectorLoss;
}

/** The activation that makes probabilities of a network's output. */
export type FinalActivation = 'softmax' | 'sigmoid' | 'none';

/** The final activation of a network as its equations stand. */
export function finalActivation(network: SizedNetwork): FinalActivation {
  const { graph } = lastLayer(network);
  const node = graph.nodes[graph.output];
  if (node.op === 'softmax') return 'softmax';
  return node.op === 'unary' && node.fn === 'sigmoid' && graph.states.length === 0 ? 'sigmoid' : 'none';
}

/**
 * Plans a loss. Cross-entropy takes a final softmax or sigmoid layer into itself, where its gradient is the
 * difference of probability and target, whatever the size of the logits; an output without such an activation counts
 * as logits (of one class against its complement where it has size 1). `activation` is the ideal network's, for a
 * network whose final activation hardware has rewritten: its outputs are then taken as probabilities.
 */
export function planLoss(
  kind: TrainingDesign['loss'],
  network: SizedNetwork,
  activation: FinalActivation = finalActivation(network),
): LossPlan {
  if (kind === 'mse') return { network, loss: squaredError };
  if (kind === 'mae') return { network, loss: absoluteError };
  const { size } = network.outputs[0];
  const binary = activation === 'sigmoid' || (activation === 'none' && size === 1);
  if (activation === 'none') return { network, loss: binary ? binaryLogits : categoricalLogits };
  const logits = withoutLastLayer(network);
  if (logits) return { network: logits, loss: binary ? binaryLogits : categoricalLogits };
  return { network, loss: binary ? binaryProbabilities : categoricalProbabilities };
}

/** The network without its last layer, where that does nothing but its activation and nobody else uses it. */
function withoutLastLayer(network: SizedNetwork): SizedNetwork | undefined {
  const layer = lastLayer(network);
  const { graph } = layer;
  const node = graph.nodes[graph.output];
  const alone =
    (node.op === 'softmax' || (node.op === 'unary' && node.fn === 'sigmoid')) &&
    node.of === graph.inputs[0] &&
    !network.layers.some((other) => other.inputs.includes(layer.name)) &&
    network.layers.some((other) => other.name === layer.inputs[0]);
  if (!alone) return undefined;
  return {
    ...network,
    layers: network.layers.filter((other) => other !== layer),
    outputs: [{ name: layer.inputs[0], size: layer.size }],
  };
}

function lastLayer(network: SizedNetwork): SizedNetwork['layers'][number] {
  const layer = network.layers.find(({ name }) => name === network.outputs[0].name);
  if (!layer) throw new Error(`No layer gives the output ${network.outputs[0].name}.`);
  return layer;
}

/** Mean of the squared errors over the vector. */
const squaredError: VectorLoss = (outputs, at, stride, targets, targetAt, size) => {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const error = outputs[at + j * stride] - targets[targetAt + j];
    outputs[at + j * stride] = (2 * error) / size;
    sum += error * error;
  }
  return sum / size;
};

/** Mean of the absolute errors over the vector. */
const absoluteError: VectorLoss = (outputs, at, stride, targets, targetAt, size) => {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const error = outputs[at + j * stride] - targets[targetAt + j];
    outputs[at + j * stride] = (error > 0 ? 1 : error < 0 ? -1 : 0) / size;
    sum += Math.abs(error);
  }
  return sum / size;
};

/** `-Σ t ln softmax(y)`. */
const categoricalLogits: VectorLoss = (outputs, at, stride, targets, targetAt, size) => {
  let largest = -Infinity;
  for (let j = 0; j < size; j++) largest = Math.max(largest, outputs[at + j * stride]);
  let sum = 0;
  let weight = 0;
  for (let j = 0; j < size; j++) {
    sum += exp(outputs[at + j * stride] - largest);
    weight += targets[targetAt + j];
  }
  const logSum = log(sum);
  let loss = 0;
  for (let j = 0; j < size; j++) {
    const relative = outputs[at + j * stride] - largest;
    const target = targets[targetAt + j];
    loss += target * (logSum - relative);
    outputs[at + j * stride] = weight * (exp(relative) / sum) - target;
  }
  return loss;
};

/** `-Σ (t ln σ(y) + (1 - t) ln (1 - σ(y))) / size`. */
const binaryLogits: VectorLoss = (outputs, at, stride, targets, targetAt, size) => {
  let loss = 0;
  for (let j = 0; j < size; j++) {
    const y = outputs[at + j * stride];
    const target = targets[targetAt + j];
    loss += Math.max(y, 0) - y * target + log1p(exp(-Math.abs(y)));
    outputs[at + j * stride] = (sigmoid(y) - target) / size;
  }
  return loss / size;
};

/** Probabilities that a circuit makes can touch 0 and 1, where the logarithm has no value. */
const leastProbability = 1e-12;

const categoricalProbabilities: VectorLoss = (outputs, at, stride, targets, targetAt, size) => {
  let loss = 0;
  for (let j = 0; j < size; j++) {
    const p = Math.max(outputs[at + j * stride], leastProbability);
    const target = targets[targetAt + j];
    loss -= target * log(p);
    outputs[at + j * stride] = -target / p;
  }
  return loss;
};

const binaryProbabilities: VectorLoss = (outputs, at, stride, targets, targetAt, size) => {
  let loss = 0;
  for (let j = 0; j < size; j++) {
    const p = Math.min(Math.max(outputs[at + j * stride], leastProbability), 1 - leastProbability);
    const target = targets[targetAt + j];
    loss -= target * log(p) + (1 - target) * log1p(-p);
    outputs[at + j * stride] = (p - target) / (p * (1 - p)) / size;
  }
  return loss / size;
};
