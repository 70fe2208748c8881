import { failure, type Outcome, success } from '../design/problem.ts';
import { checkCircuit, checkDrives } from './check-circuit.ts';
import { type CrossbarCircuit, type Drives, inArray, lineEnds } from './circuit.ts';
import { layNetwork, type Network, setConductance } from './network.ts';
import { type CrossbarSolution, readSolution } from './solution.ts';
import { effortOf, type SolveOptions } from './solve.ts';
import { findState } from './state.ts';

/**
 * The cells of a crossbar as static two-terminal devices. Currents must not fall with voltage and must vanish at zero;
 * a cell without a device has no current at any voltage.
 */
export interface CellLaw {
  /**
   * Currents in ampere and slopes dI/dV in siemens at given voltages in volt, from word line to bit line, all
   * `[rows][columns]`. `foot` is the voltage of the bit line against ground, which the current of a cell with a gate
   * depends on beside the voltage across it; the slope is then between those of its two ends.
   */
  evaluate(voltage: Float64Array, current: Float64Array, slope: Float64Array, foot: Float64Array): void;
}

export interface NonlinearOptions extends SolveOptions {
  /** Most Newton steps; 100 unless given. */
  readonly newtonSteps?: number;
  /** The cells' laws hold to this fraction of the largest current; 1e-10 unless given. */
  readonly accuracy?: number;
  /** A similar state to start from. */
  readonly start?: CrossbarSolution;
}

export interface NonlinearSolution extends CrossbarSolution {
  readonly newtonSteps: number;
  /** Largest difference between a cell's current and its law at its voltage, in ampere. */
  readonly mismatch: number;
}

/**
 * The static state of a crossbar whose cells obey nonlinear laws, by Newton's method: each step solves the crossbar
 * with every law replaced by its tangent, and goes as far along as makes the laws' mismatch smaller.
 *
 * Problems as of `solveCrossbar`; `crossbar.law` where a cell's law gives no usable current or slope;
 * `crossbar.unconverged`, with the cell that is farthest from its law.
 */
export function solveNonlinearCrossbar(
  wires: Omit<CrossbarCircuit, 'conductance'>,
  law: CellLaw,
  drives: Drives,
  options: NonlinearOptions = {},
): Outcome<NonlinearSolution> {
  const span = largestOf(lineEnds.flatMap((end) => [...(drives[end] ?? [])]));
  const chords = chordConductances(wires, law, span > 0 && Number.isFinite(span) ? span : 1);
  if (!chords.ok) return chords;
  const circuit = { ...wires, conductance: chords.value };
  const checked = checkCircuit(circuit);
  if (!checked.ok) return checked;
  const wrong = checkDrives(circuit, drives);
  if (wrong.length > 0) return failure(...wrong);
  return iterate({ circuit, law, drives, options, network: layNetwork(circuit, options.kernels ?? 'auto') });
}

interface Case {
  readonly circuit: CrossbarCircuit;
  readonly law: CellLaw;
  readonly drives: Drives;
  readonly options: NonlinearOptions;
  readonly network: Network;
}

/** A state in which the wires obey Kirchhoff's laws with `balanced` through the cells, whatever the laws say. */
interface State {
  readonly voltage: Float64Array;
  readonly bitVoltage: Float64Array;
  readonly balanced: Float64Array;
  /** The laws' currents and slopes at the voltages. */
  readonly current: Float64Array;
  readonly slope: Float64Array;
  /** Sum of the squares of their differences. */
  readonly merit: number;
}

const iterate = (task: Case): Outcome<NonlinearSolution> => {
  const { options, law, circuit } = task;
  const started = firstState(task);
  if (!started.ok) return started;
  let state = started.value;
  for (let step = 1; step <= (options.newtonSteps ?? 100); step++) {
    const lawful = checkLaw(circuit, state);
    if (lawful) return lawful;
    const solved = solveTangent(task, state);
    if (!solved.ok) return solved;
    const { largest, solution } = solved.value;
    const target = stateOf(law, solution);
    const mismatch = mismatchOf(target);
    if (mismatch <= (options.accuracy ?? 1e-10) * Math.max(largest, Number.MIN_VALUE)) {
      return success({ ...solution, newtonSteps: step, mismatch });
    }
    const next = stepTowards(law, state, target);
    if (!next) return unconverged(circuit, state);
    state = next;
  }
  return unconverged(circuit, state);
};

/**
 * From a similar state, or from the crossbar with every law replaced by its chord. A similar state was balanced under
 * other drives, so whatever the first step from it leads to is better.
 */
const firstState = (task: Case): Outcome<State> => {
  const { law, circuit, drives, network, options } = task;
  const { start } = options;
  if (start?.cellCurrent.length === circuit.conductance.length) {
    return success({ ...stateOf(law, start), merit: Infinity });
  }
  const found = findState(network, { drives }, effortOf(circuit, options));
  if (!found.ok) return found;
  return success(stateOf(law, readSolution(network, drives, found.value)));
};

