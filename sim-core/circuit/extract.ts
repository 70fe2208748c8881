import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import type { GraphNode, NodeId, SizedNetwork } from '../graph/graph.ts';
import type { BoundHardware } from '../hardware/checks.ts';
import { signalPorts } from '../hardware/circuits.ts';
import type { BlockCut, LineCut } from '../hardware/cuts.ts';
import { type OpenLayer, openLayer } from '../hardware/open.ts';
import { columnParameter } from '../hardware/read-out.ts';
import { type DraftArray, draftArrays, readingLines, readingTransfer } from './arrays.ts';
import { blockParameters, type Parameterised } from './block-parameters.ts';
import { chargedVoltage } from './charged.ts';
import type { Bank, Signal } from './circuit.ts';
import type { Draft, DraftItem } from './draft.ts';
import { dynamicsOf } from './draft.ts';
import { operationOf } from './operation.ts';
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
  const outputs = network.outputs.flatMap(({ name }) => {
    const signal = signals.get(name);
    return signal ? [{ name, signal }] : [];
  });
  return success({ banks, blocks: [...blocks.values()], items, probes, outputs });
}

/** Why the hardware has no circuit in continuous time: something digital decides on ranges, or a number is drawn to round. */
function managedInputs({ hardware, blocks }: BoundHardware): Problem | undefined {
  const { input, output } = hardware.bindings;
  const calibrated = [input, output].find((use) =>
    blocks.get(use?.block ?? '')?.inputs.some(({ name }) => name === 'fullScale' || name === 'dither'),
  );
  if (!calibrated && hardware.noiseManagement === 'none' && hardware.boundManagement === 'none')
    return undefined;
  const what = calibrated
    ? `the converter "${calibrated.block}", whose range is calibrated or whose rounding is drawn`
    : 'management of the range of its inputs';
  return {
    code: 'transient.managed',
    message: `Hardware "${hardware.name}" has ${what}: that has no circuit in continuous time.`,
    hint: 'Bind converters with a range of their own, and leave noiseManagement and boundManagement out.',
    origin: hardware.origin,
  };
}

/** A circuit being drawn. */
interface Drawing {
  readonly bound: BoundHardware;
  readonly values: RealisedValues;
  readonly banks: Bank[];
  readonly blocks: Map<string, Draft['blocks'][number]>;
  readonly items: DraftItem[];
  readonly probes: Draft['probes'][number][];
  /** What stands for each layer and each input of the network. */
  readonly signals: Map<string, Signal>;
  readonly problems: Problem[];
  readonly taken: Set<string>;
}

const startDrawing = (bound: BoundHardware, values: RealisedValues): Drawing => ({
  bound,
  values,
  banks: [],
  blocks: new Map(),
  items: [],
  probes: [],
  signals: new Map(),
  problems: [],
  taken: new Set(),
});

const nodesOf = ({ id, size }: Bank): Signal => ({ kind: 'nodes', bank: id, first: 0, size });

