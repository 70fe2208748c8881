import { describe, expect, it } from 'vitest';
import {
  cellLaw,
  gatedAccess,
  ohmicCurves,
  resistorAccess,
  selectorAccess,
} from '../../../sim-core/crossbar/cell-laws.ts';
import type { CrossbarCircuit } from '../../../sim-core/crossbar/circuit.ts';
import { type CellLaw, solveNonlinearCrossbar } from '../../../sim-core/crossbar/nonlinear.ts';
import { solveCrossbar } from '../../../sim-core/crossbar/solve.ts';
import { uniform } from './circuits.ts';
import { currentLawViolation, largestOf } from './laws.ts';

type Wires = Omit<CrossbarCircuit, 'conductance'>;

const square = (n: number, wire: number): Wires => ({
  rows: n,
  columns: n,
  wordWire: wire,
  bitWire: wire,
  wordLeft: 0,
  wordRight: Infinity,
  bitTop: Infinity,
  bitBottom: 0,
});

const conductances = (n: number) =>
  Float64Array.from({ length: n * n }, (_, k) => 1e-4 * 10 ** (-1.5 * uniform(5)(k)));

const ohmic = (conductance: Float64Array): CellLaw => ({
  evaluate: (voltage, current, slope) => {
    for (let k = 0; k < voltage.length; k++) {
      current[k] = conductance[k] * voltage[k];
      slope[k] = conductance[k];
    }
  },
});

/** Memristors that conduct as I = G·V₀·sinh(V/V₀). */
const sinhLaw = (conductance: Float64Array, scale: number): CellLaw =>
  cellLaw({
    current: (cell, voltage) => conductance[cell] * scale * Math.sinh(voltage / scale),
    slope: (cell, voltage) => conductance[cell] * Math.cosh(voltage / scale),
  });

const selectorLaw = (conductance: Float64Array, selector: { current: number; scale: number }) =>
  cellLaw(ohmicCurves(conductance), selectorAccess(selector));

/** One device between two sources behind resistors, by bisection of I(V) = (E − V)/R. */
const bisect = (law: CellLaw, source: number, resistance: number) => {
  let [low, high] = [0, source];
  const [current, slope] = [new Float64Array(1), new Float64Array(1)];
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    law.evaluate(Float64Array.of(middle), current, slope, Float64Array.of(0));
    if (current[0] * resistance < source - middle) low = middle;
    else high = middle;
  }
  return (source - low) / resistance;
};

const single: Wires = { ...square(1, 0), wordLeft: 700, bitBottom: 300 };

