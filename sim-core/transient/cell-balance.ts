import type { CrossbarCircuit } from '../crossbar/circuit.ts';
import { layNetwork, type Network, setConductance } from '../crossbar/network.ts';
import { findState } from '../crossbar/state.ts';
import type { Outcome } from '../design/problem.ts';
import { voltageAt } from '../devices/waveform.ts';
import type { DynamicCrossbar } from './dynamic-crossbar.ts';

/** Kirchhoff's law, and the devices' laws, hold to this fraction of the largest current. */
const accuracy = 1e-9;

/**
 * Finds the voltage across every device of an array at given states, from one instant to the next. Where the drop along
 * the wires is small against the drives, following it settles within a few sweeps. Otherwise a device counts as the chord of its curve through the voltage before; where its current then is off the chord at the new voltage, Newton's
 * method with its tangents follows. Linear devices need one solution of the array.
 *
 * @param states of each device; read at every solution.
 */
export function cellBalance(crossbar: DynamicCrossbar, states: readonly Float64Array[]) {
  const { wires, devices, drives } = crossbar;
  const cells = devices.length;
  const voltage = new Float64Array(cells).fill(1e-3);
  const before = new Float64Array(cells);
  const current = new Float64Array(cells);
  const conductance = new Float64Array(cells);
  const source = new Float64Array(cells);
  const left = new Float64Array(wires.rows);
  const target = new Float64Array(cells);
  let bits: Float64Array = new Float64Array(cells);
  let segment = 0;
  let network: Network | undefined;
  const effort = { tolerance: accuracy / 10, iterations: 1000 + 10 * cells };
  let count = 0;
  let failed: Outcome<never> | undefined;

  const at = (cell: number, v: number) => devices[cell].current(states[cell], v);
  const chord = (cell: number) => {
    // At 0 V the chord is the slope there.
    const v = Math.abs(voltage[cell]) > 1e-6 ? voltage[cell] : 1e-6;
    conductance[cell] = at(cell, v) / v;
    source[cell] = 0;
  };
  const tangent = (cell: number) => {
    const v = voltage[cell];
    const step = 1e-6 * Math.max(Math.abs(v), 1e-3);
    const i = at(cell, v);
    conductance[cell] = Math.max((at(cell, v + step) - i) / step, 1e-18);
    source[cell] = i - conductance[cell] * v;
  };
  /** Solves the array as it is linearised; the largest current by which a device is off its law. */
  const solve = (withSource: boolean): number => {
    count++;
    const circuit: CrossbarCircuit = {
      ...wires,
      conductance,
      wordRight: Number.POSITIVE_INFINITY,
      bitTop: Number.POSITIVE_INFINITY,
    };
    if (network) setConductance(network, conductance);
    else network = layNetwork(circuit, 'auto');
    const cellSource = withSource ? source : undefined;
    const excitation = { drives: { wordLeft: left }, ...(cellSource ? { cellSource } : {}) };
    const state = findState(network, excitation, effort, bits);
    if (!state.ok) {
      failed ??= state;
      return 0;
    }
    const words = state.value.wordVoltage;
    bits = state.value.bitVoltage;
    let off = 0;
    for (let cell = 0; cell < cells; cell++) {
      voltage[cell] = words[cell] - bits[cell];
      current[cell] = at(cell, voltage[cell]);
      off = Math.max(off, Math.abs(current[cell] - conductance[cell] * voltage[cell] - source[cell]));
    }
    return off;
  };
  const resistances = lineResistances(wires);
  /** Follows the drop along the wires from the currents before; how far the last voltages moved, in volts. */
  const follow = (): number => {
    let moved = 0;
    wireVoltages(wires, resistances, left, current, target);
    for (let cell = 0; cell < cells; cell++) {
      moved = Math.max(moved, Math.abs(target[cell] - voltage[cell]));
      voltage[cell] = target[cell];
      current[cell] = at(cell, target[cell]);
    }
    return moved;
  };
  /** True where following the drop settles, as it does where wires are far better than devices. */
  const settles = (): boolean => {
    count++;
    for (let cell = 0; cell < cells; cell++) current[cell] = at(cell, voltage[cell]);
    let swing = 1e-6;
    for (const v of left) swing = Math.max(swing, Math.abs(v));
    let before = Number.POSITIVE_INFINITY;
    for (let sweep = 0; sweep < 25; sweep++) {
      const moved = follow();
      if (moved <= accuracy * swing) return true;
      // The first sweep follows the drives, the others must contract.
      if (sweep > 1 && !(moved < before / 2)) return false;
      before = moved;
    }
    return false;
  };
  const largest = () => {
    let most = Number.MIN_VALUE;
    for (const i of current) most = Math.max(most, Math.abs(i));
    return most;
  };
  return {
    /** Takes the drives' segment of this number. */
    drive(number: number): void {
      segment = number;
    },
    /** Voltages across the devices at a time within the segment; they hold until the next call. */
    solve(time: number): Float64Array {
      for (let row = 0; row < left.length; row++) left[row] = voltageAt(drives[row].segments[segment], time);
      before.set(voltage);
      if (settles()) return voltage;
      // What has not contracted is no place to start from.
      voltage.set(before);
      for (let cell = 0; cell < cells; cell++) chord(cell);
      let off = solve(false);
      for (let newton = 0; newton < 30 && off > accuracy * largest(); newton++) {
        for (let cell = 0; cell < cells; cell++) tangent(cell);
        off = solve(true);
      }
      return voltage;
    },
    /** Currents through the devices after the last solution. */
    currents: (): Float64Array => current,
    solutions: (): number => count,
    /** Why the array could not be solved at some instant. */
    failed: (): Outcome<never> | undefined => failed,
  };
}

