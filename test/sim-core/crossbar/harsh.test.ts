import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CrossbarCircuit, type Drives, lineEnds } from '../../../sim-core/crossbar/circuit.ts';
import { crossbarOutputs } from '../../../sim-core/crossbar/outputs.ts';
import type { CrossbarSolution } from '../../../sim-core/crossbar/solution.ts';
import { solveCrossbar } from '../../../sim-core/crossbar/solve.ts';
import { harshExcited, uniform } from './circuits.ts';
import { solveDense } from './dense.ts';
import { currentLawViolation, largestOf, ohmsLawViolation } from './laws.ts';

describe('circuits whose currents are decades apart, or decades below what their voltages could drive', () => {
  it('obey Kirchhoff and agree with elimination in double-double, at every end of every line', () => {
    let solved = 0;
    fc.assert(
      fc.property(harshExcited, ({ circuit, drives }) => {
        const found = solveCrossbar(circuit, drives);
        if (!found.ok) {
          const codes = found.problems.map(({ code }) => code);
          expect(['crossbar.floating-line', 'crossbar.shorted-ends']).toEqual(expect.arrayContaining(codes));
          return;
        }
        const oracle = solveDense(circuit, drives);
        const exact = largestOf([...lineEnds.flatMap((end) => oracle.into[end]), ...oracle.cellCurrent]);
        // Where every source is at the same voltage, the currents are nothing, and so is the oracle's rounding.
        const volts = largestOf(lineEnds.flatMap((end) => [...(drives[end] ?? [])]));
        if (exact <= 1e-28 * volts * largestOf(circuit.conductance)) {
          expect(largestOf(found.value.cellCurrent)).toBeLessThanOrEqual(
            1e-22 * volts * largestOf(circuit.conductance),
          );
          return;
        }
        solved++;
        expect(currentLawViolation(circuit, found.value)).toBeLessThanOrEqual(4e-13 * exact);
        const cells = found.value.cellCurrent.map((i, cell) => i - oracle.cellCurrent[cell]);
        expect(largestOf(cells)).toBeLessThanOrEqual(1e-12 * exact);
        for (const end of lineEnds) {
          const sign = end.startsWith('word') ? 1 : -1;
          for (const [line, into] of oracle.into[end].entries())
            expect(Math.abs(sign * into - found.value.ends[end].current[line])).toBeLessThanOrEqual(
              1e-9 * Math.abs(into) + 1e-19 * exact,
            );
        }
      }),
      { seed: 5, numRuns: 4000 },
    );
    expect(solved).toBeGreaterThan(2000);
  });

  const random = uniform(3);
  const array = (rows: number, columns: number, changes: Partial<CrossbarCircuit> = {}): CrossbarCircuit => ({
    rows,
    columns,
    conductance: Float64Array.from({ length: rows * columns }, (_, k) => 1e-3 * 10 ** (-2 * random(k))),
    wordWire: 1,
    bitWire: 1,
    wordLeft: 0,
    wordRight: Infinity,
    bitTop: Infinity,
    bitBottom: 0,
    ...changes,
  });
  const one = (count: number, line: number, value: number, others: number) =>
    new Float64Array(count).fill(others).fill(value, line, line + 1);
  const withColumn = (circuit: CrossbarCircuit, column: number, g: number): CrossbarCircuit => ({
    ...circuit,
    conductance: circuit.conductance.map((own, k) => (k % circuit.columns === column ? g : own)),
  });
  const volts = (count: number) => Float64Array.from({ length: count }, (_, k) => uniform(8)(k));

  const cases: Readonly<Record<string, { readonly circuit: CrossbarCircuit; readonly drives: Drives }>> = {
    'one line driven, all others floating, into a gigaohm': {
      circuit: array(64, 48, { wordLeft: one(64, 9, 0, Infinity), bitBottom: one(48, 11, 1e9, Infinity) }),
      drives: { wordLeft: one(64, 9, 1, 0) },
    },
    'all lines at one voltage, into gigaohms': {
      circuit: array(128, 128, { bitBottom: 1e9 }),
      drives: { wordLeft: new Float64Array(128).fill(0.2) },
    },
    'a column of microohms': {
      circuit: withColumn(array(96, 96), 5, 1e6),
      drives: { wordLeft: volts(96) },
    },
    'a column of microohms on wires of a milliohm': {
      circuit: withColumn(array(64, 64, { wordWire: 1e-3, bitWire: 1e-3 }), 5, 1e6),
      drives: { wordLeft: volts(64) },
    },
    'a column of microohms into a gigaohm': {
      circuit: withColumn(array(32, 32, { bitBottom: one(32, 5, 1e9, 0) }), 5, 1e6),
      drives: { wordLeft: volts(32) },
    },
    'six decades, wires of a kiloohm, one sense of a gigaohm': {
      circuit: {
        ...array(40, 60, { wordWire: 1e3, bitWire: 1e3, bitBottom: one(60, 0, 1e9, 0) }),
        conductance: Float64Array.from({ length: 2400 }, (_, k) => 10 ** (-2 - 6 * random(k))),
      },
      drives: { wordLeft: volts(40) },
    },
    'a column of devices six decades below the others': {
      circuit: withColumn(array(64, 64), 7, 1e-9),
      drives: { wordLeft: volts(64).map((v) => v - 0.5) },
    },
    'one row': { circuit: array(1, 512, { bitBottom: 1e9 }), drives: { wordLeft: volts(1) } },
    'one column': { circuit: array(512, 1, { bitBottom: 1e9 }), drives: { wordLeft: volts(512) } },
    'a large array, one line driven, the others floating, into a megaohm': {
      circuit: array(256, 512, { wordLeft: one(256, 9, 0, Infinity), bitBottom: 1e6 }),
      drives: { wordLeft: one(256, 9, 1, 0) },
    },
    'nothing but shorts on bad wires': {
      circuit: array(48, 48, {
        conductance: new Float64Array(48 * 48).fill(1e3),
        wordWire: 1e3,
        bitWire: 1e3,
      }),
      drives: { wordLeft: volts(48) },
    },
  };

  const solve = (circuit: CrossbarCircuit, drives: Drives): CrossbarSolution => {
    const solved = solveCrossbar(circuit, drives);
    if (!solved.ok) throw new Error(solved.problems[0].message);
    return solved.value;
  };

  for (const [name, { circuit, drives }] of Object.entries(cases)) {
    it(`obey Kirchhoff and Ohm: ${name}`, () => {
      const solution = solve(circuit, drives);
      const { wordCurrent, bitCurrent, cellCurrent } = solution;
      const amperes = Math.max(...[wordCurrent, bitCurrent, cellCurrent].map(largestOf));
      expect(amperes).toBeGreaterThan(0);
      expect(currentLawViolation(circuit, solution)).toBeLessThanOrEqual(1e-14 * amperes);
      const ohm = ohmsLawViolation(circuit, drives, solution);
      expect(ohm.wires).toBeLessThanOrEqual(1e-15 * circuit.columns);
      const rounding = 4 * Number.EPSILON * largestOf(circuit.conductance);
      expect(ohm.cells).toBeLessThanOrEqual(rounding);
      const { sources, cells, wires, terminals } = solution.power;
      expect(Math.abs(sources / (cells + wires + terminals) - 1)).toBeLessThanOrEqual(1e-6);
    });

    it(`have the same outputs among many vectors: ${name}`, () => {
      const driven = drives.wordLeft ?? new Float64Array(circuit.rows);
      const vectors = new Float64Array(3 * circuit.rows);
      for (const [k, v] of driven.entries()) {
        vectors[k] = v * (1 - uniform(k)(1));
        vectors[circuit.rows + k] = v;
        vectors[2 * circuit.rows + k] = -2 * v;
      }
      const outputs = crossbarOutputs(circuit, vectors);
      if (!outputs.ok) throw new Error(outputs.problems[0].message);
      const exact = solve(circuit, drives).ends.bitBottom.current;
      for (const [column, i] of exact.entries()) {
        const [once, twice] = [
          outputs.value[circuit.columns + column],
          outputs.value[2 * circuit.columns + column],
        ];
        expect(Math.abs(once - i)).toBeLessThanOrEqual(1e-10 * Math.abs(i));
        expect(Math.abs(twice + 2 * i)).toBeLessThanOrEqual(1e-10 * Math.abs(i));
      }
    });
  }

  it('are refused where even refinement does not find their currents', () => {
    const conductance = new Float64Array(30).fill(1e6);
    const circuit = array(5, 6, { conductance, wordLeft: 1e17, bitBottom: Infinity, bitTop: 1e17 });
    const solved = solveCrossbar(circuit, { wordLeft: new Float64Array(5).fill(1) });
    expect(solved.ok ? '' : solved.problems[0].code).toBe('crossbar.unsolved');
  });
});
