import { sigmoid, tanh } from '../math/elementary.ts';
import { binaryFunctions, unaryFunctions } from '../program/elementwise.ts';

/** Instructions of a phase: {@link width} numbers each, addresses into one memory of float64. */
export type Code = Int32Array;

/** op, count, destination, then three operands of address and stride; a stride of 0 repeats one value. */
export const width = 9;

/** Operations on vectors, `destination[k] = op(a[k], b[k], c[k])`. */
export const op = {
  copy: 0,
  add: 1,
  subtract: 2,
  multiply: 3,
  divide: 4,
  minimum: 5,
  maximum: 6,
  clamp: 7,
  negate: 8,
  sigmoid: 9,
  tanh: 10,
  /** A function of the tables: its number is the stride of c. */
  unary: 11,
  binary: 12,
  /** A state after one pole: a the target, b the time constant, c the slew rate. */
  relax: 13,
  /** A capacitor at a voltage a through b = 1/(R·C), with c = G/C to ground; an infinite b makes it follow at once. */
  charge: 14,
  /** Capacitors that lose c = G/C to ground. */
  droop: 15,
  /** A state that stays. */
  rest: 16,
  /** Products of bit lines, by the number in a's address. */
  lines: 17,
  /** Devices that move, and their bit lines, by the number in a's address. */
  devices: 18,
} as const;

export const unaryNames = Object.keys(unaryFunctions) as (keyof typeof unaryFunctions)[];
export const binaryNames = Object.keys(binaryFunctions) as (keyof typeof binaryFunctions)[];
const unaryTable = unaryNames.map((name) => unaryFunctions[name]);
const binaryTable = binaryNames.map((name) => binaryFunctions[name]);

/** The sum over word lines of conductance times voltage, for the bit lines of one gate. */
export interface LineProduct {
  /** Voltages of row groups: address, stride and count. */
  readonly groups: readonly { readonly from: number; readonly stride: number; readonly count: number }[];
  /** Siemens per operand element and unit, `[elements of all groups][units]`; pairs of word lines taken together. */
  readonly matrix: Float64Array;
}

/**
 * One stage of an implicit step: states come first in the memory. A state x with the rate f takes the value that
 * solves `x = base + reach·f(x)`, in closed form, because all that f depends on is above it. With `reach` 0 the states
 * stay as they are and `rates` receives f.
 */
export interface Stage {
  readonly memory: Float64Array;
  readonly base: Float64Array;
  readonly rates: Float64Array;
  readonly lines: readonly LineProduct[];
  readonly devices: readonly ((stage: Stage) => void)[];
  reach: number;
}

export function execute(code: Code, stage: Stage): void {
  const { memory } = stage;
  for (let at = 0; at < code.length; at += width) {
    const n = code[at + 1];
    const to = code[at + 2];
    let a = code[at + 3];
    const da = code[at + 4];
    let b = code[at + 5];
    const db = code[at + 6];
    let c = code[at + 7];
    const dc = code[at + 8];
    switch (code[at]) {
      case op.copy:
        for (let k = 0; k < n; k++, a += da) memory[to + k] = memory[a];
        break;
      case op.add:
        for (let k = 0; k < n; k++, a += da, b += db) memory[to + k] = memory[a] + memory[b];
        break;
      case op.subtract:
        for (let k = 0; k < n; k++, a += da, b += db) memory[to + k] = memory[a] - memory[b];
        break;
      case op.multiply:
        for (let k = 0; k < n; k++, a += da, b += db) memory[to + k] = memory[a] * memory[b];
        break;
      case op.divide:
        for (let k = 0; k < n; k++, a += da, b += db) memory[to + k] = memory[a] / memory[b];
        break;
      case op.minimum:
        for (let k = 0; k < n; k++, a += da, b += db) memory[to + k] = Math.min(memory[a], memory[b]);
        break;
      case op.maximum:
        for (let k = 0; k < n; k++, a += da, b += db) memory[to + k] = Math.max(memory[a], memory[b]);
        break;
      case op.clamp:
        for (let k = 0; k < n; k++, a += da, b += db, c += dc) {
          memory[to + k] = Math.min(Math.max(memory[a], memory[b]), memory[c]);
        }
        break;
      case op.negate:
        for (let k = 0; k < n; k++, a += da) memory[to + k] = -memory[a];
        break;
      case op.sigmoid:
        for (let k = 0; k < n; k++, a += da) memory[to + k] = sigmoid(memory[a]);
        break;
      case op.tanh:
        for (let k = 0; k < n; k++, a += da) memory[to + k] = tanh(memory[a]);
        break;
      case op.unary:
        for (let k = 0; k < n; k++, a += da) memory[to + k] = unaryTable[dc](memory[a]);
        break;
      case op.binary:
        for (let k = 0; k < n; k++, a += da, b += db) memory[to + k] = binaryTable[dc](memory[a], memory[b]);
        break;
      case op.relax:
        relax(stage, n, to, a, da, b, db, c, dc);
        break;
      case op.charge:
        charge(stage, n, to, a, da, b, db, c, dc);
        break;
      case op.droop:
        droop(stage, n, to, c, dc);
        break;
      case op.rest:
        rest(stage, n, to);
        break;
      case op.lines:
        multiply(memory, stage.lines[a], n, to);
        break;
      case op.devices:
        stage.devices[a](stage);
        break;
    }
  }
}

