import type { Device } from '../devices/model.ts';
import { account, type Ledger, ledger } from './energy.ts';
import { type Machine, type MachinePhase, sizeOf } from './machine.ts';
import { devicesOf, lawOf, stateName } from './place-devices.ts';
import { suppliesOf } from './supplies.ts';
import type { CircuitTarget } from './targets.ts';

/** A recorded value over time. */
export interface Column {
  /** `rnn.i[0]`. */
  readonly name: string;
  readonly unit: string;
  read(memory: Float64Array, flows: Ledger): number;
}

/** What flows at one instant: watts in place of joules, amperes in place of coulombs. */
export interface FlowMeter {
  readonly flows: Ledger;
  measure(memory: Float64Array, phase: MachinePhase): void;
}

export function flowMeter({ circuit, states }: Machine): FlowMeter {
  const flows = ledger(circuit.elements.length, states);
  return {
    flows,
    measure(memory, { accounts }) {
      flows.energy.fill(0);
      flows.charge.fill(0);
      account(accounts, memory, 1, flows);
    },
  };
}

/** Whether a column is about what flows rather than what stands at a node. */
export const isFlow = ({ quantity }: CircuitTarget): boolean =>
  quantity === 'current' || quantity === 'power';

/** The columns of a target, one for each unit. */
export function columnsOf(machine: Machine, target: CircuitTarget): readonly Column[] {
  const { at, name } = target;
  switch (at.kind) {
    case 'bank': {
      const unit = machine.circuit.banks.find(({ id }) => id === at.bank)?.unit ?? 'V';
      return units(name, unit, at.size, addressOf(machine.addresses, at.bank) + at.first);
    }
    case 'capacitor':
      return capacitorColumns(machine, target, at.element);
    case 'line':
      return lineColumns(machine, name, at.line);
    case 'elements': {
      const numbers = at.elements.map((element) => machine.circuit.elements.indexOf(element));
      const { power } = suppliesOf(machine.circuit);
      const supplies = numbers.reduce((sum, number) => sum + power[number], 0);
      const read = (_: Float64Array, { energy }: Ledger) =>
        numbers.reduce((sum, number) => sum + energy[2 * number + 1], supplies);
      return [{ name, unit: 'W', read }];
    }
    case 'devices':
      return deviceColumns(machine, target, at);
  }
}

const addressOf = (addresses: ReadonlyMap<string, number>, key: string): number => {
  const address = addresses.get(key);
  if (address === undefined) throw new Error(`Nothing stands for "${key}".`);
  return address;
};

const units = (name: string, unit: string, size: number, first: number): readonly Column[] =>
  Array.from({ length: size }, (_, k) => ({
    name: `${name}[${k}]`,
    unit,
    read: (memory) => memory[first + k],
  }));

type Element = Extract<CircuitTarget['at'], { kind: 'capacitor' }>['element'];

/** Its voltage, or the current that flows into it. */
function capacitorColumns(
  { circuit, addresses, hidden }: Machine,
  { name, quantity }: CircuitTarget,
  element: Element,
): readonly Column[] {
  const places =
    element.kind === 'memory'
      ? [{ address: addressOf(hidden, `${element.id}/next`), size: sizeOf(circuit, element.next) }]
      : element.kind === 'hold'
        ? [{ address: addressOf(addresses, element.output), size: sizeOf(circuit, element.output) }]
        : element.kind === 'multiplexed'
          ? element.slots.flatMap(({ output }) =>
              output.kind === 'nodes'
                ? [{ address: addressOf(addresses, output.bank) + output.first, size: output.size }]
                : [],
            )
          : [];
  const all = places.flatMap(({ address, size }) => Array.from({ length: size }, (_, k) => address + k));
  return all.map((address, k) =>
    quantity === 'voltage'
      ? { name: `${name}[${k}]`, unit: 'V', read: (memory) => memory[address] }
      : { name: `${name}[${k}]`, unit: 'A', read: (_, { charge }) => charge[address] },
  );
}

/** The current that the devices of each bit line give it. */
function lineColumns(
  { circuit, addresses, hidden }: Machine,
  name: string,
  line: Extract<CircuitTarget['at'], { kind: 'line' }>['line'],
): readonly Column[] {
  const crossbar = circuit.crossbars.find(({ id }) => id === line.crossbar);
  const output = addressOf(addresses, line.output);
  const size = line.bitLines.length;
  if (!crossbar || crossbar.design.readout === 'current') return units(name, 'A', size, output);
  const current = addressOf(hidden, `${line.id}/current`);
  if (crossbar.moving) return units(name, 'A', size, current);
  // What stands there is the current into a bit line at 0 V.
  return Array.from({ length: size }, (_, k) => {
    const siemens = line.columnConductance[k] - crossbar.toGround[line.bitLines[k]];
    return {
      name: `${name}[${k}]`,
      unit: 'A',
      read: (memory) => memory[current + k] - siemens * memory[output + k],
    };
  });
}

/** States of the devices on a word line, or what they conduct at `vRead`. */
function deviceColumns(
  { hidden }: Machine,
  { name, quantity }: CircuitTarget,
  { line, crossbar, wordLine }: Extract<CircuitTarget['at'], { kind: 'devices' }>,
): readonly Column[] {
  const { moving, conductance, design, bitLines } = crossbar;
  if (!moving)
    return line.bitLines.flatMap((bitLine, unit) => {
      const siemens = conductance[wordLine * bitLines + bitLine];
      return siemens > 0 ? [{ name: `${name}[${unit}]`, unit: 'S', read: () => siemens }] : [];
    });
  const law = lawOf(moving);
  const first = addressOf(hidden, `${line.id}/devices`);
  const n = law.states.length;
  return devicesOf(line, crossbar).flatMap((device, k) => {
    if (device.wordLine !== wordLine) return [];
    const address = first + k * n;
    if (quantity === 'conductance') {
      const read = conductanceAt(law, address, design.vRead, moving.scale[device.cell]);
      return [{ name: `${name}[${device.unit}]`, unit: 'S', read }];
    }
    return law.states.map((state, j) => ({
      name: stateName(name, law.states, j, device.unit),
      unit: state.unit,
      read: (memory) => memory[address + j],
    }));
  });
}

const conductanceAt =
  (law: Device, address: number, vRead: number, scale: number): Column['read'] =>
  (memory) =>
    (scale * law.current(memory.subarray(address, address + law.states.length), vRead)) / vRead;
