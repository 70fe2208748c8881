import type { GraphNode, NodeId } from '../graph/graph.ts';
import type { Compilation, PhaseCompilation, SignalPlace } from './compilation.ts';
import { emitCrossbar, groupCrossbars } from './emit-crossbar.ts';
import { emitElementwise } from './emit-elementwise.ts';
import { emitGuards, emitOutput, emitStates, recordProbes } from './layer-signals.ts';
import {
  constant,
  inputValue,
  type LayerCompilation,
  parameter,
  placeNoise,
  placePrevious,
  placeResponse,
  placeVector,
  sliceOf,
  type Value,
} from './layer-values.ts';
import { activeNodes, fixedNodes } from './node-analysis.ts';

/** Appends a layer's instructions to its phase and says where its output is. */
export function compileLayer(compilation: Compilation, phase: PhaseCompilation, index: number): SignalPlace {
  const layer = compilation.network.layers[index];
  const { batch, gradient } = compilation.options;
  const into: LayerCompilation = {
    compilation,
    phase,
    layer,
    index,
    batch,
    values: [],
    fixed: fixedNodes(layer),
    active: gradient ? activeNodes(compilation, layer) : layer.graph.nodes.map(() => false),
    groups: groupCrossbars(layer),
    forward: [],
    backward: [],
  };
  for (const [id, node] of layer.graph.nodes.entries()) {
    into.forward = into.fixed[id] ? compilation.prologue : phase.forward;
    into.backward = [];
    into.values[id] = emitNode(node, id, into);
    phase.backward.push(into.backward);
  }
  into.forward = phase.forward;
  emitStates(into);
  recordProbes(into);
  const output = emitOutput(into);
  emitGuards(into);
  return output;
}

function emitNode(node: GraphNode, id: NodeId, into: LayerCompilation): Value {
  switch (node.op) {
    case 'input':
      return inputValue(into, into.layer.graph.inputs.indexOf(id));
    case 'previous':
      return placePrevious(node.size, id, into);
    case 'constant':
      return { slot: constant(into, node.value, node.size) };
    case 'parameter':
      return { slot: parameter(into, node.parameter, node.size, node.size) };
    case 'vector':
      return placeVector(into, node.tensor, node.size);
    case 'crossbar':
    case 'product':
      return emitCrossbar(node, id, into);
    case 'noise':
      return placeNoise(node, into);
    case 'response':
      return placeResponse(node, into);
    case 'slice':
      return sliceOf(node, into);
    default:
      return emitElementwise(node, id, into);
  }
}
