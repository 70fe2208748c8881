import type { CrossbarDesign } from '../design/design.ts';
import type {
  ArrayLayout,
  ColumnGroup,
  Reading,
  Section,
  Span,
  Tile,
  TileCut,
  WeightBlock,
} from './layout.ts';

type Groups = Pick<ArrayLayout, 'rowGroups' | 'columnGroups' | 'blocks' | 'arrangement' | 'slices'>;

/**
 * Cuts a layer into arrays of the crossbar's size: operand elements into bands of word lines, units into bands of bit
 * lines, all lines of an element or unit in one band. One array where the size is left out, tiling is off or nothing
 * would fit; whether it fits is for {@link sizeProblem} to say.
 */
export function cutIntoTiles(groups: Groups, crossbar: CrossbarDesign, dummyRows: number): TileCut {
  const elements = groups.rowGroups.reduce((sum, { size }) => sum + size, 0);
  const bands = bandsOf(groups, crossbar, elements, dummyRows);
  const tiles: Tile[] = [];
  const readings: Reading[] = [];
  const counts = { units: 0, plus: 0, minus: 0 };
  const cut: Cut = { groups, bands, tiles, tileOf: new Map(), counts, readings };
  for (const [column, group] of groups.columnGroups.entries())
    for (const [across, band] of bands.units.entries()) {
      const units = overlap(band, { from: group.first, to: group.first + group.size });
      if (units.to <= units.from) continue;
      for (let slice = 0; slice < groups.slices; slice++)
        for (const down of bands.elements.keys()) addReading(cut, column, units, slice, down, across);
    }
  return {
    tiles: tiles.map((tile, index) => ({ ...tile, bitLines: bitLinesOf(groups, readings, index) })),
    readings,
    plusCount: counts.plus,
    minusCount: counts.minus,
  };
}

interface Bands {
  readonly elements: readonly Span[];
  readonly units: readonly Span[];
}

/** Arrays that one layer may take. */
const mostTiles = 1e6;

function bandsOf(
  groups: Groups,
  { size, tiling }: CrossbarDesign,
  elements: number,
  dummyRows: number,
): Bands {
  const last = groups.columnGroups[groups.columnGroups.length - 1];
  const whole = { elements: [{ from: 0, to: elements }], units: [{ from: 0, to: last.first + last.size }] };
  if (!size || !tiling) return whole;
  const perElement = groups.arrangement === 'rows' ? 2 : 1;
  const room = Math.floor((size.rows - dummyRows) / perElement);
  const units = unitBands(groups, size.columns);
  if (room < 1 || !units) return whole;
  const count = Math.ceil(elements / room);
  // So many arrays nobody builds and no memory lists: the layer counts as one that does not fit.
  if (count * units.length > mostTiles) return whole;
  return {
    elements: Array.from({ length: count }, (_, band) => ({
      from: band * room,
      to: Math.min(elements, (band + 1) * room),
    })),
    units,
  };
}

/** As many units as the bit lines allow, where each gate that has units in a band needs its reference lines there. */
function unitBands(
  { columnGroups, arrangement, slices }: Groups,
  columns: number,
): readonly Span[] | undefined {
  const perUnit = slices * (arrangement === 'columns' ? 2 : 1);
  const perGate = arrangement === 'reference' ? slices : 0;
  if (perUnit + perGate > columns) return undefined;
  const bands: { from: number; to: number }[] = [{ from: 0, to: 0 }];
  let free = columns;
  for (const { first, size } of columnGroups) {
    free -= perGate;
    for (let unit = first; unit < first + size; unit++) {
      if (free < perUnit) {
        bands.push({ from: unit, to: unit });
        free = columns - perGate;
      }
      free -= perUnit;
      bands[bands.length - 1].to = unit + 1;
    }
  }
  return bands;
}

