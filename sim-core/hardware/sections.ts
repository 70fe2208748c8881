import type { ArrayLayout, Section } from './layout.ts';
import type { Line } from './read-out.ts';

/** The weights that a section's devices hold. */
export interface WeightsOfDevices {
  readonly section: Section;
  /** For each plus device of the section, the number of its weight; -1 where it holds the weight zero. */
  readonly from: Int32Array;
}

export function weightsOfDevices({ readings, columnGroups }: ArrayLayout): readonly WeightsOfDevices[] {
  return readings.flatMap(({ sections, column }) =>
    sections.map((section) => ({ section, from: weightsOf(section, columnGroups[column].size) })),
  );
}

function weightsOf(
  { block, kind, element, elements, unit, units, count }: Section,
  width: number,
): Int32Array {
  const from = new Int32Array(count);
  for (let k = 0; k < elements; k++) {
    if (kind === 'diagonal') {
      from[k] = block.first + element + k;
      continue;
    }
    for (let j = 0; j < units; j++) {
      const weight = (element + k) * width + unit + j;
      const onDiagonal = element + k === unit + j ? element + k : -1;
      const within = block.diagonal ? onDiagonal : weight;
      from[k * units + j] = within < 0 ? -1 : block.first + within;
    }
  }
  return from;
}

/** The bit line of each device: the number of its unit through the readings, on a reference line of its reading. */
export interface LinesOfDevices {
  readonly plus: Int32Array;
  readonly minus: Int32Array;
  /** The devices are pairs. */
  readonly paired: boolean;
}

export function linesOfDevices(layout: ArrayLayout): LinesOfDevices {
  const paired = layout.arrangement !== 'reference';
  const plus = new Int32Array(layout.plusCount);
  const minus = paired ? plus : new Int32Array(layout.minusCount);
  layout.readings.forEach(({ sections, first, unit }, index) => {
    for (const section of sections) {
      for (let p = 0; p < section.count; p++)
        plus[section.first + p] =
          first + (section.kind === 'diagonal' ? section.element + p - unit : p % section.units);
      if (!paired) minus.fill(index, section.minus, section.minus + section.elements);
    }
  });
  return { plus, minus, paired };
}

/** Size of a section's matrix on a line: [rows][columns]; of a diagonal, a row. */
export const matrixSize = (section: Section, reference: boolean): { rows: number; columns: number } => ({
  rows: section.kind === 'diagonal' ? 1 : section.elements,
  columns: reference ? 1 : section.units,
});

/** Where a section's first device stands in its matrix: a diagonal has places without a device before and behind it. */
export const placeInMatrix = ({ kind, element, unit }: Section): number =>
  kind === 'diagonal' ? element - unit : 0;

/** Distance of a section's devices in its matrix, which wires make a full one. */
export const stepInMatrix = ({ kind, units }: Section, isWired: boolean): number =>
  kind === 'diagonal' && isWired ? units + 1 : 1;

/** The bit line, within its tile, of each unit of a reading: reading behind reading, the lines of a unit side by side. */
export function bitLinesOf({
  arrangement,
  readings,
  tiles,
}: ArrayLayout): (reading: number, line: Line, unit: number) => number {
  const taken = tiles.map(() => 0);
  const starts = readings.map(({ tile, size }) => {
    const start = taken[tile];
    taken[tile] += arrangement === 'columns' ? 2 * size : size + (arrangement === 'reference' ? 1 : 0);
    return start;
  });
  return (reading, line, unit) => {
    if (line === 'reference') return starts[reading] + readings[reading].size;
    return starts[reading] + (arrangement === 'columns' ? 2 * unit + (line === 'minus' ? 1 : 0) : unit);
  };
}
