import type { ArrayLayout, Reading } from './layout.ts';
import { type Line, sectionTensor } from './read-out.ts';
import { bitLinesOf } from './sections.ts';

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
