// The waveforms view: curves of a run in lanes, with cursors, measurements, spectra, and other runs laid over it.

import type { ExportFormat } from '../../waveforms/export.ts';
import { layoutLanes } from '../../waveforms/lane-layout.ts';
import type { Answer, Question, QuestionKind, Questions } from '../../waveforms/questions.ts';
import {
  type FromWaveforms,
  firstState,
  type Interval,
  nextName,
  sourcesOf,
  type TextMark,
  type ToWaveforms,
  tracesOf,
  type WaveformSource,
  type WaveformsState,
} from '../../waveforms/view.ts';
import { element } from '../element.ts';
import { acquireHost } from '../host.ts';
import { onThemeChange } from '../theme.ts';
import { type AskSource, createChart } from './chart.ts';
import type { ChartModel } from './geometry.ts';
import { familyOf, memberFacts } from './member.ts';
import type { Box } from './paint-cursors.ts';
import { type ChartActions, followPointer } from './pointer.ts';
import { type CursorValues, cursorTable, curvesOf, measureTable } from './readout.ts';
import { signalTree } from './signals.ts';
import { spectrumView } from './spectrum.ts';
import { toolbar } from './toolbar.ts';

const host = acquireHost<WaveformsState, FromWaveforms>();
const root = document.getElementById('waveforms') ?? document.body;
const waiting = new Map<number, { resolve(answer: never): void; reject(reason: Error): void }>();
let lastId = 0;

const ask: AskSource = <Kind extends QuestionKind>(
  source: number,
  kind: Kind,
  asked: Questions[Kind]['asked'],
) =>
  new Promise<Answer<Kind>>((resolve, reject) => {
    const id = ++lastId;
    waiting.set(id, { resolve, reject });
    host.postMessage({ kind: 'ask', id, source: placeOf(source), question: { kind, ...asked } as Question });
  });

const bar = element('div');
const side = element('aside', { class: 'signals' });
const readout = element('div', { class: 'readout' });
const mark = element('p', { class: 'mark', role: 'status' });
const message = element('p', { class: 'hint', role: 'status' });
const help = element(
  'p',
  { id: 'waveforms-help', class: 'hidden' },
  'Plus and minus zoom, Shift with the arrows moves, Home shows all, c adds a cursor, the arrows move it, Delete removes it.',
);
const chart = createChart({ ask, drawn });
/** All curves that are open, and of them those over the abscissa that is shown. */
let opened: readonly WaveformSource[] = [];
let sources: readonly WaveformSource[] = [];
let revision = 0;
let plots: readonly string[] = [];
/** The series that the reader chose; a simulation of an edited text may not have it. */
let wanted = host.getState()?.series;
const placeOf = (source: number) => sources[source]?.place ?? -1;
let state: WaveformsState = firstState([]);

root.replaceChildren(
  bar,
  mark,
  message,
  element(
    'div',
    { class: 'columns' },
    side,
    element('div', { class: 'lanes' }, chart.element, readout, help),
  ),
);

window.addEventListener('message', ({ data }: MessageEvent<ToWaveforms>) => {
  if (data.kind === 'sources') return open(data);
  if (data.kind === 'mark') return showMark(data.mark);
  if (data.kind === 'choose') {
    const shown = tracesOf(sources, data.signals);
    if (shown.length > 0) change({ shown });
    return;
  }
  const asked = waiting.get(data.id);
  waiting.delete(data.id);
  if (data.kind === 'answer') asked?.resolve(data.answer as never);
  else {
    message.textContent = data.message;
    asked?.reject(new Error(data.message));
  }
});
window.addEventListener('error', ({ message: text }) => host.postMessage({ kind: 'broken', message: text }));
window.addEventListener('unhandledrejection', ({ reason }) =>
  host.postMessage({ kind: 'broken', message: String(reason) }),
);
onThemeChange(() => {
  chart.redraw();
  void refreshReadout();
});
host.postMessage({ kind: 'loaded' });

