import type { Circuit, CircuitElement } from '../circuit/circuit.ts';
import { Assembler } from './assembler.ts';
import { emitElement, emitPrevious } from './emit.ts';
import type { Account } from './energy.ts';
import type { Code, LineProduct, Stage } from './instructions.ts';
import type { NoiseSource } from './noise.ts';
import { placeDevices } from './place-devices.ts';

/** A circuit ready to be integrated: one memory, states first, and the instructions of each phase. */
export interface Machine {
  readonly circuit: Circuit;
  readonly states: number;
  readonly memory: Float64Array;
  readonly lines: readonly LineProduct[];
  readonly devices: Stage['devices'];
  readonly phases: readonly MachinePhase[];
  /** Address of each bank by its id. */
  readonly addresses: ReadonlyMap<string, number>;
  /** Blocks of states that change places from time step to time step. */
  readonly swaps: readonly { readonly a: number; readonly b: number; readonly count: number }[];
  readonly capacitors: readonly Capacitor[];
  /** What the states are. */
  readonly nodes: readonly StateNode[];
  /** Addresses beside those of banks: capacitors by `ID/next` and `ID/previous`, devices by `ID/devices`, currents of lines. */
  readonly hidden: ReadonlyMap<string, number>;
}

/** A state of the circuit: a voltage, or a state of a device. */
export interface StateNode {
  readonly name: string;
  readonly unit: string;
  /** Where it starts. */
  readonly initial: number;
  /** What its error is relative to: for voltages the one that stands for 1, for a device's state its span. */
  readonly span: number;
}

export interface MachinePhase {
  readonly code: Code;
  /** What the switches that open at its end leave on their capacitors. */
  readonly injections: readonly {
    readonly address: number;
    readonly volts: number;
    readonly farads: number;
    readonly element: number;
  }[];
  readonly accounts: readonly Account[];
  readonly noise: readonly NoiseSource[];
}

/** A capacitor between a state and ground. */
export interface Capacitor {
  readonly address: number;
  readonly farads: number;
  /** Index into `Circuit.elements`. */
  readonly element: number;
}

/** What compiling fills in. */
export interface Assembly {
  readonly circuit: Circuit;
  readonly assembler: Assembler;
  readonly addresses: Map<string, number>;
  /** Further states of an element: capacitors of memories, outputs of shared circuits. */
  readonly hidden: Map<string, number>;
  readonly lines: LineProduct[];
  readonly devices: ((stage: Stage) => void)[];
  readonly swaps: Machine['swaps'][number][];
  readonly nodes: StateNode[];
}

/** One phase being compiled. */
export interface PhaseAssembly extends Assembly {
  readonly phase: number;
  readonly code: number[];
  readonly injections: MachinePhase['injections'][number][];
  readonly accounts: Account[];
  readonly noise: NoiseSource[];
}

export function compileCircuit(circuit: Circuit): Machine {
  const assembly: Assembly = {
    circuit,
    assembler: new Assembler(),
    addresses: new Map(),
    hidden: new Map(),
    lines: [],
    devices: [],
    swaps: [],
    nodes: [],
  };
  circuit.elements.forEach((element) => {
    placeStates(assembly, element);
  });
  const states = assembly.assembler.memory.length;
  for (const { id, size } of circuit.banks)
    if (!assembly.addresses.has(id)) assembly.addresses.set(id, assembly.assembler.reserve(size));
  const phases = circuit.phases.map((_, phase) =>
    compilePhase({ ...assembly, phase, code: [], injections: [], accounts: [], noise: [] }),
  );
  const { assembler, lines, devices, addresses, hidden, swaps, nodes } = assembly;
  const memory = Float64Array.from(assembler.memory);
  nodes.forEach(({ initial }, address) => {
    memory[address] = initial;
  });
  return {
    circuit,
    states,
    memory,
    lines,
    devices,
    phases,
    addresses,
    swaps,
    capacitors: capacitorsOf(assembly),
    nodes,
    hidden,
  };
}

