import type { CrossbarCircuit, Drives } from '../crossbar/circuit.ts';
import { withoutIslands } from '../crossbar/read-transfer.ts';
import { solveCrossbar } from '../crossbar/solve.ts';
import { type Outcome, success } from '../design/problem.ts';
import type { ResultTable } from '../run/result.ts';
import type { ActualArray } from './array-errors.ts';
import type { TargetArray, WeightArray } from './array-targets.ts';
import type { Conductances } from './conductance.ts';
import { devicePlaces, placeDevices } from './device-places.ts';
import type { ArrayLayout, Reading, Tile } from './layout.ts';
import { type ArrayWires, wiresOf } from './wires.ts';

/**
 * What is at each crossing of the arrays of a layer, one table for each tile, its dummy rows last: the cell's conductance
 * at the read voltage that programming left and its difference to the one asked for, in siemens; and with every operand at the number 1, that is
 * with vRead on every word line (its negative on those of minus devices, nothing on dummy rows), the voltages of both
 * lines, what the wires take from the device's voltage, and its current. Bit lines end at virtual ground in current
 * read-out, otherwise at the load.
 */
export function arrayMaps(
  array: WeightArray,
  { target }: Pick<TargetArray, 'target'>,
  { mean, dummies }: Pick<ActualArray, 'mean' | 'dummies'>,
): Outcome<readonly ResultTable[]> {
  const tables: ResultTable[] = [];
  for (const { tile, lines, fill, dummy } of filledTiles(array, dummies)) {
    const wanted = fill(target, dummy?.target).map(array.crossing.conductance);
    const table = tileTable(array, tile, lines, wanted, fill(mean, dummy?.mean));
    if (!table.ok) return table;
    tables.push(table.value);
  }
  return success(tables);
}

