import type { TableSummary } from '../../results/summary.ts';
import { element } from '../element.ts';
import { formatQuantity } from '../numbers.ts';
import { type Mark, xyChart } from '../xy-chart.ts';

/** Gives columns of a table, thinned to a number of rows. */
export type AskTable = (
  table: string,
  columns: readonly number[],
  most: number,
) => Promise<readonly Float64Array[]>;

/** Rows that a chart draws and a list shows at most. */
const mostPoints = 5000;
const mostRows = 200;

/** A table as its kind is drawn: loops of current over voltage, pulses, histograms; else as it stands. */
export function tableView(table: TableSummary, ask: AskTable): HTMLElement {
  const place = element('div', { class: 'table', id: `table-${table.id}` });
  const columns = table.columns.map((_, at) => at);
  const rows = table.kind === 'list' ? mostRows : mostPoints;
  void ask(table.id, columns, rows).then((values) => place.replaceChildren(...drawn(table, values)));
  return place;
}

function drawn(table: TableSummary, values: readonly Float64Array[]): readonly HTMLElement[] {
  const { kind, columns } = table;
  const line = (x: number, y: number): Mark => ({
    kind: 'line',
    name: columns[y].name,
    x: values[x],
    y: values[y],
  });
  if (kind === 'hysteresis')
    return [
      chart(table, 1, 2, [line(1, 2)], 'Current over voltage'),
      ...columns.slice(3).map((_, at) => chart(table, 0, at + 3, [line(0, at + 3)], columns[at + 3].name)),
    ];
  if (kind === 'histogram') {
    const bars: Mark = { kind: 'bars', name: columns[2].name, x: values[0], y: values[2], other: values[1] };
    return [chart(table, 0, 2, [bars], columns[2].name)];
  }
  if (kind === 'pulses')
    return unitsOf(table).map((own) =>
      chart(
        table,
        0,
        own[0],
        own.map((column) => line(0, column)),
        own.length === 1 ? columns[own[0]].name : table.title,
      ),
    );
  return [listView(table, values)];
}

function chart({ id, columns }: TableSummary, x: number, y: number, marks: readonly Mark[], title: string) {
  return xyChart({
    label: `${id}: ${title}`,
    xName: columns[x].name,
    xUnit: columns[x].unit,
    yName: title,
    yUnit: columns[y].unit,
    marks,
  });
}

/** The columns behind the first, together where their units agree. */
function unitsOf({ columns }: TableSummary): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  columns.forEach(({ unit }, at) => {
    if (at > 0) groups.set(unit, [...(groups.get(unit) ?? []), at]);
  });
  return [...groups.values()];
}

function listView({ columns, length }: TableSummary, values: readonly Float64Array[]): HTMLElement {
  const shown = values[0]?.length ?? 0;
  const rows = Array.from({ length: shown }, (_, row) =>
    element(
      'tr',
      {},
      ...columns.map(({ unit }, at) => element('td', {}, formatQuantity(values[at][row], unit))),
    ),
  );
  const heading = columns.map(({ name }) => element('th', { scope: 'col' }, name));
  return element(
    'div',
    { class: 'scroll list' },
    element(
      'table',
      { class: 'metrics' },
      element('caption', {}, shown < length ? `${shown} of ${length} rows, evenly spaced` : `${length} rows`),
      element('thead', {}, element('tr', {}, ...heading)),
      element('tbody', {}, ...rows),
    ),
  );
}