function compilePhase(assembly: PhaseAssembly): MachinePhase {
  const { circuit, code, injections, accounts, noise } = assembly;
  circuit.elements.forEach((element, index) => {
    if (element.kind === 'memory') emitPrevious(assembly, element, index);
  });
  circuit.elements.forEach((element, index) => {
    emitElement(assembly, element, index);
  });
  return { code: Int32Array.from(code), injections, accounts, noise };
}

/** Gives every state of an element its address; states stand before everything else. */
function placeStates(assembly: Assembly, element: CircuitElement): void {
  switch (element.kind) {
    case 'stage':
      if (element.dynamics.pole !== undefined) placeBank(assembly, element.output);
      break;
    case 'multiplexed': {
      const key = `${element.circuit}/output`;
      if (element.dynamics.pole !== undefined && !assembly.hidden.has(key))
        place(assembly, key, element.copies, element.name);
      for (const { output } of element.slots) if (output.kind === 'nodes') placeBank(assembly, output.bank);
      break;
    }
    case 'hold':
      placeBank(assembly, element.output);
      break;
    case 'memory': {
      const { id, next, previous, name, dynamics } = element;
      const size = sizeOf(assembly.circuit, next);
      const a = place(assembly, `${id}/next`, size, `${name} (capacitor)`);
      const b = place(assembly, `${id}/previous`, size, `${name}.previous (capacitor)`);
      assembly.swaps.push({ a, b, count: size });
      if (dynamics.pole === undefined) break;
      assembly.swaps.push({ a: placeBank(assembly, next), b: placeBank(assembly, previous), count: size });
      break;
    }
    case 'line': {
      const crossbar = assembly.circuit.crossbars.find(({ id }) => id === element.crossbar);
      if (crossbar?.design.readout === 'voltage' && crossbar.design.wireCapacitance > 0)
        placeBank(assembly, element.output);
      if (crossbar?.moving) placeDevices(assembly, element, crossbar, crossbar.moving);
      break;
    }
    default:
      break;
  }
}

export const sizeOf = ({ banks }: Circuit, id: string): number =>
  banks.find((bank) => bank.id === id)?.size ?? 0;

function placeBank(assembly: Assembly, id: string): number {
  const standing = assembly.addresses.get(id);
  if (standing !== undefined) return standing;
  const bank = assembly.circuit.banks.find((candidate) => candidate.id === id);
  const address = place(assembly, id, bank?.size ?? 0, bank?.name ?? id);
  assembly.addresses.set(id, address);
  return address;
}

function place(
  { circuit, assembler, hidden, nodes }: Assembly,
  key: string,
  count: number,
  name: string,
): number {
  const address = assembler.reserve(count);
  for (let k = 0; k < count; k++)
    nodes.push({ name: `${name}[${k}]`, unit: 'V', initial: 0, span: circuit.scale });
  hidden.set(key, address);
  return address;
}

function capacitorsOf({ circuit, hidden, addresses }: Assembly): readonly Capacitor[] {
  const all: Capacitor[] = [];
  const add = (
    element: number,
    address: number | undefined,
    count: number,
    farads: number | Float64Array,
  ) => {
    for (let k = 0; address !== undefined && k < count; k++)
      all.push({ element, address: address + k, farads: typeof farads === 'number' ? farads : farads[k] });
  };
  circuit.elements.forEach((element, index) => {
    if (element.kind === 'memory')
      for (const side of ['next', 'previous'])
        add(
          index,
          hidden.get(`${element.id}/${side}`),
          sizeOf(circuit, element.next),
          element.hold.capacitance,
        );
    if (element.kind === 'hold')
      add(index, addresses.get(element.output), sizeOf(circuit, element.output), element.hold.capacitance);
    if (element.kind === 'multiplexed')
      for (const { output } of element.slots)
        if (output.kind === 'nodes')
          add(index, (addresses.get(output.bank) ?? 0) + output.first, output.size, element.hold.capacitance);
    if (element.kind === 'line') {
      const crossbar = circuit.crossbars.find(({ id }) => id === element.crossbar);
      if (crossbar?.design.readout === 'voltage' && crossbar.design.wireCapacitance > 0)
        add(
          index,
          addresses.get(element.output),
          element.bitLines.length,
          crossbar.design.wireCapacitance * crossbar.wordLines,
        );
    }
  });
  return all;
}
