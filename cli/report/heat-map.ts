import type { Result, ResultTable, TableColumn } from '@memloom/sim-core';
import { quantity, significant } from '../result/number.ts';
import { escapeHtml } from './html.ts';

/** Squares along the longer side at most: finer ones cannot be told apart, and would make the page heavy. */
const most = 48;
const shades = 12;

/** What the cells of solved arrays hold, of the first vector and without the sweep: maps with word lines downwards, bit lines to the right. */
export function heatMaps({ tables }: Result): string {
  const maps = tables
    .filter(({ id, axes }) => axes?.length === 3 && axes[2].name === 'bitLine' && !/\.sweep\d+$/.test(id))
    .slice(0, 4)
    .flatMap((table) => table.columns.map((column) => heatMap(table, column)));
  return maps.length > 0
    ? `<section><h2>Within the arrays</h2><div class="maps">${maps.join('\n')}</div></section>`
    : '';
}

function heatMap({ id, axes = [] }: ResultTable, { name, unit, values }: TableColumn): string {
  const [rows, columns] = [axes[1].length, axes[2].length];
  const block = Math.max(1, Math.ceil(Math.max(rows, columns) / most));
  const means = blockMeans(values, rows, columns, block);
  const [low, high] = [Math.min(...means.values), Math.max(...means.values)];
  const text = (value: number) => (unit === '1' ? significant(value) : quantity(value, unit));
  const title = `${id}: ${name}`;
  const note = block > 1 ? ` Each square is the mean of ${block} × ${block} cells.` : '';
  return (
    `<figure class="map"><h3>${escapeHtml(title)}</h3>` +
    `<svg viewBox="0 0 ${means.columns} ${means.rows}" role="img" ` +
    `aria-label="${escapeHtml(`${title} from ${text(low)} to ${text(high)}`)}">${squares(means, low, high)}</svg>` +
    `<figcaption>${escapeHtml(`${text(low)} (light) to ${text(high)} (dark), word lines downwards, bit lines to the right, first vector.${note}`)}</figcaption></figure>`
  );
}

interface Blocks {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
}

function blockMeans(values: Float64Array, rows: number, columns: number, block: number): Blocks {
  const [down, across] = [Math.ceil(rows / block), Math.ceil(columns / block)];
  const sums = new Array<number>(down * across).fill(0);
  const counts = new Array<number>(down * across).fill(0);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = Math.floor(row / block) * across + Math.floor(column / block);
      sums[at] += values[row * columns + column];
      counts[at]++;
    }
  return { rows: down, columns: across, values: sums.map((sum, at) => sum / counts[at]) };
}

/** One path to each shade. */
function squares({ columns, values }: Blocks, low: number, high: number): string {
  const paths = Array.from({ length: shades }, () => '');
  for (const [at, value] of values.entries()) {
    const shade = high > low ? Math.min(shades - 1, Math.floor(((value - low) / (high - low)) * shades)) : 0;
    paths[shade] += `M${at % columns} ${Math.floor(at / columns)}h1v1h-1z`;
  }
  return paths
    .map((path, shade) =>
      path === ''
        ? ''
        : `<path class="shade" fill-opacity="${((shade + 0.5) / shades).toFixed(2)}" d="${path}"/>`,
    )
    .join('');
}
