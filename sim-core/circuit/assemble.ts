import { arrangementOf } from '../hardware/layout.ts';
import type { PhaseTime } from '../schedule/durations.ts';
import {
  type Capture,
  driversByPhase,
  isMultiplexed,
  outputOf,
  type Plan,
  sameSignal,
} from '../schedule/plan.ts';
import type { DraftArray } from './arrays.ts';
import type {
  Bank,
  Circuit,
  CircuitElement,
  CircuitPhase,
  CrossbarElement,
  HoldCapacitor,
  Signal,
  Values,
} from './circuit.ts';
import type { Draft, DraftItem, DraftLine, DraftMemory, DraftStage } from './draft.ts';

/** The circuit of a draft whose phases are known. */
export function assemble(
  draft: Draft,
  plan: Plan,
  times: readonly PhaseTime[],
  hold: HoldCapacitor | undefined,
  names: Pick<Circuit, 'network' | 'hardware' | 'scale'>,
): Circuit {
  const assembly: Assembly = { draft, plan, hold, banks: [...draft.banks], held: new Map() };
  const elements = draft.items.flatMap((item) => elementsOf(assembly, item));
  const arrays = [...new Set(draft.items.flatMap((item) => (item.kind === 'line' ? [item.array] : [])))];
  const probes = [...draft.probes, ...draft.outputs].map(({ name, signal }) => ({
    name,
    signal,
    phase: plan.validity(signal),
  }));
  return {
    ...names,
    banks: assembly.banks,
    crossbars: arrays.map((array) => crossbarOf(assembly, array)),
    elements,
    blocks: draft.blocks,
    phases: times.map((time, phase) => phaseOf(plan.captures, time, phase)),
    probes,
  };
}

interface Assembly {
  readonly draft: Draft;
  readonly plan: Plan;
  readonly hold: HoldCapacitor | undefined;
  readonly banks: Bank[];
  /** What is read in place of a signal that is sampled on its way. */
  readonly held: Map<string, string>;
}

function phaseOf(captures: readonly Capture[], { needed, path }: PhaseTime, phase: number): CircuitPhase {
  const ends = captures.filter((capture) => capture.phase === phase).map(({ name }) => name);
  return { name: ends.join(' + '), ends, duration: needed, needed, path };
}

function elementsOf(assembly: Assembly, item: DraftItem): readonly CircuitElement[] {
  if (item.kind === 'ideal') return [rewired(assembly, item.element), ...holdOf(assembly, item)];
  if (item.kind === 'line') return [lineOf(item)];
  if (item.kind === 'memory') return [memoryOf(assembly, item)];
  if (isMultiplexed(item, assembly.draft.items)) return [multiplexedOf(assembly, item)];
  const stage = { ...item.element, inputs: rewiredInputs(assembly, item.element.inputs) };
  return [stage, ...holdOf(assembly, item)];
}

function rewired<T extends CircuitElement>(assembly: Assembly, element: T): T {
  if (element.kind === 'operation') return { ...element, inputs: rewiredInputs(assembly, element.inputs) };
  if (element.kind === 'join')
    return { ...element, inputs: element.inputs.map((input) => instead(assembly, input)) };
  return element;
}

const rewiredInputs = (
  assembly: Assembly,
  inputs: Readonly<Record<string, Signal>>,
): Record<string, Signal> =>
  Object.fromEntries(Object.entries(inputs).map(([port, signal]) => [port, instead(assembly, signal)]));

function instead({ held }: Assembly, signal: Signal): Signal {
  const bank = signal.kind === 'nodes' ? held.get(signal.bank) : undefined;
  return bank === undefined || signal.kind === 'fixed' ? signal : { ...signal, bank };
}

function lineOf({ array, line, bitLines, transfer, columnConductance, bank }: DraftLine): CircuitElement {
  const name = bank.replace(/^node:/, '');
  return {
    kind: 'line',
    id: `circuit:${name}`,
    name,
    crossbar: array.id,
    line,
    bitLines,
    transfer,
    columnConductance,
    output: bank,
  };
}

