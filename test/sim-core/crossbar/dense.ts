import type { CrossbarCircuit, Drives, Terminal, Wire } from '../../../sim-core/crossbar/circuit.ts';
import { type Double, double, minus, over, plus, round, times, zero } from './double-double.ts';

/** What the oracle finds, in the layout of `CrossbarSolution`; end currents flow into the array. */
export interface DenseSolution {
  readonly wordVoltage: Float64Array;
  readonly bitVoltage: Float64Array;
  readonly cellCurrent: Float64Array;
  readonly into: {
    readonly wordLeft: number[];
    readonly wordRight: number[];
    readonly bitTop: number[];
    readonly bitBottom: number[];
  };
}

interface Branch {
  readonly from: number;
  readonly to: number | undefined;
  readonly resistance: number;
  readonly source: number;
}

/**
 * Modified nodal analysis by Gaussian elimination: unknowns are all node voltages and all currents through wires, so
 * that no resistance need be inverted, in double-double, so that it is exact to the last digit of what is compared. It shares nothing with the solver but the circuit's description.
 */
export function solveDense(circuit: CrossbarCircuit, drives: Drives): DenseSolution {
  const { rows, columns, conductance } = circuit;
  const cells = rows * columns;
  const word = (i: number, j: number) => i * columns + j;
  const bit = (i: number, j: number) => cells + i * columns + j;
  const branches: Branch[] = [];
  const into = { wordLeft: [], wordRight: [], bitTop: [], bitBottom: [] } as Record<
    'wordLeft' | 'wordRight' | 'bitTop' | 'bitBottom',
    (number | undefined)[]
  >;
  const wire = (w: Wire, line: number, nodes: number, k: number) =>
    typeof w === 'number' ? w : w[line * (nodes + 1) + k];
  const terminal = (t: Terminal, line: number) => (typeof t === 'number' ? t : t[line]);
  const end = (name: keyof typeof into, line: number, node: number, segment: number) => {
    const resistance = terminal(circuit[name], line) + segment;
    into[name].push(resistance < Infinity ? branches.length : undefined);
    if (resistance < Infinity)
      branches.push({ from: node, to: undefined, resistance, source: drives[name]?.[line] ?? 0 });
  };
  for (let i = 0; i < rows; i++) {
    end('wordLeft', i, word(i, 0), wire(circuit.wordWire, i, columns, 0));
    end('wordRight', i, word(i, columns - 1), wire(circuit.wordWire, i, columns, columns));
    for (let j = 1; j < columns; j++)
      branches.push({
        from: word(i, j),
        to: word(i, j - 1),
        resistance: wire(circuit.wordWire, i, columns, j),
        source: 0,
      });
  }
  for (let j = 0; j < columns; j++) {
    end('bitTop', j, bit(0, j), wire(circuit.bitWire, j, rows, 0));
    end('bitBottom', j, bit(rows - 1, j), wire(circuit.bitWire, j, rows, rows));
    for (let i = 1; i < rows; i++)
      branches.push({
        from: bit(i, j),
        to: bit(i - 1, j),
        resistance: wire(circuit.bitWire, j, rows, i),
        source: 0,
      });
  }
  const n = 2 * cells + branches.length;
  const a = Array.from({ length: n }, () => new Array<Double>(n + 1).fill(zero));
  const add = (row: number, column: number, value: number) => {
    a[row][column] = plus(a[row][column], double(value));
  };
  for (let k = 0; k < cells; k++) {
    add(k, k, conductance[k]);
    add(k, k + cells, -conductance[k]);
    add(k + cells, k + cells, conductance[k]);
    add(k + cells, k, -conductance[k]);
  }
  // A branch current flows into `from`, out of `to` or a source: source or v_to, less v_from, is R·i.
  branches.forEach(({ from, to, resistance, source }, k) => {
    const row = 2 * cells + k;
    add(from, row, -1);
    add(row, from, 1);
    add(row, row, resistance);
    if (to === undefined) add(row, n, source);
    else {
      add(to, row, 1);
      add(row, to, -1);
    }
  });
  const x = eliminate(a);
  const currents = (ks: readonly (number | undefined)[]) =>
    ks.map((k) => (k === undefined ? 0 : round(x[2 * cells + k])));
  return {
    wordVoltage: Float64Array.from(x.slice(0, cells), round),
    bitVoltage: Float64Array.from(x.slice(cells, 2 * cells), round),
    cellCurrent: Float64Array.from(conductance, (g, k) => round(times(double(g), minus(x[k], x[cells + k])))),
    into: {
      wordLeft: currents(into.wordLeft),
      wordRight: currents(into.wordRight),
      bitTop: currents(into.bitTop),
      bitBottom: currents(into.bitBottom),
    },
  };
}

/**
 * Gaussian elimination of the augmented matrix `[A | b]`, in double-double, with rows scaled to one and partial
 * pivoting.
 */
function eliminate(a: Double[][]): Double[] {
  const n = a.length;
  for (const row of a) {
    const largest = row.slice(0, n).reduce((most, { hi }) => Math.max(most, Math.abs(hi)), 0);
    // A power of two, which scales without rounding.
    const scale = double(2 ** -Math.round(Math.log2(largest)));
    for (let j = 0; j <= n; j++) row[j] = times(row[j], scale);
  }
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i][k].hi) > Math.abs(a[pivot][k].hi)) pivot = i;
    [a[k], a[pivot]] = [a[pivot], a[k]];
    for (let i = k + 1; i < n; i++) {
      if (a[i][k].hi === 0) continue;
      const factor = over(a[i][k], a[k][k]);
      for (let j = k; j <= n; j++) if (a[k][j].hi !== 0) a[i][j] = minus(a[i][j], times(factor, a[k][j]));
    }
  }
  const x = new Array<Double>(n).fill(zero);
  for (let k = n - 1; k >= 0; k--) {
    let sum = a[k][n];
    for (let j = k + 1; j < n; j++) if (a[k][j].hi !== 0) sum = minus(sum, times(a[k][j], x[j]));
    x[k] = over(sum, a[k][k]);
  }
  return x;
}
