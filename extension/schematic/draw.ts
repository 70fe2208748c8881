import {
  type CellDesign,
  type Design,
  type Equation,
  type Expression,
  type LayerDesign,
  type NetworkDesign,
  type Outcome,
  type SizedLayer,
  sizeNetwork,
  success,
} from '@memloom/sim-core';
import type { Box, Content, End, Port, Wire } from './box.ts';
import { drawEquation } from './equation.ts';
import { type Realisation, realisationOf } from './realisation.ts';
import { shortened, textOf } from './text.ts';

/**
 * A network as boxes within boxes: its layers, the equations and memories of their cells, and the crossbars and blocks
 * of these, ideally or as a hardware realises them. Fails where the network's sizes do not fit.
 */
export function drawNetwork(
  design: Design,
  network: NetworkDesign,
  hardware: string | undefined,
): Outcome<Box> {
  const sized = sizeNetwork(design, network.name);
  if (!sized.ok) return sized;
  const realisation = realisationOf(design, hardware);
  const port = ({ name, size }: { name: string; size: number }): Port => ({
    name,
    size,
    domain: realisation.signal,
  });
  const layers = network.layers.flatMap((layer) => {
    const own = sized.value.layers.find(({ name }) => name === layer.name);
    return own ? [drawLayer(design, layer, own, sized.value.layers, network, realisation)] : [];
  });
  const sourceOf = (name: string): End => {
    const input = network.inputs.findIndex((one) => one.name === name);
    return input >= 0 ? { port: input } : { box: name, port: 0 };
  };
  const wires = network.layers.flatMap((layer) =>
    layer.inputs.map((name, at): Wire => ({ from: sourceOf(name), to: { box: layer.name, port: at } })),
  );
  const outputs = network.outputs.map(({ name }, at): Wire => ({ from: sourceOf(name), to: { port: at } }));
  return success({
    id: network.name,
    kind: 'network',
    title: network.name,
    detail: hardware === undefined ? 'ideal' : `on ${hardware}`,
    inputs: network.inputs.map(port),
    outputs: network.outputs.map(port),
    origins: network.origin ? [network.origin] : [],
    content: { boxes: layers, wires: [...wires, ...outputs] },
  });
}

function drawLayer(
  design: Design,
  layer: LayerDesign,
  sized: SizedLayer,
  layers: readonly SizedLayer[],
  network: NetworkDesign,
  realisation: Realisation,
): Box {
  const cell = layer.kind === 'cell' ? design.cells.find(({ name }) => name === layer.cell) : undefined;
  const domain = realisation.signal;
  const inputs = layer.inputs.map((source, at): Port => {
    const input = network.inputs.find(({ name }) => name === source);
    const size = input?.size ?? layers.find(({ name }) => name === source)?.size ?? 1;
    return { name: cell?.inputs[at]?.name ?? source, size, domain };
  });
  const outputs: readonly Port[] = [{ name: cell?.outputs[0]?.name ?? '', size: sized.size, domain }];
  const origins = [layer.origin, cell?.origin].flatMap((origin) => origin ?? []);
  const box = { id: layer.name, title: layer.name, inputs, outputs, origins };
  if (cell) {
    const detail = `${cell.name}, ${unitsText(sized.size)}${sized.direction === 'backward' ? ', backward' : ''}`;
    return { ...box, kind: 'cell', detail, content: drawCell(layer.name, cell, sized, inputs, realisation) };
  }
  const content = layer.kind === 'dense' ? drawDense(layer, inputs, sized.size, realisation) : undefined;
  return {
    ...box,
    kind: 'layer',
    detail: layerText(layer),
    signal: `${layer.name}.output`,
    ...(content ? { content } : {}),
  };
}

const unitsText = (count: number): string => `${count} unit${count === 1 ? '' : 's'}`;

function layerText(layer: LayerDesign): string {
  if (layer.kind === 'dense') return `dense, ${unitsText(layer.units)}`;
  return layer.kind === 'unary' || layer.kind === 'binary' ? layer.fn : layer.kind;
}