/** One array of a layer as a circuit of its own, with every operand at the number 1; see {@link arrayMaps}. */
export interface ArrayCircuit {
  /** The layer, with the tile behind it. */
  readonly name: string;
  /** `CrossbarDesign.name`. */
  readonly crossbar: string;
  /** What each word line and each bit line carries. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly circuit: CrossbarCircuit;
  readonly drives: Drives;
}

/** The arrays of a layer, one for each tile. */
export function arrayCircuits(
  array: WeightArray,
  { mean, dummies }: Pick<ActualArray, 'mean' | 'dummies'>,
): readonly ArrayCircuit[] {
  const { layout, crossbar } = array;
  const wires = wiresOf(crossbar) ?? idealWires(crossbar);
  return filledTiles(array, dummies).map(({ tile, lines, fill, dummy }) => ({
    name: `${layout.layer}${tile.name}`,
    crossbar: crossbar.name,
    rows: lines.rows,
    columns: lines.columns,
    ...drivenArray(titleOf(crossbar, layout, tile), crossbar, lines, fill(mean, dummy?.mean), wires),
  }));
}

/** Each tile of a layer with its lines, and what brings conductances of devices and dummy rows into its places. */
const filledTiles = ({ layout }: WeightArray, dummies: ActualArray['dummies']) =>
  layout.tiles.map((tile, index) => {
    const places = devicePlaces(layout, index);
    const dummy = dummies.at(index);
    const fill = (devices: Conductances, last: Float64Array | undefined) => {
      const cells = new Float64Array(places.wordLines * places.bitLines + (last?.length ?? 0));
      placeDevices(places, devices, cells);
      if (last) cells.set(last, places.wordLines * places.bitLines);
      return cells;
    };
    return { tile, lines: linesOfTile(layout, index, dummy?.rows ?? 0), fill, dummy };
  });

const idealWires = ({ readout, load }: WeightArray['crossbar']): ArrayWires => ({
  word: 0,
  bit: 0,
  left: 0,
  right: Number.POSITIVE_INFINITY,
  foot: readout === 'current' ? 0 : 1 / load,
});

function drivenArray(
  name: string,
  { vRead }: WeightArray['crossbar'],
  labels: TileLines,
  conductance: Float64Array,
  { word, bit, left, right, foot }: ArrayWires,
): { readonly circuit: CrossbarCircuit; readonly drives: Drives } {
  const drive = labels.signs.map((sign) => sign * vRead);
  const [rows, columns] = [labels.rows.length, labels.columns.length];
  return {
    circuit: {
      name,
      rows,
      columns,
      conductance,
      wordWire: word,
      bitWire: bit,
      wordLeft: left,
      wordRight: right,
      bitTop: Number.POSITIVE_INFINITY,
      bitBottom: withoutIslands({ rows, columns, conductance, bitBottom: foot }),
    },
    drives: { wordLeft: drive, ...(right < Infinity ? { wordRight: drive } : {}) },
  };
}

const titleOf = ({ name }: WeightArray['crossbar'], { layer }: ArrayLayout, tile: Tile): string =>
  `${name} of ${layer}${tile.name === '' ? '' : `, tile ${tile.name}`}`;

interface TileLines {
  /** Of each word line and each bit line: what it carries, such as `h[2] +` or `i[0]`; `dummy[0]` is a dummy row. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Voltage of each word line in units of vRead. */
  readonly signs: Float64Array;
}

function tileTable(
  { layout, crossbar }: WeightArray,
  tile: Tile,
  labels: TileLines,
  target: Float64Array,
  actual: Float64Array,
): Outcome<ResultTable> {
  const conductors = wiresOf(crossbar);
  const ideals = idealWires(crossbar);
  const solve = (wires: ArrayWires) => {
    const { circuit, drives } = drivenArray(titleOf(crossbar, layout, tile), crossbar, labels, actual, wires);
    return solveCrossbar(circuit, drives);
  };
  const real = solve(conductors ?? ideals);
  if (!real.ok) return real;
  const ideal = conductors ? solve(ideals) : real;
  if (!ideal.ok) return ideal;
  const { wordVoltage, bitVoltage, cellCurrent } = real.value;
  const loss = wordVoltage.map(
    (word, at) => ideal.value.wordVoltage[at] - ideal.value.bitVoltage[at] - (word - bitVoltage[at]),
  );
  const error = actual.map((conductance, at) => conductance - target[at]);
  return success({
    id: `${layout.layer}${tile.name}`,
    title: titleOf(crossbar, layout, tile),
    kind: 'map',
    axes: [
      { name: 'word line', length: labels.rows.length, labels: labels.rows },
      { name: 'bit line', length: labels.columns.length, labels: labels.columns },
    ],
    columns: [
      { name: 'conductance', unit: 'S', values: actual },
      { name: 'programming error', unit: 'S', values: error },
      { name: 'word line voltage', unit: 'V', values: wordVoltage },
      { name: 'bit line voltage', unit: 'V', values: bitVoltage },
      { name: 'IR loss', unit: 'V', values: loss },
      { name: 'device current', unit: 'A', values: cellCurrent },
    ],
  });
}

/** What the lines of a tile carry, dummy rows behind the others. */
function linesOfTile(layout: ArrayLayout, index: number, dummyRows: number): TileLines {
  const { rowGroups, arrangement, tiles, readings } = layout;
  const { from, to } = tiles[index].elements;
  const elements = rowGroups.flatMap(({ name, size }) => numbered(name, size)).slice(from, to);
  const isPaired = arrangement === 'rows';
  const rows = isPaired ? elements.flatMap((name) => [`${name} +`, `${name} −`]) : elements;
  return {
    rows: [...rows, ...numbered('dummy', dummyRows)],
    columns: readings.flatMap((reading) => (reading.tile === index ? columnLabels(layout, reading) : [])),
    signs: Float64Array.from({ length: rows.length + dummyRows }, (_, row) =>
      row >= rows.length ? 0 : isPaired && row % 2 === 1 ? -1 : 1,
    ),
  };
}

const numbered = (name: string, count: number): readonly string[] =>
  count === 1 ? [name] : Array.from({ length: count }, (_, at) => `${name}[${at}]`);

function columnLabels(
  { columnGroups, arrangement, slices }: ArrayLayout,
  { column, unit, size, slice }: Reading,
): readonly string[] {
  const suffix = slices > 1 ? `/${slice}` : '';
  const names = Array.from(
    { length: size },
    (_, at) => `${columnGroups[column].name}[${unit + at}]${suffix}`,
  );
  if (arrangement === 'columns') return names.flatMap((name) => [`${name} +`, `${name} −`]);
  return arrangement === 'reference' ? [...names, `${columnGroups[column].name} reference${suffix}`] : names;
}
