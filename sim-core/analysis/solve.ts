import { checkCircuit } from '../crossbar/check-circuit.ts';
import type { CrossbarCircuit, Drives } from '../crossbar/circuit.ts';
import { solveNonlinearCrossbar } from '../crossbar/nonlinear.ts';
import type { CrossbarSolution } from '../crossbar/solution.ts';
import { solveCrossbar } from '../crossbar/solve.ts';
import type { CrossbarDesign, Design, SolveDesign } from '../design/design.ts';
import { failure, type Outcome, type Problem, success } from '../design/problem.ts';
import { type Crossing, crossingOf } from '../hardware/crossing.ts';
import { named } from '../run/plan.ts';
import type { Analysis } from './analysis.ts';
import { type SolveInputs, solveInputs } from './solve-inputs.ts';
import { SolveRecord } from './solve-record.ts';

/**
 * The exact currents, voltages and powers of a crossbar under each vector of drive voltages. The cells conduct as the
 * crossbar's device and what stands in series with it say; the conductances given are those of the devices at `vRead`.
 *
 * Measurements, over all vectors: `power` (watts), the mean of what the sources give; `largestCurrent` (amperes) out of
 * a bit line; `loss`, the largest deviation of a bit line's current from that of ideal conductors, relative to the
 * latter; of currents only, and of vectors without floating lines.
 */
export function prepareSolve(
  design: Design,
  analysis: SolveDesign,
  files: Readonly<Record<string, Uint8Array>>,
  seed: number,
): Outcome<readonly Analysis[]> {
  const { name, origin } = analysis;
  const crossbar = named(design.crossbars, analysis.crossbar, 'crossbar', origin);
  if (!crossbar.ok) return crossbar;
  const refused = (problems: readonly Problem[]) =>
    failure(...problems.map((problem) => inArray(crossbar.value.name, { origin, ...problem })));
  const inputs = solveInputs(analysis, crossbar.value, files, seed);
  if (!inputs.ok) return refused(inputs.problems);
  const { conductance, drive } = inputs.value;
  const device = design.devices.find((one) => one.name === crossbar.value.device);
  const crossing = crossingOf(crossbar.value, device);
  if (!crossing.ok) return refused(crossing.problems);
  const cells = solvedCells(crossing.value, inputs.value);
  const checked = checkCircuit(circuitOf(crossbar.value, inputs.value, 0).circuit);
  if (!checked.ok) return refused(checked.problems);
  const work = Math.ceil((conductance.rows * conductance.columns) / 1000);
  const run: Analysis['run'] = (meter) => {
    const record = new SolveRecord(crossbar.value, inputs.value, analysis, crossing.value);
    let before: CrossbarSolution | undefined;
    for (let vector = 0; vector < drive.rows; vector++) {
      const { circuit, drives } = circuitOf(crossbar.value, inputs.value, vector);
      const solved = cells.solve(circuit, drives, before);
      if (!solved.ok) return refused(solved.problems.map((one) => ofVector(one, vector, drive.rows)));
      before = solved.value;
      record.add(vector, circuit, drives, solved.value);
      meter.advance(work, 'solve', name);
    }
    return success(record.result());
  };
  return success([{ work: work * drive.rows, run }]);
}

/** Ohmic cells are solved at once, others by Newton's method, from the vector before where that leads anywhere. */
function solvedCells(crossing: Crossing, { conductance: { values } }: SolveInputs) {
  const cells = crossing.isOhmic ? values.map(crossing.conductance) : values;
  const law = crossing.isOhmic ? undefined : crossing.law(values);
  return {
    solve(circuit: CrossbarCircuit, drives: Drives, before?: CrossbarSolution): Outcome<CrossbarSolution> {
      if (!law) return solveCrossbar({ ...circuit, conductance: cells }, drives);
      const warm = before && solveNonlinearCrossbar(circuit, law, drives, { start: before });
      return warm?.ok ? warm : solveNonlinearCrossbar(circuit, law, drives);
    },
  };
}

const ofVector = (problem: Problem, vector: number, vectors: number): Problem => ({
  ...problem,
  message: vectors > 1 ? `Drive vector ${vector}: ${problem.message}` : problem.message,
});

/** What is wrong with a cell or a line is wrong with those of one array. */
const inArray = (array: string, problem: Problem): Problem =>
  problem.message.includes(`"${array}"`)
    ? problem
    : { ...problem, message: `Crossbar "${array}": ${problem.message}` };

/**
 * The circuit of one vector. Word lines are driven at the left, or at both ends, behind `source`; bit lines are read at
 * the bottom behind `sense`, or as voltages across `load`. A line whose voltage is NaN floats.
 */
export function circuitOf(
  crossbar: CrossbarDesign,
  { conductance, drive, bitDrive }: SolveInputs,
  vector: number,
): { readonly circuit: CrossbarCircuit; readonly drives: Drives } {
  const { wire, wordWire = wire, bitWire = wire, source = 0, sense = 0, load } = crossbar;
  const { rows, columns, values } = conductance;
  const word = drive.values.subarray(vector * rows, (vector + 1) * rows);
  const bitVector = bitDrive && (bitDrive.rows === 1 ? 0 : vector);
  const bit =
    bitDrive && bitVector !== undefined
      ? bitDrive.values.subarray(bitVector * columns, (bitVector + 1) * columns)
      : new Float64Array(columns);
  const readOut = crossbar.readout === 'current' ? sense : load > 0 ? 1 / load : Infinity;
  const terminal = (voltages: Float64Array, resistance: number) =>
    voltages.some(Number.isNaN) ? voltages.map((v) => (Number.isNaN(v) ? Infinity : resistance)) : resistance;
  const held = (voltages: Float64Array) => voltages.map((v) => (Number.isNaN(v) ? 0 : v));
  const both = crossbar.drive === 'both';
  return {
    circuit: {
      name: `Crossbar "${crossbar.name}"`,
      rows,
      columns,
      conductance: values,
      wordWire,
      bitWire,
      wordLeft: terminal(word, source),
      wordRight: both ? terminal(word, source) : Infinity,
      bitTop: Infinity,
      bitBottom: terminal(bit, readOut),
    },
    drives: {
      wordLeft: held(word),
      ...(both ? { wordRight: held(word) } : {}),
      ...(readOut < Infinity ? { bitBottom: held(bit) } : {}),
    },
  };
}