/** Ohms of each segment, the terminal's in the first of a word line and in the last of a bit line. */
interface LineResistances {
  /** `[rows][columns]`: from the source or the cell before to each cell. */
  readonly word: Float64Array;
  /** `[rows][columns]`: from each cell to the one below, or to ground. */
  readonly bit: Float64Array;
}

function lineResistances({
  rows,
  columns,
  wordWire,
  bitWire,
  wordLeft,
  bitBottom,
}: DynamicCrossbar['wires']): LineResistances {
  const of = (values: number | Float64Array, k: number) => (typeof values === 'number' ? values : values[k]);
  const word = new Float64Array(rows * columns);
  const bit = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      word[r * columns + c] = of(wordWire, r * (columns + 1) + c) + (c === 0 ? of(wordLeft, r) : 0);
      bit[r * columns + c] = of(bitWire, c * (rows + 1) + r + 1) + (r === rows - 1 ? of(bitBottom, c) : 0);
    }
  return { word, bit };
}

/** Voltages across the cells that given cell currents leave: a line's current is the sum of what lies beyond. */
function wireVoltages(
  { rows, columns }: DynamicCrossbar['wires'],
  { word, bit }: LineResistances,
  left: Float64Array,
  current: Float64Array,
  into: Float64Array,
): void {
  for (let r = 0; r < rows; r++) {
    let flow = 0;
    for (let c = 0; c < columns; c++) flow += current[r * columns + c];
    let node = left[r];
    for (let c = 0, cell = r * columns; c < columns; c++, cell++) {
      node -= word[cell] * flow;
      into[cell] = node;
      flow -= current[cell];
    }
  }
  for (let c = 0; c < columns; c++) {
    let flow = 0;
    for (let r = 0; r < rows; r++) flow += current[r * columns + c];
    let node = 0;
    for (let r = rows - 1, cell = r * columns + c; r >= 0; r--, cell -= columns) {
      node += bit[cell] * flow;
      into[cell] -= node;
      flow -= current[cell];
    }
  }
}
