import type { GraphNode, NodeId, StepGraph } from '../graph/graph.ts';

/** The graph without the nodes, tensors and parameters that nothing uses. */
export function pruned(graph: StepGraph): StepGraph {
  const used = usedNodes(graph);
  const place = new Int32Array(graph.nodes.length);
  const nodes: GraphNode[] = [];
  graph.nodes.forEach((node, id) => {
    if (used[id]) place[id] = nodes.push(withOperands(node, (operand) => place[operand])) - 1;
  });
  const names = new Set(nodes.flatMap(namesIn));
  return {
    nodes,
    inputs: graph.inputs.map((input) => place[input]),
    states: graph.states.map((state) => ({
      ...state,
      previous: place[state.previous],
      next: place[state.next],
    })),
    output: place[graph.output],
    probes: graph.probes.map((probe) => ({ ...probe, node: place[probe.node] })),
    tensors: graph.tensors.filter(({ name }) => names.has(name)),
    parameters: graph.parameters.filter(({ name }) => names.has(name)),
  };
}

function usedNodes({ nodes, inputs, states, output, probes }: StepGraph): Uint8Array {
  const used = new Uint8Array(nodes.length);
  const roots = [
    ...inputs,
    output,
    ...states.flatMap(({ previous, next }) => [previous, next]),
    ...probes.map(({ node }) => node),
  ];
  for (const root of roots) used[root] = 1;
  // A node uses only nodes above it.
  for (let id = nodes.length - 1; id >= 0; id--)
    if (used[id]) for (const operand of operandsOf(nodes[id])) used[operand] = 1;
  return used;
}

/** The nodes that a node uses. */
export function operandsOf(node: GraphNode): readonly NodeId[] {
  const operands: NodeId[] = [];
  withOperands(node, (operand) => {
    operands.push(operand);
    return operand;
  });
  return operands;
}

/** The node with each operand replaced. */
function withOperands(node: GraphNode, of: (operand: NodeId) => NodeId): GraphNode {
  switch (node.op) {
    case 'product':
    case 'unary':
    case 'softmax':
    case 'slice':
    case 'largest':
    case 'response':
      return { ...node, of: of(node.of) };
    case 'binary':
      return { ...node, left: of(node.left), right: of(node.right) };
    case 'clamp':
      return { ...node, of: of(node.of), low: of(node.low), high: of(node.high) };
    case 'concatenate':
      return { ...node, of: node.of.map(of) };
    case 'crossbar':
      return {
        ...node,
        operands: node.operands.map((operand) =>
          operand.kind === 'bias' ? operand : { ...operand, of: of(operand.of) },
        ),
      };
    default:
      return node;
  }
}

function namesIn(node: GraphNode): readonly string[] {
  if (node.op === 'product' || node.op === 'vector') return [node.tensor];
  if (node.op === 'parameter') return [node.parameter];
  return node.op === 'crossbar' ? node.operands.map(({ tensor }) => tensor) : [];
}
