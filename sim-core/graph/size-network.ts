import type { Design, LayerDesign, NetworkDesign } from '../design/design.ts';
import { suggestion } from '../design/nearest.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { bindDimensions } from './bind-dimensions.ts';
import type { SizedLayer, SizedNetwork, StepGraph } from './graph.ts';
import { lowerCell } from './lower-cell.ts';
import { lowerLayer } from './lower-layer.ts';

/** A value that layers exchange: one vector per time step, or one vector per sequence. */
interface Signal {
  readonly size: number;
  readonly time: 'sequence' | 'vector';
}
type Signals = ReadonlyMap<string, Signal>;

/**
 * A network of a design with its sizes bound, every layer a graph of its equations as they stand (ideal fidelity).
 * Tensors are named `LAYER.GATE.OPERAND` (`rnn.i.x`, `rnn.i.bias`, the peephole `rnn.i.c`), in dense layers
 * `LAYER.weight` and `LAYER.bias`. Fails on unknown names, sizes that do not fit and dimensions that stay unbound,
 * each with its place in the text.
 */
export function sizeNetwork(design: Design, network: string): Outcome<SizedNetwork> {
  const found = design.networks.find((candidate) => candidate.name === network);
  if (!found) {
    const known = design.networks.map((candidate) => candidate.name);
    return failure({
      code: 'network.unknown',
      message: `There is no network "${network}".`,
      hint: suggestion(network, known, 'The design has no networks.'),
    });
  }
  return sizeLayers(design, found);
}

function sizeLayers(design: Design, network: NetworkDesign): Outcome<SizedNetwork> {
  const signals = new Map<string, Signal>();
  for (const input of network.inputs) signals.set(input.name, { size: input.size, time: 'sequence' });
  const layers: SizedLayer[] = [];
  for (const layer of network.layers) {
    const sized = sizeLayer(design, layer, signals);
    // What follows would fail for the same reason.
    if (!sized.ok) return sized;
    layers.push(sized.value);
    signals.set(layer.name, {
      size: sized.value.size,
      time: sized.value.time === 'sequence' ? 'sequence' : 'vector',
    });
  }
  const problems = network.outputs.flatMap((output) => outputProblems(network, output, signals));
  if (problems.length > 0) return failure(...problems);
  return success({ inputs: network.inputs, layers, outputs: network.outputs });
}

function sizeLayer(design: Design, layer: LayerDesign, signals: Signals): Outcome<SizedLayer> {
  const unknown = layer.inputs.filter((name) => !signals.has(name));
  if (unknown.length > 0) return failure(...unknown.map((name) => unknownSignal(layer, name, signals)));
  const inputs = layer.inputs.map((name) => signals.get(name) ?? { size: 0, time: 'vector' as const });
  const problems = inputProblems(design, layer, inputs);
  if (problems.length > 0) return failure(...problems);
  const sizes = inputs.map((input) => input.size);
  const graph = layer.kind === 'cell' ? graphOfCell(design, layer, sizes) : success(lowerLayer(layer, sizes));
  if (!graph.ok) return graph;
  const { output, nodes } = graph.value;
  const reverse = (layer.kind === 'cell' || layer.kind === 'last') && layer.reverse;
  return success({
    name: layer.name,
    graph: graph.value,
    inputs: layer.inputs,
    direction: reverse ? 'backward' : 'forward',
    time: layer.kind === 'last' ? 'last' : inputs[0].time,
    size: nodes[output].size,
  });
}

function graphOfCell(
  design: Design,
  layer: LayerDesign & { readonly kind: 'cell' },
  sizes: readonly number[],
): Outcome<StepGraph> {
  const cell = design.cells.find((candidate) => candidate.name === layer.cell);
  if (!cell) {
    const known = design.cells.map((candidate) => candidate.name);
    return failure({
      code: 'network.unknown-cell',
      message: `Layer "${layer.name}" uses cell "${layer.cell}", which does not exist.`,
      hint: suggestion(layer.cell, known, 'Import std.cells or write the cell.'),
      origin: layer.origin,
    });
  }
  const bound = bindDimensions(cell, layer, sizes);
  return bound.ok ? lowerCell(layer, cell, bound.value) : bound;
}

/** What is wrong with the number, the kind in time and the sizes of a layer's inputs. */
function inputProblems(design: Design, layer: LayerDesign, inputs: readonly Signal[]): readonly Problem[] {
  const [least, most] = inputCount(design, layer);
  if (inputs.length < least || inputs.length > most)
    return [
      problem(layer, 'input-count', `takes ${least} input${least === 1 ? '' : 's'}, not ${inputs.length}.`),
    ];
  const { time } = inputs[0];
  if (inputs.some((input) => input.time !== time))
    return [
      problem(
        layer,
        'mixed-time',
        'mixes sequences with single vectors; take "last" of the sequences first.',
      ),
    ];
  if (time === 'vector' && (layer.kind === 'cell' || layer.kind === 'last'))
    return [problem(layer, 'not-a-sequence', `needs a sequence, but "${layer.inputs[0]}" is one vector.`)];
  const sizes = inputs.map((input) => input.size);
  if (layer.kind === 'binary' && sizes[0] !== sizes[1] && Math.min(...sizes) !== 1)
    return [
      problem(layer, 'size-mismatch', `combines vectors of sizes ${sizes[0]} and ${sizes[1]} elementwise.`),
    ];
  if (layer.kind === 'dense' && !(Number.isInteger(layer.units) && layer.units >= 1))
    return [
      problem(layer, 'bad-dimension', `has ${layer.units} units; give it a whole number of at least 1.`),
    ];
  return [];
}

function inputCount(design: Design, layer: LayerDesign): readonly [least: number, most: number] {
  if (layer.kind === 'dense' || layer.kind === 'concatenate') return [1, Infinity];
  if (layer.kind === 'binary') return [2, 2];
  if (layer.kind !== 'cell') return [1, 1];
  const count = design.cells.find((cell) => cell.name === layer.cell)?.inputs.length || 1;
  return [count, count];
}

function outputProblems(
  network: NetworkDesign,
  output: { readonly name: string; readonly size: number },
  signals: Signals,
): readonly Problem[] {
  const size = network.layers.some((layer) => layer.name === output.name)
    ? signals.get(output.name)?.size
    : undefined;
  if (size === output.size) return [];
  const message =
    size === undefined
      ? `No layer of network "${network.name}" is named "${output.name}" like its output.`
      : `Output "${output.name}" of network "${network.name}" has size ${output.size}, but its layer has size ${size}.`;
  const hint =
    size === undefined
      ? `Name the last layer "${output.name}".`
      : `Write "${output.name}: [${size}]", or change the layer.`;
  const code = size === undefined ? 'network.unknown-signal' : 'network.size-mismatch';
  return [{ code, message, hint, origin: network.origin }];
}

const unknownSignal = (layer: LayerDesign, name: string, signals: Signals): Problem => ({
  code: 'network.unknown-signal',
  message: `Layer "${layer.name}" takes "${name}", which is neither an input nor a layer above it.`,
  hint: suggestion(name, [...signals.keys()], 'Define it above the layer.'),
  origin: layer.origin,
});

const problem = (layer: LayerDesign, code: string, what: string): Problem => ({
  code: `network.${code}`,
  message: `Layer "${layer.name}" ${what}`,
  hint: 'Change the layer or its inputs.',
  origin: layer.origin,
});
