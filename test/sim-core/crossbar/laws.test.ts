import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrossbarCircuit, type Drives, lineEnds } from '../../../sim-core/crossbar/circuit.ts';
import { createArena } from '../../../sim-core/crossbar/compiled-sweeps.ts';
import type { CrossbarSolution } from '../../../sim-core/crossbar/solution.ts';
import { type SolveOptions, solveCrossbar } from '../../../sim-core/crossbar/solve.ts';
import { anyExcited, uniform } from './circuits.ts';
import { currentLawViolation, largestOf, ohmsLawViolation } from './laws.ts';

const solve = (circuit: CrossbarCircuit, drives: Drives, options?: SolveOptions): CrossbarSolution => {
  const solved = solveCrossbar(circuit, drives, options);
  if (!solved.ok) throw new Error(solved.problems[0].message);
  return solved.value;
};

/** N × N, resistances log-uniform from 1 to 100 kilohm unless given, 1 ohm per segment, driven left, sensed below. */
const usual = (n: number, changes: Partial<CrossbarCircuit> = {}): CrossbarCircuit => {
  const random = uniform(n);
  return {
    rows: n,
    columns: n,
    conductance: Float64Array.from({ length: n * n }, (_, k) => 1e-3 * 10 ** (-2 * random(k))),
    wordWire: 1,
    bitWire: 1,
    wordLeft: 0,
    wordRight: Infinity,
    bitTop: Infinity,
    bitBottom: 0,
    ...changes,
  };
};

const volts = (n: number, seed: number) => Float64Array.from({ length: n }, (_, k) => uniform(seed)(k));

const chequered = (n: number) =>
  Float64Array.from({ length: n * n }, (_, k) => ((k + Math.floor(k / n)) % 3 === 0 ? 1e-3 : 1e-8));

const cases: Readonly<Record<string, { readonly circuit: CrossbarCircuit; readonly drives: Drives }>> = {
  'the usual problem': { circuit: usual(96), drives: { wordLeft: volts(96, 1) } },
  'all devices at 1 kilohm with 10 ohm wires': {
    circuit: usual(256, { conductance: new Float64Array(256 * 256).fill(1e-3), wordWire: 10, bitWire: 10 }),
    drives: { wordLeft: volts(256, 2) },
  },
  'word lines driven from both sides, bit lines sensed at both': {
    circuit: usual(64, { wordRight: 5, bitTop: 2, bitBottom: 3, wordLeft: 1 }),
    drives: { wordLeft: volts(64, 3), wordRight: volts(64, 4) },
  },
  'one selected line and a V/2 scheme': {
    circuit: usual(64, { conductance: chequered(64) }),
    drives: {
      wordLeft: new Float64Array(64).fill(0.5).fill(1, 0, 1),
      bitBottom: new Float64Array(64).fill(0.5).fill(0, 0, 1),
    },
  },
  'sneak paths: one word line driven, one bit line grounded, all others floating': {
    circuit: usual(64, {
      conductance: chequered(64),
      wordLeft: new Float64Array(64).fill(Infinity).fill(0, 7, 8),
      bitBottom: new Float64Array(64).fill(Infinity).fill(0, 9, 10),
    }),
    drives: { wordLeft: new Float64Array(64).fill(1, 7, 8) },
  },
  'voltage mode: bit lines loaded by a nanosiemens': {
    circuit: usual(64, { bitBottom: 1e9 }),
    drives: { wordLeft: volts(64, 5) },
  },
  'a stuck-short column': {
    circuit: usual(64, {
      conductance: usual(64).conductance.map((g, k) => (k % 64 === 3 ? 10 : g)),
    }),
    drives: { wordLeft: volts(64, 6) },
  },
  'six decades': {
    circuit: usual(64, {
      conductance: Float64Array.from({ length: 64 * 64 }, (_, k) => 10 ** (-3 - 6 * uniform(9)(k))),
    }),
    drives: { wordLeft: volts(64, 7) },
  },
  'wires worse than the devices': {
    circuit: usual(32, { wordWire: 1e4, bitWire: 1e5 }),
    drives: { wordLeft: volts(32, 12) },
  },
  'six decades on bad wires': {
    circuit: usual(32, {
      conductance: Float64Array.from({ length: 32 * 32 }, (_, k) => 10 ** (-2 - 6 * uniform(13)(k))),
      wordWire: 1e3,
      bitWire: 1e3,
    }),
    drives: { wordLeft: volts(32, 14) },
  },
  'word lines ideal, bit lines not': {
    circuit: usual(50, { wordWire: 0, wordLeft: 20 }),
    drives: { wordLeft: volts(50, 8) },
  },
};

