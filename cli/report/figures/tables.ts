import type { Result, ResultTable, TableColumn } from '@memloom/sim-core';
import type { Axis, Figure, Series } from '../chart/figure.ts';
import { inPrefix } from './prefix.ts';

/** Tables that are drawn; a long sweep has more, which their files hold. */
const mostTables = 24;

/** Curves of the analyses without a network, each table drawn as its kind asks for. */
export const tableFigures = ({ tables, transients }: Result): readonly Figure[] =>
  tables
    .filter(({ id }) => !transients.some(({ table }) => table === id))
    .slice(0, mostTables)
    .flatMap(figuresOf);

function figuresOf(table: ResultTable): readonly Figure[] {
  const { columns } = table;
  switch (table.kind) {
    case 'hysteresis':
      return [loop(table), ...columns.slice(3).map((state) => overTime(table, state))];
    case 'waveform':
      return columns.slice(3).map((state) => overTime(table, state));
    case 'pulses':
      return [response(table)];
    case 'histogram':
      return [histogram(table)];
    case 'map':
      return overLines(table);
    case 'list':
      return [];
  }
}

const idOf = (table: ResultTable, part = ''): string =>
  `table-${`${table.id} ${part}`.trim().replace(/\W+/g, '-')}`;

/** Current over voltage: a loop where the device remembers. */
function loop(table: ResultTable): Figure {
  const [, voltage, current] = table.columns;
  const [x, y] = [inPrefix(voltage), inPrefix(current)];
  return {
    id: idOf(table),
    title: table.title,
    caption: `Current over voltage of ${table.id}, in the order of time.`,
    x: { label: 'Voltage', unit: x.unit },
    y: { label: 'Current', unit: y.unit },
    series: [line('current', x.values, y.values)],
  };
}

function overTime(table: ResultTable, state: TableColumn): Figure {
  const [x, y] = [inPrefix(table.columns[0]), inPrefix(state)];
  return {
    id: idOf(table, state.name),
    title: `${table.id}: ${state.name} over time`,
    caption: `State ${state.name} of ${table.title}.`,
    x: { label: 'Time', unit: x.unit },
    y: { label: state.name, unit: y.unit },
    series: [line(state.name, x.values, y.values)],
  };
}

/** Conductance after each pulse; over many devices its mean with a band of one standard deviation. */
function response(table: ResultTable): Figure {
  const [pulse, conductance] = table.columns;
  const y = inPrefix(conductance);
  const spread = table.columns.find(({ name }) => name === 'deviation');
  const deviation = spread && Array.from(spread.values, (value) => value / y.factor);
  return {
    id: idOf(table),
    title: table.title,
    caption: spread
      ? 'Mean conductance after each pulse; the band is ±1 standard deviation over the devices.'
      : 'Conductance after each pulse.',
    x: { label: 'Pulse', unit: '', whole: true },
    y: { label: 'Conductance', unit: y.unit },
    series: [{ ...line('conductance', [...pulse.values], y.values), ...(deviation ? { deviation } : {}) }],
  };
}

function histogram(table: ResultTable): Figure {
  const [from, to, ...groups] = table.columns;
  const low = inPrefix(from, to);
  const last = to.values[to.values.length - 1] / low.factor;
  // The outline starts and ends on the axis; each point is the left edge of its step.
  const edges = [low.values[0], ...low.values, last];
  return {
    id: idOf(table),
    title: table.title,
    caption: 'Devices by the conductance that they were left with; an outline for each target.',
    x: { label: 'Conductance', unit: low.unit },
    y: { label: 'Devices', unit: '' },
    series: groups.map(({ name, values }, colour) => ({
      name,
      colour,
      mark: 'outline',
      x: edges,
      y: [0, ...values, 0],
    })),
  };
}

/** Vectors that one figure can tell apart. */
const mostVectors = 8;

/** Values along lines, one curve to each of the first vectors. */
function overLines(table: ResultTable): readonly Figure[] {
  const [vectors, lines, ...more] = table.axes ?? [];
  if (!lines || more.length > 0 || lines.length < 2) return [];
  const [column] = table.columns;
  const y = inPrefix(column);
  const x = Array.from({ length: lines.length }, (_, line) => line);
  const shown = Math.min(vectors.length, mostVectors);
  const series = Array.from({ length: shown }, (_, vector) => ({
    ...line(`vector ${vector}`, x, y.values.slice(vector * lines.length, (vector + 1) * lines.length)),
    colour: vector,
  }));
  const axis: Axis = { label: lines.name === 'bitLine' ? 'Bit line' : 'Word line', unit: '', whole: true };
  const all = shown < vectors.length ? ` The first ${shown} of ${vectors.length} vectors.` : '';
  return [
    {
      id: idOf(table),
      title: table.title,
      caption: `The ${column.name} of each line.${all}`,
      x: axis,
      y: { label: column.name, unit: y.unit },
      series,
    },
  ];
}

const line = (name: string, x: readonly number[], y: readonly number[]): Series => ({
  name,
  colour: 0,
  mark: 'line',
  x,
  y,
});