interface Cut {
  readonly groups: Groups;
  readonly bands: Bands;
  readonly tiles: Omit<Tile, 'bitLines'>[];
  /** Index of the tile of a band of elements and a band of units. */
  readonly tileOf: Map<string, number>;
  readonly counts: { units: number; plus: number; minus: number };
  readonly readings: Reading[];
}

function addReading(
  cut: Cut,
  column: number,
  units: Span,
  slice: number,
  down: number,
  across: number,
): void {
  const { groups, bands, counts } = cut;
  const group = groups.columnGroups[column];
  const span = { from: units.from - group.first, to: units.to - group.first };
  const isTiled = bands.elements.length * bands.units.length > 1;
  const place = isTiled ? `[${down},${across}]` : '';
  const suffix = `${place}${groups.slices > 1 ? `/${slice}` : ''}`;
  const sections = groups.blocks
    .filter((block) => block.column === column)
    .flatMap((block) => sectionOf(cut, block, span, slice, bands.elements[down], suffix) ?? []);
  // A tile without any device of the gate is none of its sums.
  if (sections.length === 0) return;
  cut.readings.push({
    name: group.name + suffix,
    column,
    tile: tileAt(cut, down, across, place),
    slice,
    unit: span.from,
    size: span.to - span.from,
    first: counts.units,
    sections,
  });
  counts.units += span.to - span.from;
}

function tileAt({ tileOf, tiles, bands, groups }: Cut, down: number, across: number, name: string): number {
  const key = `${down} ${across}`;
  const known = tileOf.get(key);
  if (known !== undefined) return known;
  const elements = bands.elements[down];
  const wordLines = (elements.to - elements.from) * (groups.arrangement === 'rows' ? 2 : 1);
  const index = tiles.push({ name, elements, units: bands.units[across], wordLines }) - 1;
  tileOf.set(key, index);
  return index;
}

/** The part of a block that lies in a band of elements; undefined where there is none. */
function sectionOf(
  { groups, counts }: Cut,
  block: WeightBlock,
  units: Span,
  slice: number,
  band: Span,
  suffix: string,
): Section | undefined {
  const { first, size } = groups.rowGroups[block.row];
  const rows = overlap(band, { from: first, to: first + size });
  const elements = { from: rows.from - first, to: rows.to - first };
  const isReference = groups.arrangement === 'reference';
  // Beside a reference line, which has a device at each element, a unit needs one there too: of the weight zero.
  const kind = block.diagonal && !isReference ? 'diagonal' : 'full';
  const met = kind === 'diagonal' ? overlap(elements, units) : elements;
  if (met.to <= met.from) return undefined;
  const height = met.to - met.from;
  const width = units.to - units.from;
  const count = kind === 'diagonal' ? height : height * width;
  const section: Section = {
    name: block.weights + suffix,
    block,
    slice,
    kind,
    element: met.from,
    elements: height,
    unit: units.from,
    units: width,
    first: counts.plus,
    count,
    minus: counts.minus,
  };
  counts.plus += count;
  counts.minus += isReference ? height : count;
  return section;
}

const overlap = (a: Span, b: Span): Span => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) });

function bitLinesOf({ arrangement }: Groups, readings: readonly Reading[], tile: number): number {
  const lines = ({ size }: Reading) =>
    arrangement === 'columns' ? 2 * size : arrangement === 'reference' ? size + 1 : size;
  return readings.reduce((sum, reading) => sum + (reading.tile === tile ? lines(reading) : 0), 0);
}

/** The readings of a column group: [units][slice][tile below tile]. */
export function readingsOf(
  { readings, slices, columnGroups }: ArrayLayout,
  column: ColumnGroup,
): readonly (readonly (readonly Reading[])[])[] {
  const own = readings.filter((reading) => columnGroups[reading.column] === column);
  const starts = [...new Set(own.map(({ unit }) => unit))];
  return starts.map((unit) =>
    Array.from({ length: slices }, (_, slice) =>
      own.filter((reading) => reading.unit === unit && reading.slice === slice),
    ),
  );
}