describe('solveNonlinearCrossbar', () => {
  it('is the linear solution for ohmic laws, in one step', () => {
    const g = conductances(24);
    const v = Float64Array.from({ length: 24 }, (_, k) => uniform(8)(k));
    const linear = solveCrossbar({ ...square(24, 2), conductance: g }, { wordLeft: v });
    const newton = solveNonlinearCrossbar(square(24, 2), ohmic(g), { wordLeft: v });
    if (!linear.ok || !newton.ok) throw new Error('unsolved');
    expect(newton.value.newtonSteps).toBe(1);
    const exact = linear.value.ends.bitBottom.current;
    for (const [line, i] of newton.value.ends.bitBottom.current.entries())
      expect(i / exact[line]).toBeCloseTo(1, 11);
  });

  const laws: readonly [string, CellLaw, number][] = [
    ['a sinh', sinhLaw(Float64Array.of(1e-5), 0.1), 1.5],
    ['a steep sinh', sinhLaw(Float64Array.of(1e-6), 0.026), 0.8],
    [
      'a selector before a memristor',
      selectorLaw(Float64Array.of(1e-3), { current: 1e-9, scale: 0.05 }),
      1.2,
    ],
    [
      'a cube',
      {
        evaluate: (voltage, current, slope) => {
          for (let k = 0; k < voltage.length; k++) {
            current[k] = 1e-2 * voltage[k] ** 3;
            slope[k] = 3e-2 * voltage[k] ** 2;
          }
        },
      },
      1,
    ],
  ];
  for (const [name, law, source] of laws)
    it(`finds the operating point of one device behind a resistor: ${name}`, () => {
      const solved = solveNonlinearCrossbar(single, law, { wordLeft: Float64Array.of(source) });
      if (!solved.ok) throw new Error(solved.problems[0].message);
      const exact = bisect(law, source, 1000);
      expect(solved.value.cellCurrent[0] / exact).toBeCloseTo(1, 9);
    });

  it('obeys every cell’s law and Kirchhoff’s in a whole array, and starts warm in fewer steps', () => {
    const law = sinhLaw(conductances(32), 0.25);
    const v = Float64Array.from({ length: 32 }, (_, k) => 1.5 * uniform(9)(k));
    const solved = solveNonlinearCrossbar(square(32, 5), law, { wordLeft: v });
    if (!solved.ok) throw new Error(solved.problems[0].message);
    const { value } = solved;
    const voltage = value.wordVoltage.map((u, k) => u - value.bitVoltage[k]);
    const [current, slope] = [new Float64Array(1024), new Float64Array(1024)];
    law.evaluate(voltage, current, slope, value.bitVoltage);
    const most = largestOf(value.cellCurrent);
    expect(largestOf(current.map((i, k) => i - value.cellCurrent[k]))).toBeLessThanOrEqual(1e-9 * most);
    const circuit = { ...square(32, 5), conductance: slope };
    expect(currentLawViolation(circuit, value)).toBeLessThanOrEqual(1e-12 * largestOf(value.bitCurrent));
    const { sources, cells, wires, terminals } = value.power;
    expect(sources / (cells + wires + terminals)).toBeCloseTo(1, 9);
    const next = { wordLeft: v.map((x) => 1.001 * x) };
    const warm = solveNonlinearCrossbar(square(32, 5), law, next, { start: value });
    const cold = solveNonlinearCrossbar(square(32, 5), law, next);
    if (!warm.ok) throw new Error(warm.problems[0].message);
    if (!cold.ok) throw new Error(cold.problems[0].message);
    expect(warm.value.newtonSteps).toBeLessThanOrEqual(3);
    expect(warm.value.newtonSteps).toBeLessThan(cold.value.newtonSteps);
  });

  it('lets selectors stop the sneak paths of a half-selected array', () => {
    const n = 16;
    const memristors = new Float64Array(n * n).fill(1e-4);
    const wires: Wires = {
      ...square(n, 1),
      wordLeft: new Float64Array(n).fill(Infinity).fill(0, 0, 1),
      bitBottom: new Float64Array(n).fill(Infinity).fill(0, 0, 1),
    };
    const drives = { wordLeft: new Float64Array(n).fill(1, 0, 1) };
    const leak = (cells: Float64Array) => 1 - cells[0] / cells.subarray(0, n).reduce((sum, i) => sum + i, 0);
    const bare = solveCrossbar({ ...wires, conductance: memristors }, drives);
    const selected = solveNonlinearCrossbar(
      wires,
      selectorLaw(memristors, { current: 1e-12, scale: 0.05 }),
      drives,
    );
    if (!bare.ok || !selected.ok) throw new Error('unsolved');
    expect(leak(bare.value.cellCurrent)).toBeGreaterThan(0.8);
    expect(leak(selected.value.cellCurrent)).toBeLessThan(0.02);
  });

  it('names the cell whose law is of no use', () => {
    const falling: CellLaw = {
      evaluate: (voltage, current, slope, foot) => {
        ohmic(new Float64Array(4).fill(1e-4)).evaluate(voltage, current, slope, foot);
        slope[2] = -1e-4;
      },
    };
    const solved = solveNonlinearCrossbar(square(2, 1), falling, { wordLeft: Float64Array.of(1, 1) });
    expect(solved.ok ? '' : solved.problems[0].code).toBe('crossbar.law');
    expect(solved.ok ? '' : solved.problems[0].message).toContain('row 1, column 0');
  });

  it('names the farthest cell when the steps do not suffice', () => {
    const law = sinhLaw(new Float64Array(4).fill(1e-5), 0.05);
    const drives = { wordLeft: Float64Array.of(1, 0.5) };
    const wires = { ...square(2, 1), wordLeft: 1e4 };
    const solved = solveNonlinearCrossbar(wires, law, drives, { newtonSteps: 1 });
    expect(solved.ok ? '' : solved.problems[0].code).toBe('crossbar.unconverged');
    expect(solved.ok ? '' : solved.problems[0].message).toContain('row 0');
  });
});