function open({ sources: all, missing, ...told }: Extract<ToWaveforms, { kind: 'sources' }>): void {
  // Questions to sources that are no longer shown stay unanswered.
  waiting.clear();
  opened = all;
  revision = told.revision;
  plots = told.plots;
  message.textContent = missing.join(' ');
  if (all.length === 0 && missing.length === 0)
    message.textContent = 'This run has recorded no signal. Probe some.';
  showSeries(wanted, host.getState());
  if (state.cursors.length > 0) tellCursor();
}

const marks = {
  current: () => '',
  live: ({ milliseconds }: Extract<TextMark, { kind: 'live' }>) =>
    `Live: the text as it stands, first trial, simulated in ${Math.round(milliseconds)} ms and not kept.`,
  pending: () => 'Stale: the text has changed and is being simulated …',
  stale: ({ why }: Extract<TextMark, { kind: 'stale' }>) => `Stale: the text has changed. ${why}`,
};

function showMark(of: TextMark): void {
  mark.className = `mark ${of.kind}`;
  mark.textContent = marks[of.kind](of as never);
}

/** Shows the series of all sources that has an id, with what was chosen before as far as it has that. */
function showSeries(series: string | undefined, kept: WaveformsState | undefined): void {
  sources = sourcesOf(opened, series);
  const names = new Set(sources.flatMap((source) => source.series.columns.map(({ name }) => name)));
  const known = kept?.shown.some((name) => names.has(name)) ? kept : firstState(sources, plots);
  const refs = opened.filter(({ place }, at) => opened.findIndex((one) => one.place === place) === at);
  const member = known === kept && sources[0]?.series.family ? known.member : undefined;
  change({ ...known, member, series: sources[0]?.series.id, sources: refs.map(({ ref }) => ref) });
}

/** The whole abscissa of all sources. */
function whole(): Interval {
  const from = Math.min(...sources.map(({ series }) => series.from));
  const to = Math.max(...sources.map(({ series }) => series.to));
  return to > from ? { from, to } : { from: from - 0.5, to: from + 0.5 };
}

const modelOf = (): ChartModel => ({
  sources,
  revision,
  lanes: layoutLanes(sources, state.shown, state.layout, state.members),
  state,
  range: state.range ?? whole(),
});

/** Takes a new state, keeps it, and shows it. */
function change(next: Partial<WaveformsState>): void {
  state = { ...state, ...next };
  host.setState(state);
  if (sources.length === 0) return;
  // The workers answer while the rest of the page is made.
  chart.show(modelOf());
  renderControls();
  void refreshReadout();
}

/** The titles of the series that the results have, by their ids. */
const seriesOffered = () =>
  Object.fromEntries(
    opened.filter(({ ref }) => ref.kind === 'result').map(({ series }) => [series.id, series.title]),
  );

/** What the list of signals was made of. */
let listedSignals = '';

function renderControls(): void {
  const held = document.activeElement?.getAttribute('aria-label');
  bar.replaceChildren(toolbar(state, seriesOffered(), familyOf(modelOf()), toolbarActions));
  const scrolled = side.scrollTop;
  const filtered = side.querySelector('input[type="search"]')?.matches(':focus');
  const { shown, stepped } = state;
  const listed = JSON.stringify([
    shown,
    stepped,
    sources.map(({ title, series }) => [title, series.columns.map(({ name }) => name)]),
  ]);
  if (!filtered && listed !== listedSignals) {
    listedSignals = listed;
    side.replaceChildren(signalTree(sources, new Set(shown), new Set(stepped), signalActions));
  }
  side.scrollTop = scrolled;
  // What was chosen by keyboard keeps the focus, although it is another element now.
  if (held) root.querySelector<HTMLElement>(`[aria-label="${CSS.escape(held)}"]`)?.focus();
}

/** Cursor values, measurements and spectra come from the workers; a later refresh overtakes an earlier one. */
let refreshes = 0;

