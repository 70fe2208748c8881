import uPlot from 'uplot';
import type { ColumnSummary, SeriesQuery, SeriesSummary, SeriesWindow } from '../../results/series.ts';
import { formatNumber, formatQuantity } from '../numbers.ts';
import { currentTheme, type Theme, withAlpha } from '../theme.ts';

export interface Plot {
  readonly element: HTMLElement;
  /** Draws anew in the current theme and width. */
  redraw(): void;
  dispose(): void;
}

export type AskWindow = (query: SeriesQuery) => Promise<SeriesWindow>;

interface PlotOptions {
  readonly series: SeriesSummary;
  /** Indices of the columns to draw; all have the same unit. */
  readonly columns: readonly number[];
  readonly label: string;
  readonly ask: AskWindow;
  /** Called after each drawing. */
  drawn(): void;
}

const height = 220;

/**
 * One plot of columns over their abscissa. It shows what it is given for its width: a change of zoom or size asks for
 * a new window. Drag to zoom; double click or the Home key shows all.
 */
export function createPlot(options: PlotOptions): Plot {
  const { series, columns, label } = options;
  const holder = document.createElement('div');
  holder.className = 'plot';
  holder.tabIndex = 0;
  holder.setAttribute('role', 'img');
  holder.setAttribute('aria-label', `${label}: ${columns.map((at) => series.columns[at].name).join(', ')}`);
  let range = { from: series.from, to: series.to };
  let chart: uPlot | undefined;
  let asked = 0;

  const redraw = async () => {
    const width = holder.clientWidth;
    if (width === 0) return;
    const turn = ++asked;
    const window = await options.ask({ series: series.id, columns, ...range, pixels: width });
    // A later request has overtaken this one.
    if (turn !== asked) return;
    chart?.destroy();
    chart = new uPlot(chartOptions(options, width, range, zoom), toData(window), holder);
    options.drawn();
  };
  const zoom = (from: number, to: number) => {
    range = { from: Math.max(series.from, from), to: Math.min(series.to, to) };
    void redraw();
  };
  const showAll = () => zoom(series.from, series.to);
  holder.addEventListener('dblclick', showAll);
  holder.addEventListener('keydown', (event) => onKey(event, range, zoom, showAll));
  const sizes = new ResizeObserver(() => {
    if (chart === undefined || chart.width !== holder.clientWidth) void redraw();
  });
  sizes.observe(holder);
  return {
    element: holder,
    redraw: () => void redraw(),
    dispose: () => {
      asked++;
      sizes.disconnect();
      chart?.destroy();
    },
  };
}

type Range = { readonly from: number; readonly to: number };
type Zoom = (from: number, to: number) => void;

/** The keyboard does what the mouse does: + and - zoom, the arrows move, Home shows all. */
function onKey(event: KeyboardEvent, { from, to }: Range, zoom: Zoom, showAll: () => void): void {
  const span = to - from;
  const actions: Readonly<Record<string, () => void>> = {
    '+': () => zoom(from + span / 4, to - span / 4),
    '-': () => zoom(from - span / 2, to + span / 2),
    ArrowLeft: () => zoom(from - span / 4, to - span / 4),
    ArrowRight: () => zoom(from + span / 4, to + span / 4),
    Home: showAll,
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}

function chartOptions(
  { series, columns, label }: PlotOptions,
  width: number,
  range: Range,
  zoom: Zoom,
): uPlot.Options {
  const theme = currentTheme();
  const drawn = columns.map((at) => series.columns[at]);
  const axis = {
    stroke: theme.text,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { stroke: theme.grid, width: 1 },
  };
  const unit = drawn[0]?.unit ?? '';
  return {
    width,
    height,
    scales: { x: { time: false, min: range.from, max: range.to } },
    cursor: {
      drag: { x: true, y: false, setScale: false },
    },
    axes: [
      { ...axis, label: series.xName, labelSize: 18, size: 34 },
      { ...axis, label: unit === '' || unit === '1' ? label : `${label} (${unit})`, labelSize: 18, size: 62 },
    ],
    series: [abscissa(series), ...drawn.map((column) => lineOf(column, drawn, theme))],
    bands: bandsOf(drawn, theme),
    hooks: {
      setSelect: [
        (chart) => {
          if (chart.select.width > 4)
            zoom(
              chart.posToVal(chart.select.left, 'x'),
              chart.posToVal(chart.select.left + chart.select.width, 'x'),
            );
        },
      ],
    },
  };
}

/** The legend shows where the cursor is. */
const abscissa = ({ xName }: SeriesSummary): uPlot.Series => ({
  label: xName,
  value: (_chart, value) => (value === null || value === undefined ? '–' : formatNumber(value)),
});

function lineOf(column: ColumnSummary, drawn: readonly ColumnSummary[], theme: Theme): uPlot.Series {
  const colour = colourOf(column, drawn, theme);
  const edge = column.role === 'low' || column.role === 'high';
  const name = edge ? `${column.name} ${column.role === 'low' ? '− std' : '+ std'}` : column.name;
  return {
    label: name,
    class: edge ? 'edge' : undefined,
    stroke: edge ? withAlpha(colour, 0.3) : colour,
    width: edge ? 0.5 : 1.5,
    dash: column.role === 'target' ? [4, 3] : undefined,
    points: { show: false },
    value: (_chart, value) =>
      value === null || Number.isNaN(value) ? '–' : formatQuantity(value, column.unit),
  };
}

function colourOf({ name, role }: ColumnSummary, drawn: readonly ColumnSummary[], theme: Theme): string {
  if (role === 'target') return theme.target;
  const names = [...new Set(drawn.filter((column) => column.role !== 'target').map((column) => column.name))];
  return theme.lines[names.indexOf(name) % theme.lines.length];
}

/** The area between the edges `high` and `low` of each name. */
function bandsOf(drawn: readonly ColumnSummary[], theme: Theme): uPlot.Band[] {
  return drawn.flatMap((column, at) => {
    if (column.role !== 'high') return [];
    const low = drawn.findIndex(({ name, role }) => name === column.name && role === 'low');
    return [{ series: [at + 1, low + 1], fill: withAlpha(colourOf(column, drawn, theme), 0.18) }];
  });
}

/** uPlot takes null for a gap. */
function toData({ x, columns }: SeriesWindow): uPlot.AlignedData {
  const gaps = (values: Float64Array) => Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  return [x, ...columns.map(gaps)];
}
