import type { Problem } from '../design/problem.ts';
import { signalPorts } from '../hardware/circuits.ts';
import type { BlockCut } from '../hardware/cuts.ts';
import type { OpenLayer } from '../hardware/open.ts';
import { blockCosts, blockParameters, type Parameterised } from './block-parameters.ts';
import { chargedVoltage } from './charged.ts';
import type { Bank, Signal } from './circuit.ts';
import { dynamicsOf } from './draft.ts';
import { addBank, nodesOf } from './drawing.ts';
import { type LayerDrawing, suppliedValue, wire } from './wire.ts';

export function drawStage(drawn: LayerDrawing, cut: BlockCut): void {
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

export function drawMemory(drawn: LayerDrawing, cut: BlockCut): void {
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
  const parameters = { ...own, ...supplied };
  return { inputs, parameters: { ...parameters, ...blockCosts(cut.block, parameters) } };
}
