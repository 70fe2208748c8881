import type { GraphNode, NodeId, SizedLayer } from '../graph/graph.ts';
import type { Compilation } from './compilation.ts';

/** Nodes that are the same at every step whatever the inputs and weights. */
export function fixedNodes(layer: SizedLayer): readonly boolean[] {
  const fixed: boolean[] = [];
  for (const [id, node] of layer.graph.nodes.entries())
    fixed[id] =
      node.op === 'constant' ||
      node.op === 'parameter' ||
      (isElementwise(node) && operandsOf(node).every((of) => fixed[of]));
  return fixed;
}

/** Nodes that depend on trainable weights. */
export function activeNodes(compilation: Compilation, layer: SizedLayer): readonly boolean[] {
  const { nodes, inputs, tensors } = layer.graph;
  const inputActive = layer.inputs.map((name) => compilation.signals.get(name)?.adjoint !== undefined);
  const active: boolean[] = [];
  for (const [id, node] of nodes.entries()) {
    if (node.op === 'input') active[id] = inputActive[inputs.indexOf(id)];
    else if (node.op === 'previous') active[id] = tensors.length > 0 || inputActive.includes(true);
    else if (node.op === 'crossbar' || node.op === 'product' || node.op === 'vector') active[id] = true;
    else if (node.op === 'largest' || node.op === 'response') active[id] = false;
    else active[id] = operandsOf(node).some((of) => active[of]);
  }
  return active;
}

const isElementwise = (node: GraphNode): boolean =>
  node.op === 'unary' || node.op === 'binary' || node.op === 'clamp' || node.op === 'concatenate';

/** The nodes that an elementwise node, a softmax, a concatenation or a slice uses. */
function operandsOf(node: GraphNode): readonly NodeId[] {
  switch (node.op) {
    case 'unary':
    case 'softmax':
    case 'slice':
    case 'largest':
      return [node.of];
    case 'binary':
      return [node.left, node.right];
    case 'clamp':
      return [node.of, node.low, node.high];
    case 'concatenate':
      return node.of;
    default:
      return [];
  }
}
