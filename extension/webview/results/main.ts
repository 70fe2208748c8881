// The results view: metrics, predictions, training and traces of one run.

import type { KeptRun } from '../../results/kept-run.ts';
import type {
  FromResultsView,
  ResultsViewState,
  ShownResult,
  ToResultsView,
} from '../../results/messages.ts';
import { isWaveform, type SeriesQuery, type SeriesSummary, type SeriesWindow } from '../../results/series.ts';
import type { ResultSummary } from '../../results/summary.ts';
import { element } from '../element.ts';
import { acquireHost } from '../host.ts';
import { onThemeChange } from '../theme.ts';
import { xyChart } from '../xy-chart.ts';
import { historyTable } from './history.ts';
import { arrayTable, expectationList, measurementTable, metricsTable, sweepTable } from './metrics.ts';
import { pendingAnswers } from './pending.ts';
import { createPlot, type Plot } from './plot.ts';
import { sweepCharts } from './sweep.ts';
import { type AskTable, tableView } from './tables.ts';

const host = acquireHost<ResultsViewState, FromResultsView>();
const pending = pendingAnswers();
const askWindow = (query: SeriesQuery) =>
  pending.ask<SeriesWindow>((id) => host.postMessage({ kind: 'window', id, query }));
const askTable: AskTable = (table, columns, most) =>
  pending.ask((id) => host.postMessage({ kind: 'table', id, table, columns, most }));
const root = document.getElementById('results') ?? document.body;
let plots: readonly Plot[] = [];
let history: { readonly runs: readonly KeptRun[]; readonly stale: boolean } | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToResultsView>) => {
  if (data.kind === 'result') show(data.shown, data.summary);
  else if (data.kind === 'window') pending.answer(data.id, data.window);
  else if (data.kind === 'table') pending.answer(data.id, data.values);
  else if (data.kind === 'stopped') document.getElementById('live')?.replaceChildren();
  else if (data.kind === 'progress') showProgress(data.phase, data.fraction, data.loss);
  else if (data.kind === 'history') showHistory(data.runs, data.stale);
  else root.replaceChildren(element('p', { class: 'hint' }, data.message));
});
window.addEventListener('error', ({ message }) => host.postMessage({ kind: 'broken', message }));
window.addEventListener('unhandledrejection', ({ reason }) =>
  host.postMessage({ kind: 'broken', message: String(reason) }),
);
onThemeChange(() => {
  for (const plot of plots) plot.redraw();
});
host.postMessage({ kind: 'loaded' });

function show(shown: ShownResult, summary: ResultSummary): void {
  for (const plot of plots) plot.dispose();
  pending.forget();
  host.setState({ ...host.getState(), shown });
  const drawn = () => reportDrawn(summary);
  const curves = summary.series.filter((series) => !isWaveform(series)).sort(byInterest);
  const plotted = curves.map((series) => ({ series, plot: seriesPlot(series, drawn) }));
  const waveforms = summary.series.filter(isWaveform);
  plots = plotted.map(({ plot }) => plot);
  root.replaceChildren(
    header(summary),
    element('p', { id: 'stale', class: 'stale', role: 'status' }),
    element('div', { id: 'live' }),
    ...(summary.warnings.length > 0 ? [warningList(summary.warnings)] : []),
    section(
      'metrics',
      'Metrics',
      summary.metrics.rows.length > 0 ? metricsTable(summary.metrics) : undefined,
      summary.measurements.length > 0 ? measurementTable(summary.measurements) : undefined,
      expectationList(summary),
    ),
    ...(summary.sweep
      ? [
          section(
            'sweep',
            `Sweep of ${summary.sweep.parameter}`,
            sweepCharts(summary),
            sweepTable(summary.sweep),
          ),
        ]
      : []),
    ...plotted.map(({ series, plot }) => section(series.id, series.title, plot.element)),
    ...(waveforms.length > 0 ? [section('traces', 'Waveforms', waveformsButton(waveforms))] : []),
    ...summary.tables
      .filter(({ kind }) => kind !== 'waveform' && kind !== 'map')
      .map((table) => section(table.id, table.title, tableView(table, askTable))),
    element('div', { id: 'history' }),
    ...(summary.arrays.length > 0
      ? [section('arrays', 'Crossbars', arrayTable(summary), arraysButton())]
      : []),
  );
  if (plots.length === 0) drawn();
  if (history !== undefined) showHistory(history.runs, history.stale);
}

