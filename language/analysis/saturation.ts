import type { NodeId, Role, SizedNetwork } from '@memloom/sim-core';
import type { Place } from '../diagnostics/report.ts';
import { anything, type Interval, isBounded, multiply, point, width } from '../types/ranges/interval.ts';
import type { Clipping } from './block-ranges.ts';
import type { Analysis } from './context.ts';
import { dataSide } from './data-ranges.ts';
import { formatVolts, rangeText, voltsText } from './figures.ts';
import type { LayerRanges } from './network-ranges.ts';
import type { NetworkUse, Pair } from './pairs.ts';
import { bindingPlace, hardwarePlace, nearestPlace, pairPlace } from './places.ts';
import { boundBlock, nodeName, readoutRange, roleOf, signalsInto, throughRole } from './signals.ts';

/** Circuits whose output would have to go beyond its rails, and converters beyond their full scale. */
export function checkSaturation(pair: Pair, ranges: readonly LayerRanges[], analysis: Analysis): void {
  const found = new Map<Role, Finding>();
  for (const layer of ranges) collect(pair, layer, analysis, found);
  for (const [role, finding] of found) reportClipping(pair, role, finding, analysis);
}

interface Finding extends Clipping {
  /** The signal concerned, in words. */
  readonly signal: string;
}

function collect(
  { hardware }: Pair,
  { layer, nodes }: LayerRanges,
  { design }: Analysis,
  found: Map<Role, Finding>,
): void {
  const { graph } = layer;
  const through = (role: Role, signals: readonly Interval[], signal: string): void => {
    const bound = boundBlock(design, hardware, role);
    if (!bound || !signals.every((each) => role === 'sigmoid' || role === 'tanh' || isBounded(each))) return;
    const [clipping] = throughRole(bound, signals, hardware.scale).clipped;
    const earlier = found.get(role);
    if (clipping && (!earlier || width(clipping.reaches) > width(earlier.reaches)))
      found.set(role, { ...clipping, signal });
  };
  const named = (id: NodeId) => nodeName(graph, id) ?? `a part of layer "${layer.name}"`;
  graph.nodes.forEach((node, id) => {
    const use = roleOf(graph, id);
    if (use) through(use.role, signalsInto(use, nodes), named(id));
    if (node.op !== 'crossbar') return;
    for (const operand of node.operands)
      if (operand.kind !== 'bias') through('input', [nodes[operand.of]], operandName(operand.tensor));
  });
  for (const { name, next } of graph.states) through('state', [nodes[next]], `"${name}"`);
}

/** `"x"` of the tensor `rnn.i.x`. */
export const operandName = (tensor: string): string => `"${tensor.slice(tensor.lastIndexOf('.') + 1)}"`;

function reportClipping(pair: Pair, role: Role, finding: Finding, analysis: Analysis): void {
  const { hardware } = pair;
  const text = analysis.declarations.hardware(hardware.name);
  if (!text || !analysis.isFirst(`${hardware.name} ${role}`)) return;
  const block = hardware.bindings[role]?.block ?? role;
  const where = nearestPlace(analysis.document, [
    { place: bindingPlace(text, role), message: `${block} is bound here.` },
    {
      place: hardwarePlace(text, 'scale'),
      message: `One unit of the mathematics is ${formatVolts(hardware.scale)}.`,
    },
    {
      place: pairPlace(pair, analysis.declarations),
      message: `${pair.network.name} is put on ${hardware.name} here.`,
    },
    ...dataSide(pair, finding.signal, analysis),
  ]);
  if (!where) return;
  const details = {
    block,
    role,
    signal: finding.signal,
    reaches: voltsText(finding.reaches),
    scale: formatVolts(hardware.scale),
    limits: voltsText(finding.limits),
    network: pair.network.name,
  };
  const isConverter = role === 'input' || role === 'output';
  analysis.report(isConverter ? 'range.fullScale' : 'range.rails', where.place, details, where.related);
}

