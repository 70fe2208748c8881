import type { CircuitProbe, Signal } from '../circuit/circuit.ts';
import { columnsOf, flowMeter, isFlow } from './columns.ts';
import { ledger } from './energy.ts';
import type { Integration } from './integrate.ts';
import type { Machine, MachinePhase } from './machine.ts';
import { suppliesOf } from './supplies.ts';
import type { CircuitTarget } from './targets.ts';

/** What a transient gives: columns over one time axis, in SI units. */
export interface Waveforms {
  /** Seconds; an instant at which something jumps stands twice. */
  readonly time: Float64Array;
  readonly columns: readonly Waveform[];
  readonly phases: readonly PhaseInterval[];
  /** Values of every probe at the end of each time step's phase in which it is valid, `[steps][size]`. */
  readonly settled: readonly SettledProbe[];
  readonly energy: EnergyTable;
  readonly charges: readonly ChargeRecord[];
  /** Steps of the integration. */
  readonly steps: number;
}

export interface Waveform {
  /** `rnn.i[0]`. */
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array;
}

export interface PhaseInterval {
  readonly step: number;
  readonly phase: number;
  readonly name: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
}

export interface SettledProbe {
  readonly name: string;
  readonly size: number;
  readonly values: Float64Array;
}

/** Coulombs of one hold capacitor over the whole run. */
export interface ChargeRecord {
  /** The node; `rnn.c (capacitor)[0]`. */
  readonly name: string;
  /** Brought by currents, leakage included; left by opening switches and noise; and by how much more the capacitor holds. */
  readonly delivered: number;
  readonly injected: number;
  readonly stored: number;
}

/** Joules of each element in each phase of each time step; what is stored is in its capacitors at the phase's end. */
export interface EnergyTable {
  /** Names of the elements that take or give energy. */
  readonly elements: readonly string[];
  /** Square metres that their circuits occupy; zero where no block says. */
  readonly areas: Float64Array;
  /** What their circuits take from the supplies while they are on, beside the signals' energy. `[intervals][elements]`. */
  readonly supplies: Float64Array;
  /** `[intervals][elements]`, the intervals being `Waveforms.phases`. */
  readonly supplied: Float64Array;
  readonly dissipated: Float64Array;
  readonly stored: Float64Array;
  /** What opening switches and noise have added. */
  readonly injected: Float64Array;
}

export interface Recorder {
  phase(step: number, phase: number, integration: Integration): void;
  sample(integration: Integration): void;
  settled(step: number, phase: number, integration: Integration): void;
  /** A switch that opens, or noise, leaves a charge on the capacitor at an address. */
  injected(element: number, address: number, charge: number, energy: number): void;
  /** The integration has begun: capacitors hold what they hold. */
  begin(integration: Integration): void;
  /** Two blocks of states change places. */
  swapped(a: number, b: number, count: number): void;
  waveforms(integration: Integration): Waveforms;
}

