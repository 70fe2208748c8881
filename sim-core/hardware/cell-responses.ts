import type { CrossbarCircuit } from '../crossbar/circuit.ts';
import { type CellLaw, solveNonlinearCrossbar } from '../crossbar/nonlinear.ts';
import { withoutIslands } from '../crossbar/read-transfer.ts';
import type { CrossbarSolution } from '../crossbar/solution.ts';
import type { Problem } from '../design/problem.ts';
import type { Response } from '../program/program.ts';
import type { ActualArray } from './array-errors.ts';
import type { WeightArray } from './array-targets.ts';
import { devicePlaces, placeDevices, type TilePlaces } from './device-places.ts';
import type { ArrayLayout, Reading } from './layout.ts';
import { columnParameter, type Line, linesOf, responseName } from './read-out.ts';
import { readingLines, readingTransfer } from './reading-transfer.ts';
import { type ArrayWires, wiresOf } from './wires.ts';

/** The matrices and vectors of an array as they were written, by name. */
export interface WrittenArray {
  readonly tensors: ReadonlyMap<string, Float64Array>;
  readonly parameters: ReadonlyMap<string, Float64Array>;
}

/**
 * What the cells of an array add to its linear products where they are not ohmic, one response for each reading: the
 * currents or voltages of its bit lines with every cell at its law, less those of the matrices written for it. A reading
 * is by itself: its own word lines driven, all others at 0 V.
 *
 * Undefined where every cell is ohmic.
 */
export function cellResponses(
  array: WeightArray,
): ((actual: ActualArray, written: WrittenArray) => readonly (readonly [string, Response])[]) | undefined {
  const { layout, crossing } = array;
  if (crossing.isOhmic) return undefined;
  const places = layout.tiles.map((_, index) => devicePlaces(layout, index));
  return (actual, written) => {
    const tiles = places.map((place, index) => lawfulTile(array, place, index, actual));
    return layout.readings.map((reading) => [
      responseName(layout, reading),
      readingResponse(array, reading, places[reading.tile], tiles[reading.tile], written),
    ]);
  };
}

/** A tile whose cells obey their laws. */
interface LawfulTile {
  readonly law: CellLaw;
  readonly rows: number;
  readonly wires: Omit<CrossbarCircuit, 'conductance'>;
  /** Nothing but virtual grounds and ideal conductors, so that no voltage is to be found. */
  readonly isIdeal: boolean;
}

function lawfulTile(
  { crossbar, crossing }: WeightArray,
  places: TilePlaces,
  index: number,
  { devices, dummies }: ActualArray,
): LawfulTile {
  const { wordLines, bitLines } = places;
  const dummy = dummies.at(index);
  const rows = wordLines + (dummy?.rows ?? 0);
  const conductance = new Float64Array(rows * bitLines);
  placeDevices(places, devices, conductance);
  if (dummy) conductance.set(dummy.devices, wordLines * bitLines);
  const conductors = wiresOf(crossbar);
  const { word, bit, left, right, foot } = conductors ?? idealWires(crossbar);
  const wires = {
    rows,
    columns: bitLines,
    wordWire: word,
    bitWire: bit,
    wordLeft: left,
    wordRight: right,
    bitTop: Infinity,
    bitBottom: withoutIslands({ rows, columns: bitLines, conductance, bitBottom: foot }),
  };
  return { law: crossing.law(conductance), rows, wires, isIdeal: !conductors && foot === 0 };
}

const idealWires = ({ readout, load }: WeightArray['crossbar']): ArrayWires => ({
  word: 0,
  bit: 0,
  left: 0,
  right: Infinity,
  foot: readout === 'current' ? 0 : 1 / load,
});

