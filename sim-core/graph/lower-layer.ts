import type { LayerDesign } from '../design/design.ts';
import type { GraphNode, NodeId, StepGraph, TensorDeclaration } from './graph.ts';
import { append } from './lower-expression.ts';

/** Every kind of layer but a cell. */
export type PlainLayer = Exclude<LayerDesign, { readonly kind: 'cell' }>;

/** The graph of a layer that is no cell; its inputs' number and sizes fit. Its value is the signal `output`. */
export function lowerLayer(layer: PlainLayer, inputSizes: readonly number[]): StepGraph {
  const nodes: GraphNode[] = [];
  const tensors: TensorDeclaration[] = [];
  const inputs = inputSizes.map((size) => append(nodes, { op: 'input', size }));
  const output = lowerValue(layer, nodes, inputs, tensors);
  const probes = [{ name: 'output', node: output, unit: '1', scale: 1 }];
  return { nodes, inputs, states: [], output, probes, tensors, parameters: [] };
}

function lowerValue(
  layer: PlainLayer,
  nodes: GraphNode[],
  inputs: readonly NodeId[],
  tensors: TensorDeclaration[],
): NodeId {
  const { origin } = layer;
  const size = Math.max(...inputs.map((input) => nodes[input].size));
  switch (layer.kind) {
    case 'dense':
      return lowerDense(layer, nodes, joined(nodes, inputs), tensors);
    case 'unary':
      return append(nodes, { op: 'unary', fn: layer.fn, of: inputs[0], size, origin });
    case 'binary':
      return append(nodes, { op: 'binary', fn: layer.fn, left: inputs[0], right: inputs[1], size, origin });
    case 'softmax':
      return append(nodes, { op: 'softmax', of: inputs[0], size, origin });
    case 'concatenate':
      return joined(nodes, inputs);
    case 'last':
      return inputs[0];
  }
}

function lowerDense(
  layer: PlainLayer & { readonly kind: 'dense' },
  nodes: GraphNode[],
  of: NodeId,
  tensors: TensorDeclaration[],
): NodeId {
  const weight = `${layer.name}.weight`;
  const bias = `${layer.name}.bias`;
  tensors.push({ name: weight, inputs: nodes[of].size, units: layer.units, initial: 'glorotUniform' });
  if (layer.bias) tensors.push({ name: bias, inputs: 1, units: layer.units, initial: 'zero' });
  return append(nodes, {
    op: 'crossbar',
    gate: layer.name,
    operands: [
      { kind: 'full', tensor: weight, of },
      ...(layer.bias ? [{ kind: 'bias' as const, tensor: bias }] : []),
    ],
    size: layer.units,
    origin: layer.origin,
  });
}

const joined = (nodes: GraphNode[], of: readonly NodeId[]): NodeId =>
  of.length === 1
    ? of[0]
    : append(nodes, { op: 'concatenate', of, size: of.reduce((sum, node) => sum + nodes[node].size, 0) });