export function recorder(machine: Machine, targets: readonly CircuitTarget[]): Recorder {
  const { circuit } = machine;
  const recorded = targets.flatMap((target) => columnsOf(machine, target));
  const meterFlows = targets.some(isFlow) ? flowMeter(machine) : undefined;
  const flows = meterFlows?.flows ?? ledger(0, 0);
  let current: MachinePhase | undefined;
  const axis = growing();
  const columns = recorded.map(growing);
  const settled = circuit.probes.map(() => growing());
  const intervals: PhaseInterval[] = [];
  const meter = energyMeter(machine);
  const initial = new Float64Array(machine.states);
  const injected = new Float64Array(machine.states);
  const sample = ({ time, stage: { memory } }: Integration) => {
    axis.push(time);
    if (current) meterFlows?.measure(memory, current);
    for (let k = 0; k < recorded.length; k++) columns[k].push(recorded[k].read(memory, flows));
  };
  return {
    phase(step, phase, integration) {
      const start = integration.time;
      const { name, duration } = circuit.phases[phase];
      intervals.push({ step, phase, name, start, end: start + duration });
      meter.begin(integration);
      current = machine.phases[phase];
      sample(integration);
    },
    sample,
    settled(_step, phase, integration) {
      circuit.probes.forEach((probe, k) => {
        if (probe.phase === phase)
          for (const address of addressesOf(machine, probe))
            settled[k].push(integration.stage.memory[address]);
      });
      meter.end(integration, circuit.phases[phase].duration);
    },
    begin: ({ stage: { memory } }) => initial.set(memory.subarray(0, machine.states)),
    injected(element, address, charge, energy) {
      meter.inject(element, energy);
      injected[address] += charge;
    },
    swapped(a, b, count) {
      swapBlocks(initial, a, b, count);
      swapBlocks(injected, a, b, count);
    },
    waveforms: ({ steps, ledger: { charge }, stage: { memory } }) => ({
      time: axis.values(),
      columns: recorded.map(({ name, unit }, k) => ({ name, unit, values: columns[k].values() })),
      phases: intervals,
      settled: circuit.probes.flatMap(({ name, signal, phase }, k) =>
        phase === undefined || signal.kind === 'fixed'
          ? []
          : [{ name, size: sizeOfSignal(signal), values: settled[k].values() }],
      ),
      energy: meter.table(),
      charges: machine.capacitors
        .filter(({ element }) => circuit.elements[element].kind !== 'line')
        .map(({ address, farads }) => ({
          name: machine.nodes[address].name,
          delivered: charge[address],
          injected: injected[address],
          stored: farads * (memory[address] - initial[address]),
        })),
      steps,
    }),
  };
}

export function swapBlocks(values: Float64Array, a: number, b: number, count: number): void {
  for (let k = 0; k < count; k++) {
    const kept = values[a + k];
    values[a + k] = values[b + k];
    values[b + k] = kept;
  }
}

const sizeOfSignal = (signal: Signal): number => (signal.kind === 'nodes' ? signal.size : 1);

function addressesOf({ addresses }: Machine, { signal }: CircuitProbe): readonly number[] {
  if (signal.kind === 'fixed') return [];
  const first = (addresses.get(signal.bank) ?? 0) + signal.first;
  return Array.from({ length: signal.size }, (_, k) => first + k);
}

/** Splits the energies of the integration into phases, and adds what the capacitors hold. */
function energyMeter({ circuit, capacitors }: Machine) {
  const { power, area } = suppliesOf(circuit);
  const active = circuit.elements.flatMap((element, index) =>
    ['memory', 'hold', 'multiplexed', 'line'].includes(element.kind) || power[index] > 0 || area[index] > 0
      ? [index]
      : [],
  );
  const supplies = growing();
  const supplied = growing();
  const dissipated = growing();
  const stored = growing();
  const injected: number[] = [];
  const before = new Float64Array(2 * circuit.elements.length);
  const held = new Float64Array(circuit.elements.length);
  return {
    begin({ ledger: { energy } }: Integration): void {
      before.set(energy);
    },
    end({ ledger: { energy }, stage: { memory } }: Integration, duration: number): void {
      held.fill(0);
      for (const { address, farads, element } of capacitors)
        held[element] += (farads * memory[address] * memory[address]) / 2;
      for (const element of active) {
        supplied.push(energy[2 * element] - before[2 * element]);
        dissipated.push(energy[2 * element + 1] - before[2 * element + 1]);
        supplies.push(power[element] * duration);
        stored.push(held[element]);
        injected.push(0);
      }
    },
    inject(element: number, energy: number): void {
      injected[injected.length - active.length + active.indexOf(element)] += energy;
    },
    table: (): EnergyTable => ({
      elements: active.map((element) => circuit.elements[element].name),
      areas: Float64Array.from(active, (element) => area[element]),
      supplies: supplies.values(),
      supplied: supplied.values(),
      dissipated: dissipated.values(),
      stored: stored.values(),
      injected: Float64Array.from(injected),
    }),
  };
}

/** Numbers without a known end. */
function growing(): { push(value: number): void; values(): Float64Array } {
  let values = new Float64Array(64);
  let count = 0;
  return {
    push(value) {
      if (count === values.length) {
        const larger = new Float64Array(2 * count);
        larger.set(values);
        values = larger;
      }
      values[count++] = value;
    },
    values: () => values.slice(0, count),
  };
}
