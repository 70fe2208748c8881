// The view of arrays: every quantity of every crossing as a heat map, with what the lines carry.
import type { ArraysState, FromArrays, ToArrays } from '../../arrays/messages.ts';
import type { TableSummary } from '../../results/summary.ts';
import { element } from '../element.ts';
import { acquireHost } from '../host.ts';
import { formatQuantity } from '../numbers.ts';
import { pendingAnswers } from '../results/pending.ts';
import { onThemeChange } from '../theme.ts';
import { type Cell, createHeatMap, type MapModel } from './heat-map.ts';

const host = acquireHost<ArraysState, FromArrays>();
const root = document.getElementById('arrays') ?? document.body;
const pending = pendingAnswers();
const bar = element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Arrays' });
const readout = element('p', { class: 'hint readout', role: 'status' });
const heat = createHeatMap({
  point,
  choose: ({ column }) => {
    if (current)
      host.postMessage({ kind: 'reveal', table: current.table.id, line: labelOf(current.table, 1, column) });
  },
  drawn: (script, { rows, columns }) => host.postMessage({ kind: 'drawn', rows, columns, script }),
});
/** The map that is shown, with all its quantities: what is pointed at has a value of each. */
let current:
  | { readonly table: TableSummary; readonly values: readonly Float64Array[]; readonly slice: number }
  | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToArrays>) => {
  if (data.kind === 'values') return pending.answer(data.id, data.values);
  if (data.kind === 'unavailable') return root.replaceChildren(element('p', { class: 'hint' }, data.message));
  const kept = host.getState();
  host.setState({ ...kept, shown: data.shown });
  root.replaceChildren(bar, heat.element, readout);
  void open(data.maps, data.maps.find(({ id }) => id === kept?.map) ?? data.maps[0], kept?.quantity ?? 0);
});
window.addEventListener('error', ({ message }) => host.postMessage({ kind: 'broken', message }));
window.addEventListener('unhandledrejection', ({ reason }) =>
  host.postMessage({ kind: 'broken', message: String(reason) }),
);
onThemeChange(heat.redraw);
host.postMessage({ kind: 'loaded' });

async function open(
  maps: readonly TableSummary[],
  table: TableSummary,
  quantity: number,
  slice = 0,
): Promise<void> {
  const columns = table.columns.map((_, at) => at);
  const values =
    current?.table.id === table.id
      ? current.values
      : await pending.ask<readonly Float64Array[]>((id) =>
          host.postMessage({ kind: 'values', id, table: table.id, columns }),
        );
  current = { table, values, slice };
  const shown = Math.min(quantity, columns.length - 1);
  const state = host.getState();
  if (state) host.setState({ ...state, map: table.id, quantity: shown });
  heat.show(modelOf(table, values, shown, slice));
  const slices = slicesOf(table);
  bar.replaceChildren(
    choice(
      'Array',
      maps.map(({ title }) => title),
      maps.indexOf(table),
      (at) => void open(maps, maps[at], shown),
    ),
    choice(
      'Quantity',
      table.columns.map(({ name }) => name),
      shown,
      (at) => void open(maps, table, at, slice),
    ),
    ...(slices > 1
      ? [
          choice(
            'Slice',
            Array.from({ length: slices }, (_, at) => `${table.axes?.[0].name} ${at}`),
            slice,
            (at) => void open(maps, table, shown, at),
          ),
        ]
      : []),
  );
}

/** The last two axes are the map; those before number its slices. */
const lineAxes = ({ axes = [] }: TableSummary) => axes.slice(-2);
const slicesOf = ({ axes = [] }: TableSummary) =>
  axes.slice(0, -2).reduce((product, { length }) => product * length, 1);

function modelOf(
  table: TableSummary,
  values: readonly Float64Array[],
  quantity: number,
  slice: number,
): MapModel {
  const [rows, columns] = lineAxes(table).map(({ length }) => length);
  const size = rows * columns;
  return {
    rows,
    columns,
    rowLabel: (row) => labelOf(table, 0, row),
    columnLabel: (column) => labelOf(table, 1, column),
    values: values[quantity].subarray(slice * size, (slice + 1) * size),
    unit: table.columns[quantity].unit,
  };
}

const labelOf = (table: TableSummary, axis: 0 | 1, at: number): string =>
  lineAxes(table)[axis].labels?.[at] ?? String(at);

/** Every quantity of a crossing, with what its lines carry. */
function point(cell: Cell | undefined): void {
  if (cell === undefined || current === undefined) return;
  const { table, values, slice } = current;
  const [rows, columns] = lineAxes(table);
  const at = slice * rows.length * columns.length + cell.row * columns.length + cell.column;
  const parts = table.columns.map(
    ({ name, unit }, column) => `${name} ${formatQuantity(values[column][at], unit)}`,
  );
  readout.textContent = `${rows.name} ${labelOf(table, 0, cell.row)}, ${columns.name} ${labelOf(table, 1, cell.column)}: ${parts.join(', ')}`;
}

function choice(
  label: string,
  texts: readonly string[],
  chosen: number,
  choose: (at: number) => void,
): HTMLElement {
  const made = element(
    'select',
    { 'aria-label': label },
    ...texts.map((text, at) => element('option', { value: String(at) }, text)),
  );
  made.selectedIndex = chosen;
  made.addEventListener('change', () => choose(made.selectedIndex));
  return made;
}
