import type { GraphNode, NodeId, SizedLayer, SizedNetwork, StepGraph } from '@memloom/sim-core';
import { applyBinary, applyUnary, limit } from '../types/ranges/functions.ts';
import { anything, hull, type Interval, interval, isBounded, point } from '../types/ranges/interval.ts';

/** What is assumed of a network. */
export interface Assumptions {
  /** Values of the network's inputs. */
  readonly input: Interval;
  /** What a crossbar product can give: anything, or what the read-out behind it lets through. */
  readonly product: Interval;
  /** Gates stay so far below 1. */
  readonly fading: number;
}

/** Values of every node of a layer, over all time steps. */
export interface LayerRanges {
  readonly layer: SizedLayer;
  readonly nodes: readonly Interval[];
  readonly states: ReadonlyMap<string, Interval>;
}

/**
 * The range of every signal of a network whatever its weights are: activations bound what they give, states are
 * followed to a fixed point. A bound that still moves after some steps is widened, in the end to infinity (Cousot &
 * Cousot, POPL 1977), so that a state without bound is recognised rather than followed for ever.
 */
export function networkRanges(network: SizedNetwork, assumptions: Assumptions): readonly LayerRanges[] {
  const signals = new Map(network.inputs.map(({ name }) => [name, assumptions.input]));
  return network.layers.map((layer) => {
    const inputs = layer.inputs.map((name) => signals.get(name) ?? anything);
    const ranges = layerRanges(layer, inputs, assumptions);
    signals.set(layer.name, ranges.nodes[layer.graph.output] ?? anything);
    return ranges;
  });
}

/** Steps that are followed exactly before bounds are widened. */
const exactSteps = 3;
const widestBound = 1e6;

function layerRanges(layer: SizedLayer, inputs: readonly Interval[], assumptions: Assumptions): LayerRanges {
  const { graph } = layer;
  const states = new Map(graph.states.map(({ name, initial }) => [name, point(initial)]));
  let nodes = evaluate(graph, inputs, states, assumptions);
  for (let step = 0; ; step++) {
    let moved = false;
    for (const { name, next } of graph.states) {
      const before = states.get(name) ?? anything;
      const after = hull(before, nodes[next]);
      if (after.low >= before.low && after.high <= before.high) continue;
      moved = true;
      states.set(name, step < exactSteps ? after : widened(before, after));
    }
    if (!moved) return { layer, nodes, states };
    nodes = evaluate(graph, inputs, states, assumptions);
  }
}

/** A bound that moves goes to the next power of ten, and beyond the last to infinity. */
function widened(before: Interval, after: Interval): Interval {
  return interval(
    after.low < before.low ? -nextBound(-after.low) : after.low,
    after.high > before.high ? nextBound(after.high) : after.high,
  );
}

function nextBound(value: number): number {
  if (value <= 0) return 0;
  for (let bound = 1; bound <= widestBound; bound *= 10) if (value <= bound) return bound;
  return Infinity;
}

function evaluate(
  graph: StepGraph,
  inputs: readonly Interval[],
  states: ReadonlyMap<string, Interval>,
  assumptions: Assumptions,
): readonly Interval[] {
  const values: Interval[] = [];
  const inputOf = new Map(graph.inputs.map((node, index) => [node, inputs[index] ?? anything]));
  graph.nodes.forEach((node, id) => {
    values.push(evaluateNode(node, id, values, graph, inputOf, states, assumptions));
  });
  return values;
}

function evaluateNode(
  node: GraphNode,
  id: NodeId,
  values: readonly Interval[],
  graph: StepGraph,
  inputs: ReadonlyMap<NodeId, Interval>,
  states: ReadonlyMap<string, Interval>,
  { product, fading }: Assumptions,
): Interval {
  switch (node.op) {
    case 'input':
      return inputs.get(id) ?? anything;
    case 'previous':
      return states.get(node.state) ?? anything;
    case 'constant':
      return point(node.value);
    case 'crossbar':
      return product;
    case 'unary': {
      const value = applyUnary(node.fn, values[node.of]);
      return isGate(node) ? interval(value.low, Math.min(value.high, 1 - fading)) : value;
    }
    case 'binary':
      return convexMix(node, graph, values) ?? applyBinary(node.fn, values[node.left], values[node.right]);
    case 'clamp':
      return limit(values[node.of], values[node.low], values[node.high]);
    case 'concatenate':
      return node.of.map((of) => values[of]).reduce(hull);
    case 'softmax':
      return interval(0, 1);
    default:
      return anything;
  }
}

const isGate = (node: GraphNode & { readonly op: 'unary' }): boolean =>
  node.fn === 'sigmoid' || node.fn === 'hardSigmoid';

type Binary = GraphNode & { readonly op: 'binary' };

/**
 * `g·a + (1 - g)·b` with g within 0 .. 1 lies between a and b, which the ranges of its two products do not show: they
 * do not know that both have the same g.
 */
function convexMix(node: Binary, graph: StepGraph, values: readonly Interval[]): Interval | undefined {
  if (node.fn !== 'add') return undefined;
  const [left, right] = [factors(graph, node.left), factors(graph, node.right)];
  for (const [gate, kept] of left)
    for (const [other, admitted] of right) {
      const { low, high } = values[gate];
      if (low >= 0 && high <= 1 && complementary(graph, gate, other))
        return hull(values[kept], values[admitted]);
    }
  return mixOfDifference(node, graph, values);
}

/** `a + g·(b - a)`, the other way to write it. */
function mixOfDifference(node: Binary, graph: StepGraph, values: readonly Interval[]): Interval | undefined {
  for (const [base, product] of [
    [node.left, node.right],
    [node.right, node.left],
  ])
    for (const [gate, difference] of factors(graph, product)) {
      const step = graph.nodes[difference];
      const { low, high } = values[gate];
      if (step.op === 'binary' && step.fn === 'subtract' && step.right === base && low >= 0 && high <= 1)
        return hull(values[base], values[step.left]);
    }
  return undefined;
}

function factors(graph: StepGraph, id: NodeId): readonly (readonly [NodeId, NodeId])[] {
  const node = graph.nodes[id];
  if (node.op !== 'binary' || node.fn !== 'multiply') return [];
  return [
    [node.left, node.right],
    [node.right, node.left],
  ];
}

const complementary = (graph: StepGraph, a: NodeId, b: NodeId): boolean =>
  isOneMinus(graph, a, b) || isOneMinus(graph, b, a);

function isOneMinus(graph: StepGraph, id: NodeId, of: NodeId): boolean {
  const node = graph.nodes[id];
  if (node.op !== 'binary' || node.fn !== 'subtract' || node.right !== of) return false;
  const one = graph.nodes[node.left];
  return one.op === 'constant' && one.value === 1;
}

/** States that grow without bound however far their gates stay below 1: they add up what comes in and forget nothing. */
export function integratingStates(network: SizedNetwork): ReadonlySet<string> {
  const bounded = interval(-10, 10);
  const faded = networkRanges(network, { input: bounded, product: bounded, fading: 0.01 });
  return new Set(
    faded.flatMap(({ layer, states }) =>
      [...states].flatMap(([name, range]) => (isBounded(range) ? [] : [`${layer.name}.${name}`])),
    ),
  );
}