function addBank(drawing: Drawing, { name, size, unit, origin }: Omit<Bank, 'id'>): Bank {
  let unique = name;
  for (let k = 2; drawing.taken.has(unique); k++) unique = `${name}.${k}`;
  drawing.taken.add(unique);
  const bank: Bank = { id: `node:${unique}`, name: unique, size, unit, ...(origin ? { origin } : {}) };
  drawing.banks.push(bank);
  return bank;
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

function join(drawing: Drawing, name: string, inputs: readonly Signal[]): Signal {
  const size = inputs.reduce((sum, input) => sum + (input.kind === 'nodes' ? input.size : 1), 0);
  const bank = addBank(drawing, { name, size, unit: 'V' });
  const element = {
    kind: 'join',
    id: `circuit:${bank.name}`,
    name: bank.name,
    inputs,
    output: bank.id,
  } as const;
  drawing.items.push({ kind: 'ideal', element });
  return nodesOf(bank);
}

/** One layer being drawn: the signals that its nodes have become. */
interface LayerDrawing {
  readonly drawing: Drawing;
  readonly open: OpenLayer;
  /** By tile. */
  readonly arrays: readonly DraftArray[];
  readonly wired: Map<NodeId, Signal>;
  readonly names: ReadonlyMap<NodeId, string>;
}

function drawLayer(drawing: Drawing, open: OpenLayer): Signal | undefined {
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

function drawStage(drawn: LayerDrawing, cut: BlockCut): void {
  const { drawing, open } = drawn;
  const { size } = open.nodes[cut.node];
  const { inputs, parameters } = wireBlock(drawn, cut);
  const bank = addBank(drawing, { name: nameOf(drawn, cut), size, unit: 'V', origin: cut.use.origin });
  drawn.wired.set(cut.node, nodesOf(bank));
  drawing.items.push({
    kind: 'stage',
    circuit: cut.circuit.name,
    copies: cut.circuit.copies,
    size,
    element: {
      kind: 'stage',
      ...identity(bank, cut),
      role: cut.role,
      block: cut.block.name,
      parameters,
      dynamics: dynamicsOf(parameters),
      inputs,
      output: bank.id,
    },
  });
}

function drawMemory(drawn: LayerDrawing, cut: BlockCut): void {
  const { drawing, open } = drawn;
  const state = open.states.find(({ name }) => name === cut.place);
  if (!state) throw new Error(`The layer has no state "${cut.place}".`);
  const wired = wireBlock(drawn, cut);
  const [{ name: port }] = signalPorts(cut.block);
  const { capacitance } = wired.parameters;
  // The charge acts on the capacitor, which the buffer reads.
  const parameters = { ...wired.parameters, injectedCharge: 0 };
  const { size } = open.nodes[cut.node];
  const charged = chargedVoltage(cut.block, port, parameters, state.initial, size);
  if (capacitance === undefined || charged === undefined) {
    drawing.problems.push(capacitance === undefined ? withoutCapacitance(cut) : beyondReach(cut, state));
    return;
  }
  const next = addBank(drawing, {
    name: `${open.layer.name}.${state.name}`,
    size,
    unit: 'V',
    origin: cut.use.origin,
  });
  drawn.wired.set(cut.node, nodesOf(next));
  const previous = drawn.wired.get(state.previous);
  drawing.items.push({
    kind: 'memory',
    element: {
      ...identity(next, cut),
      role: 'state',
      block: cut.block.name,
      parameters,
      dynamics: dynamicsOf(parameters),
    },
    state: state.name,
    input: wired.inputs[port],
    port,
    initial: state.initial,
    charged,
    hold: {
      capacitance,
      onResistance: wired.parameters.onResistance ?? 0,
      injectedCharge: wired.parameters.injectedCharge ?? 0,
      leakage: wired.parameters.leakage ?? 0,
    },
    previous: previous?.kind === 'nodes' ? previous.bank : '',
    next: next.id,
  });
}

const withoutCapacitance = ({ block }: BlockCut): Problem => ({
  code: 'transient.capacitance',
  message: `Block "${block.name}" holds a state, but has no parameter "capacitance".`,
  hint: 'Write "param capacitance = 1 pF" in it.',
  origin: block.origin,
});

const beyondReach = ({ block }: BlockCut, { name, initial }: OpenLayer['states'][number]): Problem => ({
  code: 'transient.initial',
  message: `No charge makes block "${block.name}" read ${initial} V, the initial value of state "${name}".`,
  hint: 'Choose an initial value within its rails.',
  origin: block.origin,
});

const identity = ({ name }: Bank, { use }: BlockCut) => ({
  id: `circuit:${name}`,
  name,
  ...(use.origin ? { origin: use.origin } : {}),
});

/** The name of the equation whose value a circuit gives, or of its role and place. */
function nameOf({ names, open }: LayerDrawing, { node, role, place }: BlockCut): string {
  const { layer } = open;
  const probed = names.get(node);
  if (probed !== undefined) return `${layer.name}.${probed}`;
  return typeof place === 'number' ? `${layer.name}.${role}` : `${layer.name}.${place}.${role}`;
}

/** Signal ports by what drives them, and all else as values. */
function wireBlock(
  drawn: LayerDrawing,
  cut: BlockCut,
): { readonly inputs: Record<string, Signal>; readonly parameters: Parameterised } {
  const { drawing, open } = drawn;
  drawing.blocks.set(cut.block.name, cut.block);
  const signals = new Set(signalPorts(cut.block).map(({ name }) => name));
  const inputs: Record<string, Signal> = {};
  const supplied: Record<string, number | Float64Array> = {};
  for (const { name } of cut.block.inputs) {
    const node = cut.ports[name];
    if (node === undefined) continue;
    if (signals.has(name)) inputs[name] = wire(drawn, node);
    else supplied[name] = suppliedValue(drawing, open.nodes[node]);
  }
  const own = blockParameters(cut.block, cut.use, cut.circuit, drawing.values.parameters);
  return { inputs, parameters: { ...own, ...supplied } };
}

function suppliedValue({ values }: Drawing, node: GraphNode): number | Float64Array {
  if (node.op === 'constant') return node.value;
  const vector = node.op === 'parameter' ? values.parameters.get(node.parameter) : undefined;
  if (!vector) throw new Error(`The hardware supplies a ${node.op} where a value is due.`);
  return vector.length === 1 ? vector[0] : vector;
}

/** The signal that a node of the rewritten graph is; ideal operations become elements where they are first needed. */
function wire(drawn: LayerDrawing, id: NodeId): Signal {
  const { drawing, open, wired } = drawn;
  const standing = wired.get(id);
  if (standing) return standing;
  const node = open.nodes[id];
  const signal = node.op === 'constant' ? fixed(node.value) : drawOperation(drawn, node, id);
  wired.set(id, signal);
  return signal;

  function drawOperation(within: LayerDrawing, operation: GraphNode, of: NodeId): Signal {
    const name = `${open.layer.name}.${within.names.get(of) ?? 'ideal'}`;
    if (operation.op === 'slice') return part(wire(within, operation.of), operation);
    if (operation.op === 'concatenate')
      return join(
        drawing,
        name,
        operation.of.map((operand) => wire(within, operand)),
      );
    const parts = operationOf(operation, (operand) => {
      const part = open.nodes[operand];
      return part.op === 'parameter' ? suppliedValue(drawing, part) : wire(within, operand);
    });
    if (!parts) {
      drawing.problems.push({
        code: 'transient.operation',
        message: `Layer "${open.layer.name}" needs ${operation.op === 'crossbar' ? 'its weights in a crossbar' : `the operation ${operation.op}`}, for which no circuit stands.`,
        hint: operation.op === 'crossbar' ? 'Bind one, as in "vmm on CROSSBAR".' : undefined,
        origin: operation.origin ?? drawing.bound.hardware.origin,
      });
      return fixed(0);
    }
    const bank = addBank(drawing, { name, size: operation.size, unit: 'V', origin: operation.origin });
    const element = {
      kind: 'operation',
      id: `circuit:${bank.name}`,
      name: bank.name,
      ...parts,
      output: bank.id,
    } as const;
    drawing.items.push({ kind: 'ideal', element });
    return nodesOf(bank);
  }
}

const part = (signal: Signal, { from, size }: { readonly from: number; readonly size: number }): Signal =>
  signal.kind === 'fixed' || signal.size === 1 ? signal : { ...signal, first: signal.first + from, size };

const fixed = (value: number): Signal => ({ kind: 'fixed', value });
