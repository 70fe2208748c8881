import type { CrossbarCircuit } from '../crossbar/circuit.ts';
import { solveCrossbar } from '../crossbar/solve.ts';
import { type Outcome, success } from '../design/problem.ts';
import type { ResultTable } from '../run/result.ts';
import type { WeightArray } from './array-targets.ts';
import type { Conductances } from './conductance.ts';
import type { ArrayLayout, Reading, Section, Tile } from './layout.ts';
import { type ArrayWires, wiresOf } from './wires.ts';

/**
 * What is at each crossing of the arrays of a layer, one table for each tile, without dummy rows: the conductance that
 * programming left and its difference to the one asked for, in siemens; and with every operand at the number 1, that is
 * with vRead on every word line (its negative on those of minus devices), the voltages of both lines, what the wires
 * take from the device's voltage, and its current. Bit lines end at virtual ground in current read-out, otherwise at
 * the load.
 */
export function arrayMaps(
  array: WeightArray,
  target: Conductances,
  actual: Conductances,
): Outcome<readonly ResultTable[]> {
  const { layout } = array;
  const tables: ResultTable[] = [];
  for (const [index, tile] of layout.tiles.entries()) {
    const { fill, labels } = placeOnTile(layout, index, tile);
    const table = tileTable(array, tile, labels, fill(target), fill(actual));
    if (!table.ok) return table;
    tables.push(table.value);
  }
  return success(tables);
}

interface LineLabels {
  /** Of each word line and each bit line: what it carries, such as `h[2] +` or `i[0]`. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

function tileTable(
  { layout, crossbar }: WeightArray,
  tile: Tile,
  labels: LineLabels,
  target: Float64Array,
  actual: Float64Array,
): Outcome<ResultTable> {
  const [rows, columns] = [labels.rows.length, labels.columns.length];
  const drive = Float64Array.from(labels.rows, (label) => (label.endsWith('−') ? -1 : 1) * crossbar.vRead);
  const conductors = wiresOf(crossbar);
  const ideals: ArrayWires = {
    word: 0,
    bit: 0,
    left: 0,
    right: Number.POSITIVE_INFINITY,
    foot: crossbar.readout === 'current' ? 0 : 1 / crossbar.load,
  };
  const solve = ({ word, bit, left, right, foot }: ArrayWires) => {
    const circuit: CrossbarCircuit = {
      rows,
      columns,
      conductance: actual,
      wordWire: word,
      bitWire: bit,
      wordLeft: left,
      wordRight: right,
      bitTop: Number.POSITIVE_INFINITY,
      bitBottom: foot,
    };
    return solveCrossbar(circuit, { wordLeft: drive, ...(right < Infinity ? { wordRight: drive } : {}) });
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
    title: `${crossbar.name} of ${layout.layer}${tile.name === '' ? '' : `, tile ${tile.name}`}`,
    kind: 'map',
    axes: [
      { name: 'word line', length: rows, labels: labels.rows },
      { name: 'bit line', length: columns, labels: labels.columns },
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

/** Where the devices of a layer stand on one of its tiles. */
function placeOnTile(layout: ArrayLayout, index: number, tile: Tile) {
  const { arrangement, rowGroups } = layout;
  const readings = layout.readings.filter((reading) => reading.tile === index);
  const perUnit = arrangement === 'columns' ? 2 : 1;
  const perReading = arrangement === 'reference' ? 1 : 0;
  const starts: number[] = [];
  let bitLines = 0;
  for (const { size } of readings) {
    starts.push(bitLines);
    bitLines += size * perUnit + perReading;
  }
  const rows = rowLabels(layout, tile);
  const fill = ({ plus, minus }: Conductances): Float64Array => {
    const cells = new Float64Array(rows.length * bitLines);
    for (const [at, reading] of readings.entries())
      for (const section of reading.sections)
        forEachDevice(section, (p, k, j) => {
          const element = rowGroups[section.block.row].first + section.element + k - tile.elements.from;
          const column = starts[at] + perUnit * j;
          const row = arrangement === 'rows' ? 2 * element : element;
          cells[row * bitLines + column] = plus[section.first + p];
          if (arrangement === 'rows') cells[(row + 1) * bitLines + column] = minus[section.minus + p];
          else if (arrangement === 'columns') cells[row * bitLines + column + 1] = minus[section.minus + p];
          else cells[row * bitLines + starts[at] + reading.size] = minus[section.minus + k];
        });
    return cells;
  };
  return { fill, labels: { rows, columns: readings.flatMap((reading) => columnLabels(layout, reading)) } };
}

function forEachDevice(
  { kind, count, element, unit, units }: Section,
  visit: (p: number, k: number, j: number) => void,
): void {
  for (let p = 0; p < count; p++)
    if (kind === 'diagonal') visit(p, p, element + p - unit);
    else visit(p, Math.floor(p / units), p % units);
}

function rowLabels({ rowGroups, arrangement }: ArrayLayout, { elements }: Tile): readonly string[] {
  const names = rowGroups.flatMap(({ name, size }) =>
    Array.from({ length: size }, (_, at) => (size === 1 ? name : `${name}[${at}]`)),
  );
  return names
    .slice(elements.from, elements.to)
    .flatMap((name) => (arrangement === 'rows' ? [`${name} +`, `${name} −`] : [name]));
}

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