function readingResponse(
  { layout, crossbar }: WeightArray,
  reading: Reading,
  places: TilePlaces,
  tile: LawfulTile,
  written: WrittenArray,
): Response {
  const lines = linesOf(layout.arrangement).map((line) => readLine(layout, reading, line, written));
  const quantity = crossbar.readout;
  const before = new Map<number, CrossbarSolution>();
  const voltage = new Float64Array(tile.rows);
  return (of, into, sequence) => {
    const elements = drive(layout, reading, places, of, voltage);
    const found = tile.isIdeal ? idealCurrents(tile, voltage) : solved(tile, voltage, before.get(sequence));
    if ('problem' in found) return inArray(found.problem, crossbar.name, layout, reading);
    if (found.solution) before.set(sequence, found.solution);
    let at = 0;
    for (const { bitLines, transfer, columnConductance } of lines)
      for (const [unit, bitLine] of bitLines.entries()) {
        let linear = 0;
        for (let k = 0; k < elements.length; k++)
          linear += transfer[k * bitLines.length + unit] * elements[k];
        into[at++] =
          quantity === 'current'
            ? found.current[bitLine] - linear
            : found.voltage[bitLine] - linear / columnConductance[unit];
      }
    return undefined;
  };
}

interface ReadLine {
  readonly bitLines: readonly number[];
  /** Siemens `[elements][units]`, as the graph multiplies them. */
  readonly transfer: Float64Array;
  readonly columnConductance: Float64Array;
}

const readLine = (
  layout: ArrayLayout,
  reading: Reading,
  line: Line,
  { tensors, parameters }: WrittenArray,
): ReadLine => ({
  bitLines: readingLines(layout, reading, line),
  transfer: readingTransfer(layout, reading, line, tensors),
  columnConductance: parameters.get(columnParameter(layout, reading, line, 'gColumn')) ?? new Float64Array(),
});

/** Voltages of the tile's operand elements, and of its word lines into `voltage`; what the reading does not drive is 0. */
function drive(
  { arrangement, tiles, rowGroups }: ArrayLayout,
  { tile, sections }: Reading,
  { row }: TilePlaces,
  of: Float64Array,
  voltage: Float64Array,
): Float64Array {
  const { from, to } = tiles[tile].elements;
  const elements = new Float64Array(to - from);
  voltage.fill(0);
  let at = 0;
  for (const section of sections)
    for (let k = 0; k < section.elements; k++) {
      const v = of[at++];
      elements[rowGroups[section.block.row].first - from + section.element + k] = v;
      voltage[row(section, k, false)] = v;
      if (arrangement === 'rows') voltage[row(section, k, true)] = -v;
    }
  return elements;
}

interface Found {
  /** Of each bit line at its foot. */
  readonly current: Float64Array;
  readonly voltage: Float64Array;
  readonly solution?: CrossbarSolution;
}

/** All bit lines at 0 V: every cell has the voltage of its word line. */
function idealCurrents({ law, rows, wires: { columns } }: LawfulTile, word: Float64Array): Found {
  const voltage = Float64Array.from(
    { length: rows * columns },
    (_, cell) => word[Math.floor(cell / columns)],
  );
  const [current, slope] = [new Float64Array(rows * columns), new Float64Array(rows * columns)];
  law.evaluate(voltage, current, slope, new Float64Array(rows * columns));
  const sums = new Float64Array(columns);
  for (let cell = 0; cell < current.length; cell++) sums[cell % columns] += current[cell];
  return { current: sums, voltage: new Float64Array(columns) };
}

function solved(
  { law, wires }: LawfulTile,
  word: Float64Array,
  start: CrossbarSolution | undefined,
): Found | { readonly problem: Problem } {
  const drives = { wordLeft: word, ...(wires.wordRight === Infinity ? {} : { wordRight: word }) };
  const warm = start && solveNonlinearCrossbar(wires, law, drives, { start });
  const outcome = warm?.ok ? warm : solveNonlinearCrossbar(wires, law, drives);
  if (!outcome.ok) return { problem: outcome.problems[0] };
  const { current, voltage } = outcome.value.ends.bitBottom;
  return { current, voltage, solution: outcome.value };
}

const inArray = (problem: Problem, crossbar: string, { layer }: ArrayLayout, reading: Reading): Problem => ({
  ...problem,
  message: `${crossbar} of ${layer}, read for ${reading.name}: ${problem.message}`,
});