const solveTangent = (
  { network, circuit, drives, options }: Case,
  { voltage, bitVoltage, current, slope }: State,
): Outcome<{ readonly largest: number; readonly solution: CrossbarSolution }> => {
  // A law that is flat at its voltage would cut the cell out, and perhaps leave a line without any path.
  const least = steepness * largestOf(slope);
  const tangent = slope.map((g, cell) => (circuit.conductance[cell] > 0 ? Math.max(g, least) : 0));
  setConductance(network, tangent);
  const cellSource = current.map((i, cell) => i - tangent[cell] * voltage[cell]);
  const found = findState(network, { drives, cellSource }, effortOf(circuit, options), bitVoltage);
  if (!found.ok) return found;
  const { largest } = found.value;
  return success({ largest, solution: readSolution(network, drives, found.value) });
};

const steepness = 1e-12;

const stateOf = (law: CellLaw, { wordVoltage, bitVoltage, cellCurrent }: CrossbarSolution): State => {
  const voltage = wordVoltage.map((v, cell) => v - bitVoltage[cell]);
  return evaluate(law, { voltage, bitVoltage, balanced: cellCurrent });
};

const evaluate = (law: CellLaw, at: Pick<State, 'voltage' | 'bitVoltage' | 'balanced'>): State => {
  const { voltage, bitVoltage, balanced } = at;
  const current = new Float64Array(voltage.length);
  const slope = new Float64Array(voltage.length);
  law.evaluate(voltage, current, slope, bitVoltage);
  const merit = current.reduce((sum, i, cell) => sum + (i - balanced[cell]) * (i - balanced[cell]), 0);
  return { voltage, bitVoltage, balanced, current, slope, merit };
};

/**
 * Voltages and balanced currents both lie on the straight way to the target, and the wires stay in balance all along
 * it. At its beginning the merit falls by twice its value per unit of way, so some step makes it smaller.
 */
const stepTowards = (law: CellLaw, state: State, target: State): State | undefined => {
  if (target.merit < state.merit) return target;
  for (let way = 1 / 2; way > shortest; way /= 2) {
    const between = (from: Float64Array, to: Float64Array) => from.map((x, cell) => x + way * (to[cell] - x));
    const next = evaluate(law, {
      voltage: between(state.voltage, target.voltage),
      bitVoltage: between(state.bitVoltage, target.bitVoltage),
      balanced: between(state.balanced, target.balanced),
    });
    if (next.merit <= (1 - way / 2) * state.merit) return next;
  }
  return undefined;
};

const shortest = 1 / 1099511627776;

const mismatchOf = ({ current, balanced }: State): number =>
  current.reduce((most, i, cell) => Math.max(most, Math.abs(i - balanced[cell])), 0);

/** Conductance of each cell's chord from zero to the largest voltage there may be: zero only where no device is. */
const chordConductances = (
  wires: Omit<CrossbarCircuit, 'conductance'>,
  law: CellLaw,
  span: number,
): Outcome<Float64Array> => {
  const { rows, columns } = wires;
  const cells = Number.isInteger(rows * columns) && rows * columns > 0 ? rows * columns : 0;
  const voltage = new Float64Array(cells).fill(span);
  const state = evaluate(law, { voltage, bitVoltage: new Float64Array(cells), balanced: voltage });
  const lawless = checkLaw(wires, state);
  return lawless ?? success(state.current.map((i) => i / span));
};

const checkLaw = (circuit: Pick<CrossbarCircuit, 'name' | 'columns'>, { voltage, current, slope }: State) => {
  const isLawful = (cell: number) =>
    Number.isFinite(current[cell]) &&
    Number.isFinite(slope[cell]) &&
    slope[cell] >= 0 &&
    current[cell] * Math.sign(voltage[cell]) >= 0;
  for (let cell = 0; cell < voltage.length; cell++) {
    if (isLawful(cell)) continue;
    const message = `The law of ${placeOf(circuit.columns, cell)} gives ${current[cell]} A and ${slope[cell]} S at ${voltage[cell]} V.`;
    const hint = 'Currents must be finite, have the sign of the voltage and not fall with it.';
    return failure(...inArray(circuit, [{ code: 'crossbar.law', message, hint }]));
  }
  return undefined;
};

const placeOf = (columns: number, cell: number) =>
  `the cell in row ${Math.floor(cell / columns)}, column ${cell % columns}`;

const unconverged = (circuit: CrossbarCircuit, { current, balanced, voltage }: State) => {
  const off = current.map((i, cell) => Math.abs(i - balanced[cell]));
  const worst = off.reduce((found, x, cell) => (x > off[found] ? cell : found), 0);
  const message = `Newton's method did not converge: ${placeOf(circuit.columns, worst)} carries ${balanced[worst]} A at ${voltage[worst]} V, where its law gives ${current[worst]} A.`;
  const hint = 'Start from a similar state, or raise the drive in steps.';
  return failure(...inArray(circuit, [{ code: 'crossbar.unconverged', message, hint }]));
};

const largestOf = (values: Iterable<number>): number => {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
};
