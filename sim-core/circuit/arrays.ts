import type { CrossbarDesign } from '../design/design.ts';
import type { Conductances } from '../hardware/conductance.ts';
import { devicePlaces, placeDevices } from '../hardware/device-places.ts';
import type { ArrayLayout, Reading, Tile } from '../hardware/layout.ts';
import { columnParameter, type Line, linesOf, sectionTensor } from '../hardware/read-out.ts';
import { bitLinesOf } from '../hardware/sections.ts';

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
    placeDevices(devicePlaces(layout, index), devices, conductance);
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

/** The bit lines of a reading within its tile, one for each unit, on `reference` one for all. */
export function readingLines(layout: ArrayLayout, reading: Reading, line: Line): readonly number[] {
  const at = bitLinesOf(layout);
  const index = layout.readings.indexOf(reading);
  return Array.from({ length: line === 'reference' ? 1 : reading.size }, (_, unit) => at(index, line, unit));
}

/** What acts between the word lines of a tile and the bit lines of a reading, behind its wires: `[elements][units]`. */
export function readingTransfer(
  layout: ArrayLayout,
  reading: Reading,
  line: Line,
  tensors: ReadonlyMap<string, Float64Array>,
): Float64Array {
  const { elements } = layout.tiles[reading.tile];
  const width = line === 'reference' ? 1 : reading.size;
  const transfer = new Float64Array((elements.to - elements.from) * width);
  for (const section of reading.sections) {
    const tensor = tensors.get(sectionTensor(section, line, 'conductance')) ?? new Float64Array();
    const start = layout.rowGroups[section.block.row].first - elements.from;
    // Behind ideal wires a diagonal is stored as a row, one number for each unit.
    const isRow = section.kind === 'diagonal' && section.elements > 1 && tensor.length === width;
    tensor.forEach((siemens, k) => {
      const unit = k % width;
      const element = isRow ? section.unit + unit : section.element + Math.floor(k / width);
      if (siemens !== 0) transfer[(start + element) * width + unit] += siemens;
    });
  }
  return transfer;
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

/** What a bit line conducts beyond its devices: its load and its dummy devices. */
function groundLines(
  layout: ArrayLayout,
  { conductance, toGround, wordLines, bitLines }: DraftArray,
  reading: Reading,
  parameters: ReadonlyMap<string, Float64Array>,
): void {
  for (const line of linesOf(layout.arrangement)) {
    const whole = parameters.get(columnParameter(layout, reading, line, 'gColumn'));
    readingLines(layout, reading, line).forEach((bitLine, k) => {
      let devices = 0;
      for (let row = 0; row < wordLines; row++) devices += conductance[row * bitLines + bitLine];
      const rest = (whole?.[k] ?? devices) - devices;
      // Nothing, up to the rounding of the sum, is nothing.
      toGround[bitLine] = rest > 1e-12 * devices ? rest : 0;
    });
  }
}
