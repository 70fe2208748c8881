import type { CrossbarCircuit, Drives } from '../../../sim-core/crossbar/circuit.ts';
import type { CrossbarSolution } from '../../../sim-core/crossbar/solution.ts';

export const largestOf = (values: Iterable<number>): number => {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
};

/** Largest sum of currents at any node. */
export function currentLawViolation({ rows, columns }: CrossbarCircuit, solution: CrossbarSolution): number {
  const { wordCurrent, bitCurrent, cellCurrent } = solution;
  let most = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const cell = cellCurrent[i * columns + j];
      const word = i * (columns + 1) + j;
      const bit = j * (rows + 1) + i;
      most = Math.max(most, Math.abs(wordCurrent[word] - wordCurrent[word + 1] - cell));
      most = Math.max(most, Math.abs(bitCurrent[bit] - bitCurrent[bit + 1] + cell));
    }
  return most;
}

/** Largest deviation from Ohm's law, in volt, over segments between nodes and across terminals, and over cells. */
export function ohmsLawViolation(
  circuit: CrossbarCircuit,
  drives: Drives,
  solution: CrossbarSolution,
): { readonly wires: number; readonly cells: number } {
  const { rows, columns, conductance } = circuit;
  const { wordVoltage, bitVoltage, wordCurrent, bitCurrent, cellCurrent } = solution;
  const resistance = (wire: number | Float64Array, k: number) => (typeof wire === 'number' ? wire : wire[k]);
  let wires = 0;
  const check = (from: number, to: number, drop: number) => {
    wires = Math.max(wires, Math.abs(from - to - drop));
  };
  const terminal = (end: 'wordLeft' | 'wordRight' | 'bitTop' | 'bitBottom', line: number) => {
    const r = circuit[end];
    return { r: typeof r === 'number' ? r : r[line], v: drives[end]?.[line] ?? 0 };
  };
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k <= columns; k++) {
      const at = i * (columns + 1) + k;
      const [left, right] = [terminal('wordLeft', i), terminal('wordRight', i)];
      const r = resistance(circuit.wordWire, at) + (k === 0 ? left.r : 0) + (k === columns ? right.r : 0);
      if (r === Infinity) continue;
      const from = k === 0 ? left.v : wordVoltage[i * columns + k - 1];
      const to = k === columns ? right.v : wordVoltage[i * columns + k];
      check(from, to, r * wordCurrent[at]);
    }
  }
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k <= rows; k++) {
      const at = j * (rows + 1) + k;
      const [top, bottom] = [terminal('bitTop', j), terminal('bitBottom', j)];
      const r = resistance(circuit.bitWire, at) + (k === 0 ? top.r : 0) + (k === rows ? bottom.r : 0);
      if (r === Infinity) continue;
      const from = k === 0 ? top.v : bitVoltage[(k - 1) * columns + j];
      const to = k === rows ? bottom.v : bitVoltage[k * columns + j];
      check(from, to, r * bitCurrent[at]);
    }
  }
  const cells = largestOf(
    cellCurrent.map((i, cell) => i - conductance[cell] * (wordVoltage[cell] - bitVoltage[cell])),
  );
  return { wires, cells };
}
