import type { CrossbarDesign } from '../design/design.ts';
import type { Conductances } from '../hardware/conductance.ts';
import type { ArrayLayout, Reading, Section, Tile } from '../hardware/layout.ts';
import { columnParameter, type Line, linesOf } from '../hardware/read-out.ts';

/** One array of a layer: a tile, with its devices where they sit. */
export interface DraftArray {
  readonly id: string;
  readonly name: string;
  readonly crossbar: CrossbarDesign;
  readonly wordLines: number;
  readonly bitLines: number;
  /** Siemens, `[wordLines][bitLines]`; zero where there is no device. */
  readonly conductance: Float64Array;
  /** Siemens from each bit line to ground. */
  readonly toGround: Float64Array;
  /** Word lines: the part of each operand that the tile holds. */
  readonly rowGroups: readonly DraftRows[];
}

interface DraftRows {
  /** Index into the layout's row groups. */
  readonly group: number;
  readonly name: string;
  /** Number of its first operand element within the tile, and of that element within the operand. */
  readonly first: number;
  readonly from: number;
  readonly size: number;
}

/** The arrays of a layer, by tile. */
export function draftArrays(
  layout: ArrayLayout,
  crossbar: CrossbarDesign,
  devices: Conductances,
  parameters: ReadonlyMap<string, Float64Array>,
): readonly DraftArray[] {
  return layout.tiles.map((tile, index) => {
    const readings = layout.readings.filter((reading) => reading.tile === index);
    const { bitLines, wordLines } = tile;
    const conductance = new Float64Array(wordLines * bitLines);
    for (const reading of readings)
      for (const section of reading.sections) place(layout, tile, reading, section, devices, conductance);
    const name = `${layout.layer}.array${tile.name}`;
    const array = {
      id: `circuit:${name}`,
      name,
      crossbar,
      wordLines,
      bitLines,
      conductance,
      toGround: new Float64Array(bitLines),
      rowGroups: rowsOf(layout, tile),
    };
    if (crossbar.readout === 'voltage')
      for (const reading of readings) groundLines(layout, array, reading, parameters);
    return array;
  });
}

/**
 * The bit lines of a reading within its tile, one for each unit, on `reference` one for all. The readings of a tile
 * stand side by side; with `arrangement = columns` plus and minus alternate, a reference line follows its units.
 */
export function bitLinesOf(layout: ArrayLayout, reading: Reading, line: Line): readonly number[] {
  const { arrangement, readings } = layout;
  const widthOf = ({ size }: Reading) =>
    arrangement === 'columns' ? 2 * size : arrangement === 'rows' ? size : size + 1;
  const start = readings
    .slice(0, readings.indexOf(reading))
    .reduce((sum, other) => (other.tile === reading.tile ? sum + widthOf(other) : sum), 0);
  if (line === 'reference') return [start + reading.size];
  return Array.from({ length: reading.size }, (_, unit) =>
    arrangement === 'columns' ? start + 2 * unit + (line === 'minus' ? 1 : 0) : start + unit,
  );
}

function rowsOf({ rowGroups }: ArrayLayout, { elements }: Tile): readonly DraftRows[] {
  return rowGroups.flatMap(({ name, first, size }, group) => {
    const begin = Math.max(first, elements.from);
    const end = Math.min(first + size, elements.to);
    return begin < end
      ? [{ group, name, first: begin - elements.from, from: begin - first, size: end - begin }]
      : [];
  });
}

/** Puts the devices of a section where they sit: plus at +v or on the plus bit line, minus at -v or on the other one. */
function place(
  layout: ArrayLayout,
  tile: Tile,
  reading: Reading,
  section: Section,
  { plus, minus }: Conductances,
  into: Float64Array,
): void {
  const { arrangement, rowGroups } = layout;
  const [first, second = first] = linesOf(arrangement);
  const plusLines = bitLinesOf(layout, reading, first);
  const minusLines = bitLinesOf(layout, reading, second);
  const rows = arrangement === 'rows' ? 2 : 1;
  const start = rowGroups[section.block.row].first - tile.elements.from + section.element;
  for (let p = 0; p < section.count; p++) {
    const diagonal = section.kind === 'diagonal';
    const element = diagonal ? p : Math.floor(p / section.units);
    const unit = diagonal ? section.element + p - section.unit : p % section.units;
    const row = rows * (start + element) * tile.bitLines;
    into[row + plusLines[unit]] = plus[section.first + p];
    if (arrangement === 'rows') into[row + tile.bitLines + plusLines[unit]] = minus[section.minus + p];
    if (arrangement === 'columns') into[row + minusLines[unit]] = minus[section.minus + p];
    if (arrangement === 'reference') into[row + minusLines[0]] = minus[section.minus + element];
  }
}

/** What a bit line conducts beyond its devices: its load and its dummy devices. */
function groundLines(
  layout: ArrayLayout,
  { conductance, toGround, wordLines, bitLines }: DraftArray,
  reading: Reading,
  parameters: ReadonlyMap<string, Float64Array>,
): void {
  for (const line of linesOf(layout.arrangement)) {
    const whole = parameters.get(columnParameter(layout, reading, line, 'gColumn'));
    bitLinesOf(layout, reading, line).forEach((bitLine, k) => {
      let devices = 0;
      for (let row = 0; row < wordLines; row++) devices += conductance[row * bitLines + bitLine];
      const rest = (whole?.[k] ?? devices) - devices;
      // Nothing, up to the rounding of the sum, is nothing.
      toGround[bitLine] = rest > 1e-12 * devices ? rest : 0;
    });
  }
}