describe('Kirchhoff and Ohm', () => {
  for (const [name, { circuit, drives }] of Object.entries(cases))
    it(`hold everywhere: ${name}`, () => {
      const solution = solve(circuit, drives);
      const amperes = Math.max(largestOf(solution.wordCurrent), largestOf(solution.bitCurrent));
      expect(currentLawViolation(circuit, solution)).toBeLessThanOrEqual(1e-12 * amperes);
      expect(solution.imbalance).toBeLessThanOrEqual(1e-12 * amperes);
      const ohm = ohmsLawViolation(circuit, drives, solution);
      expect(ohm.wires).toBeLessThanOrEqual(2e-12);
      expect(ohm.cells).toBeLessThanOrEqual(1e-12 * amperes);
    });

  it('hold for the currents that node voltages alone imply', () => {
    const { circuit, drives } = cases['the usual problem'];
    const { wordVoltage, bitVoltage } = solve(circuit, drives);
    const n = circuit.rows;
    let violation = 0;
    let largest = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        const left = (j === 0 ? (drives.wordLeft?.[i] ?? 0) : wordVoltage[at - 1]) - wordVoltage[at];
        const right = j === n - 1 ? 0 : wordVoltage[at] - wordVoltage[at + 1];
        const below = bitVoltage[at] - (i === n - 1 ? 0 : bitVoltage[at + n]);
        const above = i === 0 ? 0 : bitVoltage[at - n] - bitVoltage[at];
        const cell = circuit.conductance[at] * (wordVoltage[at] - bitVoltage[at]);
        violation = Math.max(violation, Math.abs(left - right - cell), Math.abs(above - below + cell));
        largest = Math.max(largest, Math.abs(left), Math.abs(below));
      }
    expect(violation).toBeLessThanOrEqual(1e-12 * largest);
  });
});