/** `f = clamp((target - x)/τ, ± slew)`: without slewing linear, with it a constant; monotone, so the one or the other holds. */
function relax(
  { memory, base, rates, reach }: Stage,
  n: number,
  to: number,
  target: number,
  dTarget: number,
  constant: number,
  dConstant: number,
  slew: number,
  dSlew: number,
): void {
  for (let k = 0; k < n; k++, target += dTarget, constant += dConstant, slew += dSlew) {
    const tau = memory[constant];
    const limit = memory[slew];
    if (reach === 0) {
      const rate = (memory[target] - memory[to + k]) / tau;
      rates[to + k] = Math.min(limit, Math.max(rate, -limit));
      continue;
    }
    const from = base[to + k];
    const x = (from * tau + reach * memory[target]) / (tau + reach);
    const most = reach * limit;
    memory[to + k] = x - from > most ? from + most : from - x > most ? from - most : x;
  }
}

function charge(
  { memory, base, rates, reach }: Stage,
  n: number,
  to: number,
  source: number,
  dSource: number,
  speed: number,
  dSpeed: number,
  loss: number,
  dLoss: number,
): void {
  for (let k = 0; k < n; k++, source += dSource, speed += dSpeed, loss += dLoss) {
    const fast = memory[speed];
    const leak = memory[loss];
    const u = memory[source];
    if (fast === Infinity) {
      memory[to + k] = u;
      base[to + k] = u;
      rates[to + k] = 0;
    } else if (reach === 0) rates[to + k] = (u - memory[to + k]) * fast - memory[to + k] * leak;
    else memory[to + k] = (base[to + k] + reach * fast * u) / (1 + reach * (fast + leak));
  }
}

function droop(
  { memory, base, rates, reach }: Stage,
  n: number,
  to: number,
  loss: number,
  dLoss: number,
): void {
  for (let k = 0; k < n; k++, loss += dLoss) {
    if (reach === 0) rates[to + k] = -memory[to + k] * memory[loss];
    else memory[to + k] = base[to + k] / (1 + reach * memory[loss]);
  }
}

function rest({ memory, base, rates, reach }: Stage, n: number, to: number): void {
  for (let k = 0; k < n; k++) {
    if (reach === 0) rates[to + k] = 0;
    else memory[to + k] = base[to + k];
  }
}

function multiply(memory: Float64Array, { groups, matrix }: LineProduct, n: number, to: number): void {
  for (let k = 0; k < n; k++) memory[to + k] = 0;
  let at = 0;
  for (const { from, stride, count } of groups) {
    for (let r = 0, address = from; r < count; r++, address += stride) {
      const voltage = memory[address];
      for (let k = 0; k < n; k++) memory[to + k] += matrix[at++] * voltage;
    }
  }
}
