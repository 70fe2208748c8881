import { add, type DoubleDouble, divide, scale, subtract, sumOf, zero } from '../math/double-double.ts';
import { type Chains, firstResistance, lastResistance, segment } from './chains.ts';
import type { LineCurrents } from './ends.ts';

/** What leaves the lines of one direction at their nodes, and what holds them at their ends. */
export interface Load {
  readonly chains: Chains;
  /** Current that each cell takes out of its line, times `sign`, `[rows][columns]`. */
  readonly ofCell: Precise;
  readonly sign: 1 | -1;
  /** Current in ampere into the nodes, `[rows][columns]`. */
  readonly injected?: Float64Array;
  readonly drives: { readonly first?: Float64Array; readonly last?: Float64Array };
  /** 1 for lines whose voltage is kept, since their cells hold it rather than their ends. */
  readonly isKept: Uint8Array;
  /** Voltages of the first nodes of such lines. */
  readonly base: Precise;
}

/** Numbers in double-double. */
export interface Precise {
  readonly hi: Float64Array;
  readonly lo: Float64Array;
}

/** The same numbers to double-double. */
export const preciselyFrom = (hi: Float64Array): Precise => ({
  hi: hi.slice(),
  lo: new Float64Array(hi.length),
});

/** Adds to each. */
export const raiseAll = ({ hi, lo }: Precise, by: Float64Array): void => {
  for (let k = 0; k < by.length; k++) {
    const sum = add({ hi: hi[k], lo: lo[k] }, { hi: by[k], lo: 0 });
    hi[k] = sum.hi;
    lo[k] = sum.lo;
  }
};

const precise = (length: number): Precise => ({
  hi: new Float64Array(length),
  lo: new Float64Array(length),
});

/** Lines on which Kirchhoff's and Ohm's laws hold to double-double. */
export interface Followed extends LineCurrents {
  /** Voltages of the nodes, `[rows][columns]`. */
  readonly voltage: Precise;
  /** How much more than comes leaves each line whose voltage is kept, at its last node, in ampere. */
  readonly excess: Float64Array;
}

/** The currents and voltages along lines whose cells' currents are given. */
export const followLines = (load: Load): Followed => {
  const { lines, nodes } = load.chains;
  const followed: Followed = {
    first: new Float64Array(lines),
    last: new Float64Array(lines),
    segments: new Float64Array(lines * (nodes + 1)),
    voltage: precise(lines * nodes),
    excess: new Float64Array(lines),
  };
  const taken = precise(nodes + 1);
  for (let line = 0; line < lines; line++) followLine(load, line, taken, followed);
  return followed;
};

const followLine = (load: Load, line: number, taken: Precise, into: Followed): void => {
  const { chains, base } = load;
  const { nodes } = chains;
  takeFrom(load, line, taken);
  const put = ({ hi, lo }: DoubleDouble, node: number) => {
    const cell = line * chains.cell.ofLine + node * chains.cell.ofNode;
    into.voltage.hi[cell] = hi;
    into.voltage.lo[cell] = lo;
  };
  const before = firstResistance(chains, line);
  const behind = lastResistance(chains, line);
  const isKept = load.isKept[line] === 1;
  const first = isKept
    ? ohmic(subtract(sourceOf(load.drives.first, line), read(base, line)), before)
    : firstCurrent(load, line, taken);
  const current = (k: number) => subtract(first, read(taken, k));
  let last = current(nodes);
  if (isKept || before < Infinity) {
    let voltage = isKept
      ? read(base, line)
      : subtract(sourceOf(load.drives.first, line), scale(first, before));
    put(voltage, 0);
    for (let node = 1; node < nodes; node++) {
      voltage = subtract(voltage, scale(current(node), segment(chains, line, node)));
      put(voltage, node);
    }
    if (isKept) {
      const found = last;
      last = ohmic(subtract(voltage, sourceOf(load.drives.last, line)), behind);
      into.excess[line] = subtract(last, found).hi;
    }
  } else {
    let voltage = add(sourceOf(load.drives.last, line), scale(last, behind));
    put(voltage, nodes - 1);
    for (let node = nodes - 1; node > 0; node--) {
      voltage = add(voltage, scale(current(node), segment(chains, line, node)));
      put(voltage, node - 1);
    }
  }
  const from = line * (nodes + 1);
  for (let k = 0; k < nodes; k++) into.segments[from + k] = current(k).hi;
  into.segments[from + nodes] = last.hi;
  into.first[line] = first.hi;
  into.last[line] = 0 - last.hi;
};

const ohmic = (drop: DoubleDouble, resistance: number): DoubleDouble =>
  resistance === Infinity ? zero : divide(drop, { hi: resistance, lo: 0 });

/** The current into the first end of a line whose ends hold it. */
const firstCurrent = (load: Load, line: number, taken: Precise): DoubleDouble => {
  if (firstResistance(load.chains, line) === Infinity) return zero;
  if (lastResistance(load.chains, line) === Infinity) return read(taken, load.chains.nodes);
  return fromVoltages(load, line, taken);
};

const read = ({ hi, lo }: Precise, k: number): DoubleDouble => ({ hi: hi[k], lo: lo[k] });

const sourceOf = (voltages: Float64Array | undefined, line: number): DoubleDouble => ({
  hi: voltages?.[line] ?? 0,
  lo: 0,
});

/** What the nodes before each segment take together. */
const takeFrom = ({ chains, ofCell, sign, injected }: Load, line: number, taken: Precise): void => {
  let sum = zero;
  for (let node = 0; node < chains.nodes; node++) {
    const cell = line * chains.cell.ofLine + node * chains.cell.ofNode;
    sum = add(sum, { hi: sign * ofCell.hi[cell], lo: sign * ofCell.lo[cell] });
    if (injected) sum = add(sum, { hi: -injected[cell], lo: 0 });
    taken.hi[node + 1] = sum.hi;
    taken.lo[node + 1] = sum.lo;
  }
};

/** The current into a line's first end that Kirchhoff's voltage law asks for, from source to source. */
const fromVoltages = ({ chains, drives }: Load, line: number, taken: Precise): DoubleDouble => {
  const { nodes } = chains;
  let drop = subtract(sourceOf(drives.first, line), sourceOf(drives.last, line));
  let whole = zero;
  for (let k = 0; k <= nodes; k++) {
    const resistance =
      k === 0
        ? firstResistance(chains, line)
        : k === nodes
          ? lastResistance(chains, line)
          : segment(chains, line, k);
    drop = add(drop, scale(read(taken, k), resistance));
    whole = add(whole, { hi: resistance, lo: 0 });
  }
  return divide(drop, whole);
};

/** a − b, rounded once. */
export const differenceAt = (a: Precise, b: Precise, k: number): DoubleDouble =>
  add(sumOf(a.hi[k], -b.hi[k]), sumOf(a.lo[k], -b.lo[k]));
