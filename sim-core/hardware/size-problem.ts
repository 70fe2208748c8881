import type { CrossbarDesign } from '../design/design.ts';
import type { Problem } from '../design/problem.ts';
import type { ArrayLayout } from './layout.ts';

/**
 * Why the arrays of a layer are larger than the crossbar, naming the lines that are needed and what they carry;
 * undefined where they fit. With tiling only a size fails that does not hold one element and one unit.
 */
export function sizeProblem(
  layout: ArrayLayout,
  crossbar: CrossbarDesign,
  dummyRows: number,
): Problem | undefined {
  const { size } = crossbar;
  if (!size) return undefined;
  const fits = layout.tiles.every(
    (tile) => tile.wordLines + dummyRows <= size.rows && tile.bitLines <= size.columns,
  );
  if (fits) return undefined;
  const rows = layout.wordLines + dummyRows;
  const dummies = dummyRows > 0 ? `, + ${dummyRows} dummy row${dummyRows > 1 ? 's' : ''}` : '';
  const rowsNeeded = `${rows} rows: ${makeUp(layout.rowGroups)}${layout.arrangement === 'rows' ? ', in pairs' : ''}${dummies}`;
  const columnsNeeded = `${layout.bitLines} columns: ${makeUp(layout.columnGroups)}${columnsFor(layout)}`;
  return {
    code: 'crossbar.size',
    message: `Crossbar "${crossbar.name}" has ${size.rows} x ${size.columns} places, but layer "${layout.layer}" needs ${rowsNeeded}; and ${columnsNeeded}.`,
    hint: crossbar.tiling
      ? 'Not even one weight fits: enlarge the size.'
      : `Write "size = ${rows} x ${layout.bitLines}", or leave the size out, or write "tiling = true" to use several arrays.`,
    origin: crossbar.origin,
  };
}

function columnsFor({ arrangement, slices }: ArrayLayout): string {
  const sliced = slices > 1 ? `, in ${slices} slices` : '';
  if (arrangement === 'columns') return `, in pairs${sliced}`;
  return arrangement === 'reference' ? `, with a reference for each${sliced}` : sliced;
}

const makeUp = (groups: readonly { readonly name: string; readonly size: number }[]): string =>
  groups.map(({ name, size }) => `${name} (${size})`).join(' + ');