const evaluated = (law: CellLaw, voltage: Float64Array, foot = new Float64Array(voltage.length)) => {
  const [current, slope] = [new Float64Array(voltage.length), new Float64Array(voltage.length)];
  law.evaluate(voltage, current, slope, foot);
  return { current, slope };
};

describe('cells with an access transistor', () => {
  it('are the series of two resistors where it is a resistor', () => {
    const law = cellLaw(ohmicCurves(Float64Array.of(1e-3, 0)), resistorAccess(500));
    const { current, slope } = evaluated(law, Float64Array.of(0.3, 0.3));
    expect(current[0] / (0.3 / 1500)).toBeCloseTo(1, 14);
    expect(slope[0] * 1500).toBeCloseTo(1, 14);
    expect([current[1], slope[1]]).toEqual([0, 0]);
  });

  const gate = { gate: 1.8, threshold: 0.6, transconductance: 4e-4 };
  const overdrive = gate.gate - gate.threshold;

  it('carry what the square law of the gate lets through, in triode and in saturation, either way', () => {
    const g = 1e-3;
    const law = cellLaw(ohmicCurves(new Float64Array(4).fill(g)), gatedAccess(gate));
    const voltage = Float64Array.of(0.2, -0.2, 3, 0.05);
    const { current } = evaluated(law, voltage);
    for (const k of [0, 3]) {
      // K/2·(2·a·v - v²) of the transistor's own voltage v.
      const v = voltage[k] - current[k] / g;
      expect((gate.transconductance * (overdrive * v - (v * v) / 2)) / current[k]).toBeCloseTo(1, 12);
    }
    // From the other side the source is at the inner node, which follows the word line below ground.
    const v = -voltage[1] + current[1] / g;
    const reverse = gate.transconductance * ((overdrive + v) * v - (v * v) / 2);
    expect(-reverse / current[1]).toBeCloseTo(1, 12);
    expect(current[2] / ((gate.transconductance / 2) * overdrive ** 2)).toBeCloseTo(1, 12);
  });

  it('have a gate against ground: a bit line that rises closes them', () => {
    const law = cellLaw(ohmicCurves(Float64Array.of(1e-3)), gatedAccess(gate));
    const at = (foot: number) => evaluated(law, Float64Array.of(0.2), Float64Array.of(foot)).current[0];
    expect(at(0.5)).toBeLessThan(0.8 * at(0));
    expect(at(1.3)).toBe(0);
  });

  it('compare with bisection behind resistors, whose drop lifts the source', () => {
    const law = cellLaw(ohmicCurves(Float64Array.of(1e-3)), gatedAccess(gate));
    const solved = solveNonlinearCrossbar(single, law, { wordLeft: Float64Array.of(1.5) });
    if (!solved.ok) throw new Error(solved.problems[0].message);
    // 300 Ohm below the bit line, 700 Ohm and 1 kOhm above the drain; by bisection of the current.
    let [low, high] = [0, 1.5 / 2000];
    for (let k = 0; k < 200; k++) {
      const i = (low + high) / 2;
      const [source, drain] = [300 * i, 1.5 - 1700 * i];
      const square = (v: number) => Math.max(0, overdrive - v) ** 2;
      if ((gate.transconductance / 2) * (square(source) - square(drain)) > i) low = i;
      else high = i;
    }
    expect(solved.value.cellCurrent[0] / low).toBeCloseTo(1, 9);
  });
});

describe('a selector before a memristor', () => {
  it('shares the voltage so that both carry the same current', () => {
    const law = selectorLaw(Float64Array.of(1e-4, 1e-4, 1e-4, 0), { current: 1e-9, scale: 0.05 });
    const { current, slope } = evaluated(law, Float64Array.of(0.01, 1.5, -1.5, 1));
    for (const [k, v] of [0.01, 1.5].entries()) {
      const acrossSelector = v - current[k] / 1e-4;
      expect((1e-9 * Math.sinh(acrossSelector / 0.05)) / current[k]).toBeCloseTo(1, 9);
    }
    expect(current[2]).toBe(-current[1]);
    expect(current[3]).toBe(0);
    const one = selectorLaw(Float64Array.of(1e-4), { current: 1e-9, scale: 0.05 });
    const at = (v: number) => evaluated(one, Float64Array.of(v)).current[0];
    expect((at(1.5 + 1e-5) - at(1.5 - 1e-5)) / 2e-5 / slope[1]).toBeCloseTo(1, 6);
  });
});