function drawDense(
  layer: LayerDesign & { readonly kind: 'dense' },
  inputs: readonly Port[],
  size: number,
  realisation: Realisation,
): Content {
  const { origin } = layer;
  const weighted = (name: string, value: Expression) => ({
    weights: `${layer.name}.${name}`,
    value,
    size: { constant: 1, terms: {} },
  });
  const operands = inputs.map(({ name }) => weighted(name, { op: 'reference', name, next: false, origin }));
  const bias = layer.bias ? [weighted('bias', { op: 'number', value: 1 })] : [];
  const value: Expression = { op: 'vmm', id: layer.id, operands: [...operands, ...bias], origin };
  return drawEquation(value, { id: layer.name, size, inputs, realisation });
}

/** Equations and, for each state, its memory, which hands the value of one time step to the next. */
function drawCell(
  layer: string,
  cell: CellDesign,
  { graph }: SizedLayer,
  inputs: readonly Port[],
  realisation: Realisation,
): Content {
  const { signal: domain } = realisation;
  const sizeOf = (name: string) =>
    graph.nodes[graph.probes.find((probe) => probe.name === name)?.node ?? 0].size;
  const signals = new Map<string, Port & { readonly end: End }>();
  for (const [port, input] of inputs.entries()) signals.set(input.name, { ...input, end: { port } });
  for (const { name } of cell.states)
    signals.set(name, { name, size: sizeOf(name), domain, end: { box: `${layer}/${name}`, port: 0 } });
  for (const { name, next } of cell.equations) {
    const written = writtenAs(name, next);
    signals.set(written, {
      name: written,
      size: sizeOf(name),
      domain,
      end: { box: `${layer}/${written}`, port: 0 },
    });
  }
  const memories = cell.states.map(({ name }): Box => {
    const port = { name: '', size: sizeOf(name), domain };
    const block = realisation.block('state');
    const update = cell.equations.find((equation) => equation.next && equation.name === name);
    const origins = [...(update?.origin ? [update.origin] : []), ...(block?.origins ?? [])];
    const detail = block?.name ?? 'z⁻¹';
    return {
      id: `${layer}/${name}`,
      kind: 'memory',
      signal: `${layer}.${name}`,
      title: name,
      detail,
      inputs: [port],
      outputs: [port],
      origins,
    };
  });
  const wires: Wire[] = [];
  const equations = cell.equations.map((equation) => {
    const used = [...new Set(namesIn(equation.value))].flatMap((name) => signals.get(name) ?? []);
    const id = `${layer}/${writtenAs(equation.name, equation.next)}`;
    for (const [port, { end }] of used.entries()) wires.push({ from: end, to: { box: id, port } });
    if (equation.next)
      wires.push({
        from: { box: id, port: 0 },
        to: { box: `${layer}/${equation.name}`, port: 0 },
        next: true,
      });
    return drawBox(id, layer, equation, used, sizeOf(equation.name), realisation);
  });
  // Several outputs leave the layer side by side, through its one port.
  for (const { name } of cell.outputs) {
    const from = signals.get(`${name}'`) ?? signals.get(name);
    if (from) wires.push({ from: from.end, to: { port: 0 } });
  }
  return { boxes: [...memories, ...equations], wires };
}

const writtenAs = (name: string, next: boolean): string => `${name}${next ? "'" : ''}`;

function drawBox(
  id: string,
  layer: string,
  { name, next, value, origin }: Equation,
  used: readonly Port[],
  size: number,
  realisation: Realisation,
): Box {
  const inputs = used.map(({ name: input, size: width, domain }) => ({ name: input, size: width, domain }));
  return {
    id,
    kind: 'equation',
    title: writtenAs(name, next),
    detail: shortened(textOf(value)),
    inputs,
    outputs: [{ name: '', size, domain: realisation.signal }],
    origins: origin ? [origin] : [],
    signal: `${layer}.${name}`,
    content: drawEquation(value, { id, size, inputs, realisation }),
  };
}

/** Names that an expression uses, states' new values with a prime, in the order of the text. */
function namesIn(expression: Expression): readonly string[] {
  switch (expression.op) {
    case 'number':
      return [];
    case 'reference':
      return [writtenAs(expression.name, expression.next)];
    case 'unary':
      return namesIn(expression.of);
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'clamp':
      return [expression.of, expression.low, expression.high].flatMap(namesIn);
    case 'vmm':
      return expression.operands.flatMap(({ value }) => namesIn(value));
    case 'peephole':
      return namesIn(expression.operand.value);
  }
}