async function refreshReadout(): Promise<void> {
  const mine = ++refreshes;
  const model = modelOf();
  const curves = curvesOf(model);
  const { cursors, measures, spectrum } = state;
  const visible = (source: number, column: number) => ({
    series: sources[source].series.id,
    columns: [column],
    ...model.range,
  });
  const [values, measured, spectra] = await Promise.all([
    cursorValues(
      model,
      cursors.map(({ at }) => at),
    ),
    measures
      ? Promise.all(curves.map(({ source, column }) => ask(source, 'measure', visible(source, column))))
      : undefined,
    spectrum
      ? Promise.all(curves.map(({ source, column }) => ask(source, 'spectrum', visible(source, column))))
      : undefined,
  ]);
  if (mine !== refreshes) return;
  const parts = [
    memberFacts(model),
    cursorTable(model, values, chartActions),
    measured &&
      measureTable(
        model,
        measured.map(([own]) => own ?? null),
        chartActions,
      ),
    spectra && spectrumView(model, spectra, Math.max(200, readout.clientWidth)),
  ];
  readout.replaceChildren(...parts.filter((part) => part !== undefined));
}

async function cursorValues(model: ChartModel, at: readonly number[]): Promise<CursorValues> {
  if (at.length === 0) return [];
  return Promise.all(
    curvesOf(model).map(async ({ source, column }) => {
      const answer = await ask(source, 'values', {
        series: sources[source].series.id,
        columns: [column],
        at,
      });
      return answer.values.map(([value]) => value);
    }),
  );
}

const chartActions: ChartActions = {
  zoom: (from, to, scale) => {
    const all = whole();
    const span = Math.min(to - from, all.to - all.from);
    const low = Math.max(all.from, Math.min(from, all.to - span));
    const scales = scale
      ? { ...state.scales, [scale.lane]: { from: scale.from, to: scale.to } }
      : state.scales;
    if (span > 0) change({ range: { from: low, to: low + span }, scales });
  },
  fit: () => change({ range: undefined, scales: {} }),
  moveCursor: (index, at, settled) => void moveCursor(Math.min(index, state.cursors.length), at, settled),
  moveLevel: (index, at) => {
    state = {
      ...state,
      levels: state.levels.map((level, own) => (own === index ? { ...level, at } : level)),
    };
    host.setState(state);
    chart.showCursors(modelOf());
    void refreshReadout();
  },
  addCursor: (at) => void moveCursor(state.cursors.length, at, true),
  addLevel: (lane, at) =>
    change({ levels: [...state.levels, { name: `Y${state.levels.length + 1}`, lane, at }] }),
  removeCursor: () => {
    if (state.cursors.length > 0) change({ cursors: state.cursors.slice(0, -1) });
    else change({ levels: state.levels.slice(0, -1) });
    tellCursor();
  },
  stepCursor: (direction) => void stepCursor(direction),
  reveal: (trace) => {
    const source = sources.findIndex(({ series }) => series.columns.some(({ name }) => name === trace));
    host.postMessage({ kind: 'reveal', source: placeOf(source), trace });
  },
  pick: (x, y) => {
    if (familyOf(modelOf()) !== undefined && state.members) pick(chart.memberAt(x, y));
  },
  box: (box: Box | undefined) => chart.showCursors(modelOf(), box),
  cursors: () => state.cursors,
  levels: () => state.levels,
};
followPointer(chart.surface, chart.geometry, chartActions);

/** One member of a family is drawn over all others, with what it is below the curves; drawn it is with the others alone. */
function pick(member: number | undefined): void {
  change({ member, members: state.members || member !== undefined });
}

async function moveCursor(index: number, wanted: number, settled: boolean): Promise<void> {
  const at = settled ? await snapped(wanted) : wanted;
  const cursors = [...state.cursors];
  cursors[index] = { name: cursors[index]?.name ?? nextName(cursors), at };
  state = { ...state, cursors };
  host.setState(state);
  chart.showCursors(modelOf());
  if (settled && index === 0) tellCursor();
  await refreshReadout();
}

