import type { NodeId } from '../graph/graph.ts';
import type { LineCut } from '../hardware/cuts.ts';
import type { OpenLayer } from '../hardware/open.ts';
import { columnParameter } from '../hardware/read-out.ts';
import { readingLines, readingTransfer } from '../hardware/reading-transfer.ts';
import { type DraftArray, draftArrays } from './arrays.ts';
import type { Signal } from './circuit.ts';
import { drawMemory, drawStage } from './draw-block.ts';
import { addBank, type Drawing, nodesOf } from './drawing.ts';
import { type LayerDrawing, wire } from './wire.ts';

export function drawLayer(drawing: Drawing, open: OpenLayer): Signal | undefined {
  const { layer, inputs, states, cuts, probes, output } = open;
  if (layer.direction === 'backward') {
    drawing.problems.push({
      code: 'transient.backward',
      message: `Layer "${layer.name}" runs from the last time step to the first, which no circuit does as time passes.`,
      hint: 'Leave "backward" and "bidirectional" out of a network whose transient is wanted.',
    });
    return undefined;
  }
  const missing = layer.inputs.find((name) => !drawing.signals.has(name));
  if (missing !== undefined) {
    drawing.problems.push({
      code: 'transient.digital',
      message: `Layer "${layer.name}" is driven by "${missing}", which no circuit computes.`,
      hint: 'Softmax is read out as numbers; put it last.',
    });
    return undefined;
  }
  const names = new Map<NodeId, string>();
  for (const { name, node } of probes) if (!names.has(node)) names.set(node, name);
  const drawn: LayerDrawing = {
    drawing,
    open,
    arrays: arraysOf(drawing, open),
    wired: new Map(),
    names,
  };
  layer.inputs.forEach((name, index) => {
    const signal = drawing.signals.get(name);
    if (signal) drawn.wired.set(inputs[index], signal);
  });
  for (const { name, previous } of states) {
    const { size } = open.nodes[previous];
    const bank = addBank(drawing, { name: `${layer.name}.${name}.previous`, size, unit: 'V' });
    drawn.wired.set(previous, nodesOf(bank));
  }
  for (const cut of cuts) {
    if (cut.kind === 'line') drawLine(drawn, cut);
    else if (cut.role === 'state') drawMemory(drawn, cut);
    else drawStage(drawn, cut);
  }
  for (const state of states) requireMemory(drawn, state);
  for (const { name, node } of probes)
    drawing.probes.push({ name: `${layer.name}.${name}`, signal: wire(drawn, node) });
  return wire(drawn, output);
}

function arraysOf({ values }: Drawing, { layer, array }: OpenLayer): readonly DraftArray[] {
  const devices = values.devices.get(layer.name);
  return array && devices ? draftArrays(array.layout, array.crossbar, devices, values.parameters) : [];
}

function requireMemory({ drawing, open }: LayerDrawing, state: OpenLayer['states'][number]): void {
  const memory = open.cuts.some(
    (cut) => cut.kind === 'block' && cut.role === 'state' && cut.node === state.next,
  );
  if (memory) return;
  drawing.problems.push({
    code: 'transient.memory',
    message: `On hardware "${drawing.bound.hardware.name}" nothing holds the state "${state.name}" of layer "${open.layer.name}" from one time step to the next.`,
    hint: 'Bind a memory, as in "state on SampleHold".',
    origin: drawing.bound.hardware.origin,
  });
}

function drawLine(drawn: LayerDrawing, cut: LineCut): void {
  const { drawing, open, arrays } = drawn;
  const { line, reading, driven } = cut;
  if (!open.array) throw new Error('Only a crossbar has bit lines.');
  const { layout, crossbar } = open.array;
  // A diagonal, and a part of an operand in one tile, are driven by slices of the operand's word lines.
  const operandOf = (voltage: NodeId): NodeId => {
    const node = open.nodes[voltage];
    return node.op === 'slice' ? node.of : voltage;
  };
  const wordLines = new Map<number, Signal>();
  for (const { section, voltage } of driven)
    wordLines.set(section.block.row, wire(drawn, operandOf(voltage)));
  const bitLines = readingLines(layout, reading, line);
  const column = drawing.values.parameters.get(columnParameter(layout, reading, line, 'gColumn'));
  const bank = addBank(drawing, {
    name: `${open.layer.name}.${reading.name}.${line}`,
    size: bitLines.length,
    unit: crossbar.readout === 'current' ? 'A' : 'V',
    origin: open.layer.graph.nodes[layout.columnGroups[reading.column].node].origin,
  });
  drawn.wired.set(cut.node, nodesOf(bank));
  drawing.items.push({
    kind: 'line',
    array: arrays[reading.tile],
    line,
    bitLines,
    transfer: readingTransfer(layout, reading, line, drawing.values.tensors),
    columnConductance: column ?? new Float64Array(bitLines.length),
    driven: [...wordLines].map(([row, signal]) => ({ row, signal })),
    bank: bank.id,
  });
}
