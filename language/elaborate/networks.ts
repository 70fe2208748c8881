import type { LayerDesign, NetworkDesign } from '@memloom/sim-core';
import type * as ast from '../generated/ast.ts';
import { boundSize } from '../types/dimensions/linear-form.ts';
import { referredNames } from './blocks.ts';
import { type Context, originOf } from './context.ts';
import { elaborateLayer, type LayerScope, type Signal, sizeText } from './layers.ts';
import { orderByNeed } from './order.ts';
import { readSize } from './read-size.ts';
import { needsOfLoop } from './related-cycle.ts';

/** A network with its layers flattened: each call of the text is one layer of the design, nested ones under dotted names. */
export function elaborateNetwork(network: ast.Network, context: Context): NetworkDesign {
  const name = context.use(network);
  const inputs = network.inputs.map((port) => ({ name: port.name, size: portSize(port, context) }));
  const signals = new Map<string, Signal>(
    // An input without a size is reported where it stands, and nothing follows from it.
    inputs.flatMap(({ name, size }, index): [string, Signal][] =>
      size >= 1 && Number.isInteger(size)
        ? [[name, { name, size, time: 'sequence', place: { node: network.inputs[index] } }]]
        : [],
    ),
  );
  const layers: LayerDesign[] = [];
  const scope: LayerScope = { network: name, context, signals, layers, broken: new Set() };
  for (const layer of orderLayers(network, context)) {
    const signal = elaborateLayer(layer, scope);
    if (signal) signals.set(layer.name, signal);
    else scope.broken.add(layer.name);
  }
  checkOutputs(network, scope);
  checkUse(network, context);
  for (const [index] of network.hardware.entries())
    if (index > 0)
      context.report(
        'experiment.statement',
        { node: network, property: 'hardware', index },
        { statement: 'on' },
      );
  const hardware = network.hardware[0]?.ref;
  return {
    id: `network:${name}`,
    name,
    origin: originOf(network),
    inputs,
    outputs: network.outputs.map((port) => ({
      name: port.name,
      size: portSize(port, { ...context, report: () => undefined }),
    })),
    layers,
    ...(hardware ? { hardware: context.use(hardware) } : {}),
  };
}

const largestSize = 1e6;

function portSize(port: ast.Port, { report }: Context): number {
  if (!port.size) {
    report('port.size', { node: port }, { name: port.name, expected: `a size, as in ${port.name}: [1]` });
    return 0;
  }
  const variable = port.size.terms.find((term) => term.dimension)?.dimension;
  if (variable) {
    report('dimension.variable', { node: variable }, { name: variable.name });
    return 0;
  }
  const size = boundSize(readSize(port.size), new Map()) ?? 0;
  if (!Number.isInteger(size) || size < 1 || size > largestSize)
    report('dimension.value', { node: port.size }, { dimension: port.name });
  return size;
}

function orderLayers(network: ast.Network, { report }: Context): readonly ast.Layer[] {
  const byName = new Map([...network.layers].reverse().map((layer) => [layer.name, layer]));
  const sorted = orderByNeed(network.layers, (layer) =>
    referredNames(layer.value).flatMap((name) => byName.get(name) ?? []),
  );
  if (sorted.ok) return sorted.order;
  report(
    'equation.loop',
    { node: sorted.cycle[0], property: 'name' },
    { names: sorted.cycle.map((layer) => layer.name).join(' → ') },
    needsOfLoop(sorted.cycle, sorted.cycle[0]),
  );
  return [];
}

function checkOutputs(network: ast.Network, { signals, broken, context }: LayerScope): void {
  for (const port of network.outputs) {
    const signal = network.layers.some((layer) => layer.name === port.name)
      ? signals.get(port.name)
      : undefined;
    const declared = boundSize(readSize(port.size), new Map());
    if (!signal) {
      if (!broken.has(port.name) && !network.layers.some((layer) => layer.name === port.name))
        context.report(
          'equation.output',
          { node: port, property: 'name' },
          { owner: network.name, name: port.name },
        );
    } else if (declared !== undefined && declared > 0 && signal.size !== declared)
      context.report(
        'dimension.mismatch',
        { node: port, property: 'size' },
        {
          left: `The output "${port.name}"`,
          leftSize: `${declared}`,
          right: `the layer "${port.name}"`,
          rightSize: sizeText(signal),
          because: `Write ${port.name}: [${signal.size}], or change the layer.`,
        },
        signal.place ? [{ place: signal.place, message: `The layer "${port.name}" is made here.` }] : [],
      );
  }
}

function checkUse(network: ast.Network, { report }: Context): void {
  const used = new Set([
    ...network.outputs.map((port) => port.name),
    ...network.layers.flatMap((layer) => referredNames(layer.value)),
  ]);
  for (const layer of network.layers)
    if (!used.has(layer.name))
      report('layer.unused', { node: layer, property: 'name' }, { name: layer.name });
}