describe('energy', () => {
  it('is dissipated in cells, wires and terminals as the sources deliver it, in any small circuit', () => {
    fc.assert(
      fc.property(anyExcited, ({ circuit, drives }) => {
        const solved = solveCrossbar(circuit, drives);
        if (!solved.ok) return;
        const { sources, cells, wires, terminals } = solved.value.power;
        const currents = lineEnds.flatMap((end) => [...solved.value.ends[end].current]);
        const scale = cells + wires + terminals + 1e-4 * largestOf(currents);
        expect(Math.abs(sources - cells - wires - terminals)).toBeLessThanOrEqual(1e-9 * scale + 1e-15);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  for (const [name, { circuit, drives }] of Object.entries(cases))
    it(`balances: ${name}`, () => {
      const { sources, cells, wires, terminals } = solve(circuit, drives).power;
      expect(sources / (cells + wires + terminals)).toBeCloseTo(1, 10);
    });
});

describe('a linear network', () => {
  it('superposes', () => {
    const circuit = usual(40, { wordRight: 30, bitTop: 10 });
    const [a, b] = [volts(40, 20), volts(40, 21)];
    const both = solve(circuit, { wordLeft: a.map((v, k) => 2 * v - 3 * b[k]), bitTop: b });
    const first = solve(circuit, { wordLeft: a });
    const second = solve(circuit, { wordLeft: b });
    const third = solve(circuit, { bitTop: b });
    const sum = first.cellCurrent.map((i, k) => 2 * i - 3 * second.cellCurrent[k] + third.cellCurrent[k]);
    const difference = largestOf(both.cellCurrent.map((i, k) => i - sum[k]));
    expect(difference).toBeLessThanOrEqual(1e-12 * largestOf(both.cellCurrent));
  });

  it('is reciprocal', () => {
    const circuit = usual(40, { wordLeft: 3, bitBottom: 7 });
    const one = (line: number) => new Float64Array(40).fill(1, line, line + 1);
    const there = solve(circuit, { wordLeft: one(4) }).ends.bitBottom.current[31];
    const back = -solve(circuit, { bitBottom: one(31) }).ends.wordLeft.current[4];
    expect(Math.abs(there / back - 1)).toBeLessThanOrEqual(1e-11);
  });

  it('gives the same whichever direction is called word line', () => {
    const circuit = usual(30, { columns: 20, conductance: usual(30).conductance.slice(0, 600), wordWire: 3 });
    const turned: CrossbarCircuit = {
      ...circuit,
      rows: 20,
      columns: 30,
      conductance: Float64Array.from(
        { length: 600 },
        (_, k) => circuit.conductance[(k % 30) * 20 + Math.floor(k / 30)],
      ),
      wordWire: 1,
      bitWire: 3,
      wordLeft: Infinity,
      wordRight: 0,
      bitTop: 0,
      bitBottom: Infinity,
    };
    const v = volts(30, 22);
    const straight = solve(circuit, { wordLeft: v }).ends.bitBottom.current;
    const across = solve(turned, { bitTop: v }).ends.wordRight.current;
    expect(largestOf(straight.map((i, k) => i + across[k]))).toBeLessThanOrEqual(1e-12 * largestOf(straight));
  });
});

describe('ideal wires', () => {
  const n = 33;
  const v = volts(n, 30);
  const product = (g: Float64Array) =>
    Float64Array.from({ length: n }, (_, j) => v.reduce((sum, volt, i) => sum + g[i * n + j] * volt, 0));

  for (const wire of [0, 1e-15, 1e-9])
    it(`make the product of the conductance matrix: ${wire} ohm per segment`, () => {
      const circuit = usual(n, { wordWire: wire, bitWire: wire });
      const current = solve(circuit, { wordLeft: v }).ends.bitBottom.current;
      const ideal = product(circuit.conductance);
      const closeness = Math.max(1e-12, wire);
      for (const [j, i] of current.entries())
        expect(Math.abs(i / ideal[j] - 1)).toBeLessThanOrEqual(closeness);
    });

  it('leave a source resistance as it is: the closed form of one voltage divider per line', () => {
    const circuit = usual(n, {
      rows: 1,
      conductance: usual(n).conductance.slice(0, n),
      wordWire: 0,
      bitWire: 0,
    });
    const total = circuit.conductance.reduce((sum, g) => sum + g, 0);
    const current = solve({ ...circuit, wordLeft: 100 }, { wordLeft: Float64Array.of(1) }).ends.bitBottom
      .current;
    for (const [j, i] of current.entries())
      expect(i / (circuit.conductance[j] / (1 + 100 * total))).toBeCloseTo(1, 13);
  });

  it('read out voltages as weighted means, with their load', () => {
    const circuit = usual(n, { wordWire: 0, bitWire: 0 });
    for (const load of [0, 1e-4]) {
      const loaded = { ...circuit, bitBottom: 1 / load };
      const voltage = solve(loaded, { wordLeft: v }).ends.bitBottom.voltage;
      const currents = product(circuit.conductance);
      for (const [j, out] of voltage.entries()) {
        let sum = load;
        for (let i = 0; i < n; i++) sum += circuit.conductance[i * n + j];
        expect(out / (currents[j] / sum)).toBeCloseTo(1, 11);
      }
    }
  });
});

describe('the plain and the WebAssembly sweeps', () => {
  it('are both there', () => {
    expect(createArena()).toBeDefined();
  });

  for (const [name, { circuit, drives }] of Object.entries(cases).filter(
    ([, { circuit }]) => circuit.rows < 100,
  ))
    it(`give the same bits: ${name}`, () => {
      const wasm = solve(circuit, drives);
      const plain = solve(circuit, drives, { kernels: 'plain' });
      expect(plain).toEqual(wasm);
    });
});
