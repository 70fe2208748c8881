import type { Conductances } from './conductance.ts';
import type { ArrayLayout, Reading, Section } from './layout.ts';
import type { Line } from './read-out.ts';
import { bitLinesOf } from './sections.ts';

/** Where the devices and lines of a tile are. */
export interface TilePlaces {
  /** Lines that carry weights; dummy rows would follow the last word line. */
  readonly wordLines: number;
  readonly bitLines: number;
  /** Device numbers and cells, row · bitLines + column, of the tile's plus and minus devices. */
  readonly plus: readonly DevicePlace[];
  readonly minus: readonly DevicePlace[];
  /** Bit line of a unit of a reading. */
  column(reading: Reading, line: Line, unit: number): number;
  /** Word line of a section's element; the second one of a pair carries the opposite voltage. */
  row(section: Section, element: number, second: boolean): number;
}

interface DevicePlace {
  readonly device: number;
  readonly cell: number;
}

/** The one map from the devices of a layer to the crossings of one of its tiles. */
export function devicePlaces(layout: ArrayLayout, index: number): TilePlaces {
  const { arrangement, rowGroups } = layout;
  const { elements, wordLines, bitLines } = layout.tiles[index];
  const numbers = new Map(layout.readings.map((reading, number) => [reading, number]));
  const bitLine = bitLinesOf(layout);
  const column = (reading: Reading, line: Line, unit: number) =>
    bitLine(numbers.get(reading) ?? 0, line, unit);
  const row = ({ block, element }: Section, k: number, second: boolean) => {
    const place = rowGroups[block.row].first + element + k - elements.from;
    return arrangement === 'rows' ? 2 * place + (second ? 1 : 0) : place;
  };
  const [plus, minus]: DevicePlace[][] = [[], []];
  for (const reading of layout.readings) {
    if (reading.tile !== index) continue;
    for (const section of reading.sections) {
      const at = (line: Line, k: number, second: boolean, unit: number) =>
        row(section, k, second) * bitLines + column(reading, line, unit);
      for (let p = 0; p < section.count; p++) {
        const [k, unit] = placeInSection(section, p);
        plus.push({ device: section.first + p, cell: at('plus', k, false, unit) });
        if (arrangement !== 'reference')
          minus.push({ device: section.minus + p, cell: at('minus', k, arrangement === 'rows', unit) });
      }
      for (let k = 0; arrangement === 'reference' && k < section.elements; k++)
        minus.push({ device: section.minus + k, cell: at('reference', k, false, 0) });
    }
  }
  return { wordLines, bitLines, plus, minus, column, row };
}

/** Element and unit of a section's plus device number p. */
const placeInSection = (
  { kind, element, unit, units }: Section,
  p: number,
): readonly [element: number, unit: number] =>
  kind === 'diagonal' ? [p, element + p - unit] : [Math.floor(p / units), p % units];

/** Puts the devices of a layer where they are on a tile: `into` is `[word lines][bit lines]`, at least. */
export function placeDevices({ plus, minus }: TilePlaces, devices: Conductances, into: Float64Array): void {
  for (const { device, cell } of plus) into[cell] = devices.plus[device];
  for (const { device, cell } of minus) into[cell] = devices.minus[device];
}