function memoryOf(assembly: Assembly, memory: DraftMemory): CircuitElement {
  const { element, state, input, port, initial, charged, hold, previous, next } = memory;
  return {
    ...element,
    kind: 'memory',
    state,
    port,
    initial,
    charged,
    hold,
    previous,
    next,
    input: instead(assembly, input),
    sourceResistance: resistanceOf(assembly.draft, input),
    phase: assembly.plan.memories.get(next) ?? 0,
  };
}

function multiplexedOf(assembly: Assembly, stage: DraftStage): CircuitElement {
  const { plan, hold } = assembly;
  const { element, circuit, copies, size } = stage;
  const { inputs, output, kind: _stage, ...copiesOf } = element;
  const phases = plan.slots.get(output) ?? [];
  if (!hold) throw new Error('Shared circuits need a capacitor to hold their results.');
  const wired = rewiredInputs(assembly, inputs);
  return {
    ...copiesOf,
    kind: 'multiplexed',
    circuit,
    copies,
    hold,
    slots: phases.map((phase, slot) => ({
      phase,
      inputs: Object.fromEntries(
        Object.entries(wired).map(([port, signal]) => [port, part(signal, slot * copies, copies, size)]),
      ),
      output: { kind: 'nodes', bank: output, first: slot * copies, size: copies },
    })),
  };
}

/** `copies` nodes of a signal of `size` units; one node serves all. */
function part(signal: Signal, first: number, copies: number, size: number): Signal {
  if (signal.kind === 'fixed' || signal.size < size) return signal;
  return { ...signal, first: signal.first + first, size: copies };
}

function holdOf(assembly: Assembly, item: DraftItem): readonly CircuitElement[] {
  const { plan, hold, banks, held, draft } = assembly;
  const output = outputOf(item);
  const phase = plan.holds.get(output);
  const bank = draft.banks.find(({ id }) => id === output);
  if (phase === undefined || !hold || !bank) return [];
  const name = `${bank.name}.held`;
  banks.push({ ...bank, id: `node:${name}`, name });
  held.set(output, `node:${name}`);
  return [
    {
      kind: 'hold',
      id: `circuit:${name}`,
      name,
      phase,
      input: { kind: 'nodes', bank: output, first: 0, size: bank.size },
      sourceResistance: item.kind === 'stage' ? item.element.dynamics.outputResistance : 0,
      hold,
      output: `node:${name}`,
    },
  ];
}

function resistanceOf({ items }: Draft, signal: Signal): Values {
  if (signal.kind === 'fixed') return 0;
  const driver = items.find((item) => outputOf(item) === signal.bank);
  return driver?.kind === 'stage' ? driver.element.dynamics.outputResistance : 0;
}

function crossbarOf(assembly: Assembly, array: DraftArray): CrossbarElement {
  const { id, name, crossbar, wordLines, bitLines, conductance, toGround } = array;
  const driven = driversByPhase(assembly.plan.drivers, assembly.plan.phases);
  return {
    id,
    name,
    ...(crossbar.origin ? { origin: crossbar.origin } : {}),
    design: crossbar,
    paired: arrangementOf(crossbar) === 'rows',
    wordLines,
    bitLines,
    conductance,
    toGround,
    rowGroups: array.rowGroups.map(({ group, name: operand, first, from, size }) => {
      const signals = driven.get(`${id}/${group}`) ?? [];
      const drivers = signals.flatMap((signal, phase) =>
        phase > 0 && sameSignal(signals[phase - 1], signal)
          ? []
          : [{ phase, signal: tilePart(instead(assembly, signal), from, size) }],
      );
      return { name: operand, first, size, drivers };
    }),
  };
}

/** The part of an operand that a tile holds; one node drives all its lines. */
const tilePart = (signal: Signal, from: number, size: number): Signal =>
  signal.kind === 'fixed' || signal.size === 1 ? signal : { ...signal, first: signal.first + from, size };