/** What is kept may be told before or after the result that is shown. */
function showHistory(runs: readonly KeptRun[], stale: boolean): void {
  history = { runs, stale };
  const place = document.getElementById('history');
  const note = document.getElementById('stale');
  const shown = host.getState()?.shown.id;
  if (note)
    note.textContent = stale ? 'The text has changed since this run. Run again to see what it says now.' : '';
  if (!place) return;
  const open = (id: string) => host.postMessage({ kind: 'open', id });
  place.replaceChildren(
    ...(runs.length > 1 ? [section('runs', 'Kept runs', historyTable(runs, shown, open))] : []),
  );
}

function seriesPlot(series: SeriesSummary, drawn: () => void): Plot {
  const columns = series.columns.map((_, at) => at);
  const label = series.id === 'training' ? 'loss' : series.title.replace(/^.* of /, '');
  return createPlot({ series, columns, label, ask: askWindow, drawn });
}

/** Signals have a view of their own, with cursors and measurements. */
function waveformsButton(series: readonly SeriesSummary[]): HTMLElement {
  const signals = new Set(series.flatMap(({ columns }) => columns.map(({ name }) => name))).size;
  const text = `Show ${signals} signals`;
  const button = element('button', { class: 'action' }, text);
  button.addEventListener('click', () => host.postMessage({ kind: 'show', view: 'waveforms' }));
  return button;
}

function header({ experiment, provenance }: ResultSummary): HTMLElement {
  const facts = `seed ${provenance.seed} · Memloom ${provenance.version} · design ${provenance.design.slice(0, 12)}`;
  return element(
    'header',
    {},
    element('h1', {}, experiment),
    element('p', { class: 'hint', title: provenance.design }, facts),
  );
}

const warningList = (warnings: readonly string[]) =>
  element(
    'ul',
    { class: 'warnings', 'aria-label': 'Warnings' },
    ...warnings.map((text) => element('li', {}, text)),
  );

/** Arrays are maps of their crossings, in a view of their own. */
function arraysButton(): HTMLElement {
  const button = element('button', { class: 'action' }, 'Show the arrays');
  button.addEventListener('click', () => host.postMessage({ kind: 'show', view: 'arrays' }));
  return button;
}

/** The training curve of a run that goes on, above what the last one gave. */
function showProgress(phase: string, fraction: number, loss: readonly number[]): void {
  const place = document.getElementById('live');
  if (place === null) return;
  const text = `${phase} ${Math.floor(100 * fraction)} %`;
  const x = loss.map((_, epoch) => epoch + 1);
  const curve =
    loss.length > 1
      ? xyChart({
          label: 'Training loss so far',
          xName: 'epoch',
          xUnit: '',
          yName: 'training loss so far',
          yUnit: '',
          marks: [{ kind: 'line', name: 'loss', x, y: loss }],
        })
      : undefined;
  place.replaceChildren(element('p', { class: 'hint', role: 'status' }, text), ...(curve ? [curve] : []));
}

/** A section that folds; what is folded stays so. */
function section(id: string, title: string, ...content: readonly (HTMLElement | undefined)[]): HTMLElement {
  const fold = element(
    'details',
    { class: 'section', id: `section-${id}` },
    element('summary', {}, element('h2', {}, title)),
    ...content,
  );
  fold.open = !host.getState()?.folded?.includes(id);
  fold.addEventListener('toggle', () => {
    const others = (host.getState()?.folded ?? []).filter((other) => other !== id);
    remember({ folded: fold.open ? others : [...others, id] });
  });
  return fold;
}

function remember(change: Partial<ResultsViewState>): void {
  const state = host.getState();
  if (state !== undefined) host.setState({ ...state, ...change });
}

function reportDrawn({ experiment, metrics }: ResultSummary): void {
  const drawnPlots = root.querySelectorAll('.plot canvas').length;
  host.postMessage({ kind: 'drawn', experiment, rows: metrics.rows.length, plots: drawnPlots });
}

/** The test's predictions first, then the training's, then the training curve. */
function byInterest(a: SeriesSummary, b: SeriesSummary): number {
  const rank = ({ id }: SeriesSummary) =>
    ['prediction:test', 'prediction:train', 'training'].findIndex((prefix) => id.startsWith(prefix));
  return rank(a) - rank(b);
}