/** Where a cursor comes to rest near `at`: on the first curve's sample, extremum or edge. */
async function snapped(at: number): Promise<number> {
  const model = modelOf();
  const [curve] = curvesOf(model);
  if (state.snap === 'none' || curve === undefined) return at;
  const { left, right } = chart.geometry();
  const within = (20 * (model.range.to - model.range.from)) / Math.max(1, right - left);
  const { source, column } = curve;
  return ask(source, 'snap', { series: sources[source].series.id, column, at, within, target: state.snap });
}

/** Moves the last cursor by a sample, or by a pixel where it does not snap to samples. */
async function stepCursor(direction: 1 | -1): Promise<void> {
  const index = state.cursors.length - 1;
  const model = modelOf();
  const [curve] = curvesOf(model);
  if (index < 0 || curve === undefined) return;
  const { left, right } = chart.geometry();
  const pixel = (model.range.to - model.range.from) / Math.max(1, right - left);
  const { length, from, to } = sources[curve.source].series;
  // Half a mean distance beyond the sample on which the cursor stands, the next one is nearest.
  const sample = (to - from) / Math.max(1, length - 1);
  const by = state.snap === 'none' ? pixel : Math.max(pixel, sample);
  await moveCursor(index, state.cursors[index].at + direction * by, true);
}

const tellCursor = () =>
  host.postMessage({
    kind: 'cursor',
    source: placeOf(0),
    series: sources[0]?.series.id ?? '',
    at: state.cursors[0]?.at,
  });

const signalActions = {
  show: (names: readonly string[], on: boolean) => {
    const others = state.shown.filter((name) => !names.includes(name));
    change({ shown: on ? [...state.shown, ...names.filter((name) => !state.shown.includes(name))] : others });
  },
  step: (name: string, stepped: boolean) => {
    const others = state.stepped.filter((other) => other !== name);
    change({ stepped: stepped ? [...others, name] : others });
  },
  remove: (source: number) => host.postMessage({ kind: 'remove', source: placeOf(source) }),
};

const toolbarActions = {
  series: (id: string) => {
    wanted = id;
    showSeries(id, undefined);
  },
  layout: (layout: WaveformsState['layout']) => change({ layout, scales: {} }),
  snap: (snap: WaveformsState['snap']) => change({ snap }),
  fit: chartActions.fit,
  addCursor: () => {
    const { from, to } = modelOf().range;
    chartActions.addCursor((from + to) / 2);
  },
  addLevel: () => {
    const [frame] = chart.geometry().frames;
    if (frame) chartActions.addLevel(frame.lane.key, (frame.scale.from + frame.scale.to) / 2);
  },
  pick,
  toggle: (part: 'measures' | 'spectrum' | 'members') => change({ [part]: !state[part] }),
  overlay: () => host.postMessage({ kind: 'overlay' }),
  import: () => host.postMessage({ kind: 'import' }),
  export: (format: string) => void exportAs(format as ExportFormat | 'png' | 'svg'),
};

async function exportAs(format: ExportFormat | 'png' | 'svg'): Promise<void> {
  if (format === 'png' || format === 'svg')
    return host.postMessage({ kind: 'picture', format, bytes: await chart.picture(format) });
  const model = modelOf();
  const columns = model.lanes
    .flatMap(({ curves }) => curves)
    .filter(({ source }) => source === 0)
    .map(({ column }) => column);
  const series = sources[0].series.id;
  host.postMessage({ kind: 'export', format, source: placeOf(0), series, columns, range: model.range });
}

function drawn(script: number, { lanes }: ChartModel, of: number): void {
  const curves = lanes.reduce((sum, lane) => sum + lane.curves.length, 0);
  host.postMessage({ kind: 'drawn', lanes: lanes.length, curves, script, revision: of });
}