/** Share of an activation's range that the stages before it must leave. */
const leastReach = 0.9;

/** Activations that the stages before them never let open or close. */
export function checkReach(
  pair: Pair,
  ideal: readonly LayerRanges[],
  limited: readonly LayerRanges[],
  analysis: Analysis,
): void {
  const { hardware, array } = pair;
  const text = analysis.declarations.hardware(hardware.name);
  if (!array || !text) return;
  const readout = readoutRange(analysis.design, hardware, array.crossbar);
  for (const [index, { layer, nodes }] of ideal.entries())
    for (const [id, node] of layer.graph.nodes.entries()) {
      if (node.op !== 'unary' || (node.fn !== 'sigmoid' && node.fn !== 'tanh')) continue;
      const reached = limited[index].nodes[id];
      if (!(width(reached) < leastReach * width(nodes[id]))) continue;
      const where = limitingPlace(pair, text, analysis);
      const volts = multiply(readout, point(hardware.scale));
      const details = {
        fn: node.fn,
        signal: nodeName(layer.graph, id) ?? `layer "${layer.name}"`,
        stage: stageName(pair),
        limits: voltsText(volts),
        units: rangeText(readout),
        scale: formatVolts(hardware.scale),
        reached: rangeText(reached),
        whole: rangeText(nodes[id]),
      };
      if (where && analysis.isFirst(`reach ${hardware.name}`))
        analysis.report('range.reach', where.place, details, where.related);
      return;
    }
}

const stageName = ({ hardware }: Pair): string =>
  hardware.bindings.output?.block ?? hardware.bindings.readout?.block ?? 'The read-out';

function limitingPlace(
  pair: Pair,
  text: Parameters<typeof bindingPlace>[0],
  { document, declarations }: Analysis,
): ReturnType<typeof nearestPlace> {
  const { hardware } = pair;
  const role = hardware.bindings.output ? 'output' : 'readout';
  const place: Place = bindingPlace(text, role);
  return nearestPlace(document, [
    { place, message: `${stageName(pair)} is bound here.` },
    {
      place: hardwarePlace(text, 'scale'),
      message: `One unit of the mathematics is ${formatVolts(hardware.scale)}.`,
    },
    {
      place: pairPlace(pair, declarations),
      message: `${pair.network.name} is put on ${hardware.name} here.`,
    },
  ]);
}

const holds = (reached: Interval, { low, high }: Interval): boolean =>
  reached.low <= low + 1e-9 && reached.high >= high - 1e-9;

/** Whether every output of the network can take every value of a range. */
export const reachesTarget = (
  { outputs }: SizedNetwork,
  ranges: readonly LayerRanges[],
  target: Interval,
): boolean =>
  outputs.every(({ name }) => {
    const last = ranges.find(({ layer }) => layer.name === name);
    return !last || holds(last.nodes[last.layer.graph.output], target);
  });

/** The values to be forecast have to be values that the output can take. */
export function checkTarget(
  use: NetworkUse,
  target: Interval,
  outputs: readonly LayerRanges[],
  analysis: Analysis,
): void {
  const { network, hardware, dataset } = use;
  if (!analysis.isFirst(`target ${network.name} ${dataset?.name} ${hardware?.name}`)) return;
  for (const { name } of network.outputs) {
    const last = outputs.find(({ layer }) => layer.name === name);
    const reached = last?.nodes[last.layer.graph.output] ?? anything;
    if (holds(reached, target)) continue;
    const where = nearestPlace(analysis.document, [
      { place: pairPlace(use, analysis.declarations), message: `${network.name} is used here.` },
      ...dataSide(use, 'target', analysis),
    ]);
    const details = {
      dataset: dataset?.name ?? '',
      target: rangeText(target),
      output: name,
      network: hardware ? `${network.name} on ${hardware.name}` : network.name,
      reached: rangeText(reached),
    };
    if (where) analysis.report('range.target', where.place, details, where.related);
    return;
  }
}
