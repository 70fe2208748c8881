import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { SizedNetwork } from '../graph/graph.ts';
import type { BoundHardware } from '../hardware/checks.ts';
import { openLayer } from '../hardware/open.ts';
import type { Signal } from './circuit.ts';
import type { Draft } from './draft.ts';
import { drawLayer } from './draw-layer.ts';
import { addBank, type Drawing, join, nodesOf, startDrawing } from './drawing.ts';
import type { RealisedValues } from './realised-values.ts';

/** The circuit of a network: layer by layer, what its rewriting says cut open at every circuit. */
export function extractCircuit(
  network: SizedNetwork,
  bound: BoundHardware,
  values: RealisedValues,
): Outcome<Draft> {
  const managed = managedInputs(bound);
  if (managed) return failure(managed);
  const drawing = startDrawing(bound, values);
  for (const { name, size } of network.inputs) {
    const bank = addBank(drawing, { name, size, unit: 'V', origin: undefined });
    const element = { kind: 'input', id: `circuit:${name}`, name, input: name, output: bank.id } as const;
    drawing.items.push({ kind: 'ideal', element });
    drawing.signals.set(name, nodesOf(bank));
  }
  for (const layer of network.layers) {
    const layout = values.layouts.find((candidate) => candidate.layer === layer.name);
    const opened = openLayer(layer, layout, bound);
    const signal = opened ? drawLayer(drawing, opened) : plainLayer(drawing, layer);
    if (signal) drawing.signals.set(layer.name, signal);
  }
  if (drawing.problems.length > 0) return failure(...drawing.problems);
  const { banks, blocks, items, probes, signals } = drawing;
  const outputs = network.outputs.flatMap(({ name }) => readFor(network, signals, name));
  return success({ banks, blocks: [...blocks.values()], items, probes, outputs });
}

/** Why the hardware has no circuit in continuous time: something digital decides on ranges, or a number is drawn to round. */
function managedInputs({ hardware, blocks, array }: BoundHardware): Problem | undefined {
  const { input, output } = hardware.bindings;
  const calibrated = [input, output].find((use) =>
    blocks.get(use?.block ?? '')?.inputs.some(({ name }) => name === 'fullScale' || name === 'dither'),
  );
  const isSerial = array?.crossbar.inputCycles !== undefined;
  const isManaged = hardware.noiseManagement !== 'none' || hardware.boundManagement !== 'none';
  if (!calibrated && !isSerial && !isManaged) return undefined;
  const what = calibrated
    ? `the converter "${calibrated.block}", whose range is calibrated or whose rounding is drawn`
    : isManaged
      ? 'management of the range of its inputs'
      : 'a crossbar whose operands are streamed bit by bit';
  return {
    code: 'transient.managed',
    message: `Hardware "${hardware.name}" has ${what}: that has no circuit in continuous time.`,
    hint: 'Bind converters with a range of their own, and leave noiseManagement, boundManagement and inputCycles out.',
    origin: hardware.origin,
  };
}

/** The signals that are read out for an output: itself, or what numbers beyond the circuits, such as softmax, are made of. */
function readFor(
  network: SizedNetwork,
  signals: ReadonlyMap<string, Signal>,
  name: string,
): Draft['outputs'] {
  const signal = signals.get(name);
  if (signal) return [{ name, signal }];
  const layer = network.layers.find((candidate) => candidate.name === name);
  return (layer?.inputs ?? []).flatMap((input) => readFor(network, signals, input));
}

/** What needs no circuit: the last value is the signal itself, and signals side by side are wires. */
function plainLayer(drawing: Drawing, layer: SizedNetwork['layers'][number]): Signal | undefined {
  const inputs = layer.inputs.flatMap((name) => drawing.signals.get(name) ?? []);
  // What an evaluation beyond the circuits computes is read out as numbers.
  if (inputs.length < layer.inputs.length) return undefined;
  const { nodes, output } = layer.graph;
  const { op } = nodes[output];
  if (op === 'input') return inputs[0];
  if (op !== 'concatenate') return undefined;
  return join(drawing, layer.name, inputs);
}
