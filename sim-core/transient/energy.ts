import type { Place } from './assembler.ts';
import type { LineProduct } from './instructions.ts';

/** What takes and gives energy in a phase. */
export type Account = CapacitorAccount | LineAccount | DeviceAccount;

/** Capacitors with their leakage, and where they are charged, the resistance to an ideal source. */
interface CapacitorAccount {
  readonly kind: 'capacitor';
  /** Index into `Circuit.elements`. */
  readonly element: number;
  readonly size: number;
  /** Of the capacitors' voltages. */
  readonly address: number;
  readonly leak: Place;
  /** Siemens; undefined where the switch is open. */
  readonly conductance: Place | undefined;
  readonly source: Place;
}

/** The devices of a gate's bit lines, driven by ideal sources at the word lines. */
interface LineAccount {
  readonly kind: 'line';
  readonly element: number;
  readonly size: number;
  readonly product: LineProduct;
  /** Per operand element: the conductance of all its devices on these bit lines. */
  readonly squares: Float64Array;
  /** Address of `Σ G·v` of each bit line. */
  readonly current: number;
  /** Voltage read-out: address of the bit lines' voltages, and the conductance that loads them. */
  readonly voltage: { readonly address: number; readonly conductance: Float64Array } | undefined;
}

/** Bit lines with devices that move, whose instruction leaves its power in the memory. */
interface DeviceAccount {
  readonly kind: 'devices';
  readonly element: number;
  /** Address of the watts that the word lines give, and that turn into heat. */
  readonly power: number;
}

/** What has flown since the beginning. */
export interface Ledger {
  /** Joules of each element: given by sources, turned into heat; two numbers for each. */
  readonly energy: Float64Array;
  /** Coulombs that currents have brought to the capacitor at each state. */
  readonly charge: Float64Array;
}

export const ledger = (elements: number, states: number): Ledger => ({
  energy: new Float64Array(2 * elements),
  charge: new Float64Array(states),
});

export function copyLedger(from: Ledger, to: Ledger): void {
  to.energy.set(from.energy);
  to.charge.set(from.charge);
}

/** Adds what flows in a stage: its power and currents times `seconds`. */
export function account(
  accounts: readonly Account[],
  memory: Float64Array,
  seconds: number,
  into: Ledger,
): void {
  for (const entry of accounts)
    if (entry.kind === 'line') accountLine(entry, memory, seconds, into.energy);
    else if (entry.kind === 'devices') {
      into.energy[2 * entry.element] += seconds * memory[entry.power];
      into.energy[2 * entry.element + 1] += seconds * memory[entry.power + 1];
    } else accountCapacitor(entry, memory, seconds, into);
}

function accountCapacitor(
  { element, size, address, leak, conductance, source }: CapacitorAccount,
  memory: Float64Array,
  seconds: number,
  { energy, charge }: Ledger,
): void {
  let [given, heat] = [0, 0];
  for (let k = 0; k < size; k++) {
    const v = memory[address + k];
    const lost = memory[leak.address + k * leak.stride] * v;
    heat += lost * v;
    charge[address + k] -= seconds * lost;
    if (!conductance) continue;
    const u = memory[source.address + k * source.stride];
    const current = (u - v) * memory[conductance.address + k * conductance.stride];
    given += u * current;
    heat += (u - v) * current;
    charge[address + k] += seconds * current;
  }
  energy[2 * element] += seconds * given;
  energy[2 * element + 1] += seconds * heat;
}

/**
 * A device between +v and the bit line at V takes `G·(v - V)²`, and its source gives `G·v·(v - V)`; summed over the
 * devices at ±v: `Σ G·v² - 2V·Σ ±G·v + V²·Σ G`, and `Σ G·v² - V·Σ ±G·v`.
 */
function accountLine(
  { element, size, product, squares, current, voltage }: LineAccount,
  memory: Float64Array,
  seconds: number,
  energy: Float64Array,
): void {
  let given = 0;
  let at = 0;
  for (const { from, stride, count } of product.groups)
    for (let r = 0; r < count; r++) {
      const v = memory[from + r * stride];
      given += squares[at++] * v * v;
    }
  let heat = given;
  if (voltage)
    for (let k = 0; k < size; k++) {
      const v = memory[voltage.address + k];
      const cross = v * memory[current + k];
      given -= cross;
      heat += v * v * voltage.conductance[k] - 2 * cross;
    }
  energy[2 * element] += seconds * given;
  energy[2 * element + 1] += seconds * heat;
}
