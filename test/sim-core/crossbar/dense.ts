import type { CrossbarCircuit, Drives, Terminal, Wire } from '../../../sim-core/crossbar/circuit.ts';

/** What the oracle finds, in the layout of `CrossbarSolution`; end currents flow into the array. */
export interface DenseSolution {
  readonly wordVoltage: Float64Array;
  readonly bitVoltage: Float64Array;
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
 * that no resistance need be inverted. It shares nothing with the solver but the circuit's description.
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
  const a = Array.from({ length: n }, () => new Float64Array(n + 1));
  for (let k = 0; k < cells; k++) {
    a[k][k] += conductance[k];
    a[k][k + cells] -= conductance[k];
    a[k + cells][k + cells] += conductance[k];
    a[k + cells][k] -= conductance[k];
  }
  // A branch current flows into `from`, out of `to` or a source: source or v_to, less v_from, is R·i.
  branches.forEach(({ from, to, resistance, source }, k) => {
    const row = 2 * cells + k;
    a[from][row] -= 1;
    a[row][from] = 1;
    a[row][row] = resistance;
    if (to === undefined) a[row][n] = source;
    else {
      a[to][row] += 1;
      a[row][to] = -1;
    }
  });
  const x = eliminate(a);
  const currents = (ks: readonly (number | undefined)[]) =>
    ks.map((k) => (k === undefined ? 0 : x[2 * cells + k]));
  return {
    wordVoltage: x.slice(0, cells),
    bitVoltage: x.slice(cells, 2 * cells),
    into: {
      wordLeft: currents(into.wordLeft),
      wordRight: currents(into.wordRight),
      bitTop: currents(into.bitTop),
      bitBottom: currents(into.bitBottom),
    },
  };
}

/** Gaussian elimination with partial pivoting of the augmented matrix `[A | b]`. */
function eliminate(a: Float64Array[]): Float64Array {
  const n = a.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) pivot = i;
    [a[k], a[pivot]] = [a[pivot], a[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = a[i][k] / a[k][k];
      if (factor === 0) continue;
      for (let j = k; j <= n; j++) a[i][j] -= factor * a[k][j];
    }
  }
  const x = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    let sum = a[k][n];
    for (let j = k + 1; j < n; j++) sum -= a[k][j] * x[j];
    x[k] = sum / a[k][k];
  }
  return x;
}
