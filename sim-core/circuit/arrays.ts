import type { CrossbarDesign } from '../design/design.ts';
import type { Conductances } from '../hardware/conductance.ts';
import { devicePlaces, placeDevices } from '../hardware/device-places.ts';
import type { ArrayLayout, Reading, Tile } from '../hardware/layout.ts';
import { columnParameter, linesOf } from '../hardware/read-out.ts';
import { readingLines } from '../hardware/reading-transfer.ts';

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
