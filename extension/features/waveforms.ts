import { type Outcome, success } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { KeptRun } from '../results/kept-run.ts';
import type { ResultLibrary } from '../results/library.ts';
import { isWaveform } from '../results/series.ts';
import type { ExperimentPlace } from '../run/choose.ts';
import type { StartWorker } from '../simulation/handle.ts';
import type { Learned } from '../simulation/messages.ts';
import { type OpenSeries, openTable } from '../simulation/simulation.ts';
import type { FromWaveforms, SourceRef, TextMark, ToWaveforms, WaveformsState } from '../waveforms/view.ts';
import { loadPage, viewColumn } from './page.ts';
import { exportSeries, savePicture } from './waveform-files.ts';

const viewType = 'memloom.waveforms';

type Drawn = Extract<FromWaveforms, { kind: 'drawn' }>;
type ResultRef = Extract<SourceRef, { kind: 'result' }>;

/** The first cursor of a waveforms view, and what can be asked about the moment at which it stands. */
export interface CursorMove {
  readonly ref: ResultRef;
  readonly series: OpenSeries;
  /** Which of the series the view shows. */
  readonly id: string;
  /** Absent where the cursor is gone. */
  readonly at?: number;
}

/** A trace whose text the reader wants to see. */
export interface TraceRequest {
  readonly ref: ResultRef;
  readonly trace: string;
}

/** The run that a view is of, the hash of its design, and what it has learned. */
export interface OwnRun extends ResultRef {
  readonly design: string;
  readonly learned: Learned;
  /** Signals that its experiment plots. */
  readonly plots: readonly string[];
}

export interface Waveforms {
  /** Shows the run where a view of its experiment is open already, or in a new one where `opens`. */
  update(run: KeptRun, opens: boolean): Promise<void>;
  /** The own run of every view. */
  shown(): readonly OwnRun[];
  /** Fires when a view opens, closes, or shows another run as its own. */
  readonly onDidChangeShown: vscode.Event<void>;
  /** Marks how the view of this run stands to its text, and shows other curves in place of the kept ones. */
  showLive(run: ResultRef, mark: TextMark, series?: OpenSeries): void;
  /** The result of the view that was used last. */
  latest(): ResultRef | undefined;
  /** Shows signals in the view that was used last: layers, or `LAYER.SIGNAL`. */
  choose(signals: readonly string[]): void;
  readonly onDidDraw: vscode.Event<Drawn>;
  readonly onDidMoveCursor: vscode.Event<CursorMove>;
  readonly onDidAskForText: vscode.Event<TraceRequest>;
}

interface Parts {
  readonly library: ResultLibrary;
  readonly start: StartWorker;
  readonly log: vscode.LogOutputChannel;
  /** The result that a command without arguments means. */
  current(): ResultRef | undefined;
}

/** A source of a view while it is open. */
interface OpenSource {
  readonly ref: SourceRef;
  readonly title: string;
  readonly series: OpenSeries;
  /** Of a result. */
  readonly made?: Pick<OwnRun, 'design' | 'learned' | 'plots'>;
}

interface View {
  readonly panel: vscode.WebviewPanel;
  /** Replaces the first source, which is the view's own run; the others stay laid over it. */
  setOwn(ref: ResultRef): Promise<void>;
  setAll(refs: readonly SourceRef[]): Promise<void>;
  own(): OwnRun | undefined;
  showLive(mark: TextMark, series: OpenSeries | undefined): void;
  choose(signals: readonly string[]): void;
}

/** The waveforms views: one per experiment, restored with the window, each with any number of runs laid over it. */
export function activateWaveforms(context: vscode.ExtensionContext, parts: Parts): Waveforms {
  const events = {
    drawn: new vscode.EventEmitter<Drawn>(),
    cursor: new vscode.EventEmitter<CursorMove>(),
    text: new vscode.EventEmitter<TraceRequest>(),
    shown: new vscode.EventEmitter<void>(),
  };
  const views = new Map<string, View>();
  let last: View | undefined;
  const adopt = (panel: vscode.WebviewPanel, key: string): View => {
    const view = connect(context, panel, parts, events);
    views.set(key, view);
    last = view;
    panel.onDidChangeViewState(() => {
      if (panel.active) last = view;
    });
    panel.onDidDispose(() => {
      views.delete(key);
      if (last === view) last = [...views.values()].at(-1);
      events.shown.fire();
    });
    return view;
  };
  const show = async (argument: unknown) => {
    const ref = isPlacedResult(argument) ? argument : parts.current();
    if (ref === undefined) {
      void vscode.window.showInformationMessage('Run an experiment to see its waveforms.');
      return;
    }
    const { id, uri, experiment } = ref;
    const key = keyOf(ref);
    const view = views.get(key) ?? adopt(createPanel(experiment), key);
    view.panel.reveal();
    await view.setOwn({ kind: 'result', id, uri, experiment });
  };
  const restore = async (panel: vscode.WebviewPanel, state: WaveformsState | undefined) => {
    const own = state?.sources.find((ref) => ref.kind === 'result');
    await adopt(panel, own ? keyOf(own) : 'unknown').setAll(state?.sources ?? []);
  };
  context.subscriptions.push(
    ...Object.values(events),
    vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: restore }),
    vscode.commands.registerCommand('memloom.showWaveforms', show),
  );
  return {
    latest: () => last?.own(),
    shown: () => [...views.values()].flatMap((view) => view.own() ?? []),
    showLive: (run, mark, series) => {
      const view = views.get(keyOf(run));
      if (view?.own()?.id === run.id) view.showLive(mark, series);
    },
    onDidChangeShown: events.shown.event,
    choose: (signals) => last?.choose(signals),
    onDidDraw: events.drawn.event,
    onDidMoveCursor: events.cursor.event,
    onDidAskForText: events.text.event,
    update: async ({ id, uri, experiment }, opens) => {
      const key = keyOf({ uri, experiment });
      const view = views.get(key) ?? (opens ? adopt(createPanel(experiment, true), key) : undefined);
      await view?.setOwn({ kind: 'result', id, uri, experiment });
    },
  };
}

const keyOf = ({ uri, experiment }: ExperimentPlace) => `${uri} ${experiment}`;

const isPlacedResult = (value: unknown): value is Omit<ResultRef, 'kind'> =>
  typeof value === 'object' && value !== null && 'id' in value && 'uri' in value && 'experiment' in value;

function titleOf(ref: SourceRef | undefined, { kind }: TextMark): string {
  const title = `Waveforms: ${ref?.kind === 'result' ? ref.experiment : ''}`;
  return kind === 'current' ? title : `${title} (${kind === 'live' ? 'live' : 'stale'})`;
}

const createPanel = (experiment: string, preserveFocus = false) =>
  vscode.window.createWebviewPanel(viewType, `Waveforms: ${experiment}`, {
    viewColumn: viewColumn(),
    preserveFocus,
  });

interface Events {
  readonly drawn: vscode.EventEmitter<Drawn>;
  readonly cursor: vscode.EventEmitter<CursorMove>;
  readonly text: vscode.EventEmitter<TraceRequest>;
  readonly shown: vscode.EventEmitter<void>;
}

function connect(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  parts: Parts,
  events: Events,
): View {
  let sources: readonly OpenSource[] = [];
  /** What is shown in place of the curves of the own run. */
  let live: OpenSeries | undefined;
  let greeting: readonly ToWaveforms[] = [];
  let revision = 0;
  let missing: readonly string[] = [];
  let turn = 0;
  let isOver = false;
  const post = (message: ToWaveforms) => {
    if (!isOver) void panel.webview.postMessage(message);
  };
  const own = () => sources.find(({ ref }) => ref.kind === 'result');
  const seriesOf = (source: OpenSource | undefined) =>
    live !== undefined && source !== undefined && source === own() ? live : source?.series;
  const greet = (mark: TextMark) => {
    greeting = [
      {
        kind: 'sources',
        revision: ++revision,
        sources: sources.flatMap((source, place) =>
          (seriesOf(source)?.series ?? [])
            .filter(isWaveform)
            .map((curves) => ({ place, ref: source.ref, title: source.title, series: curves })),
        ),
        plots: own()?.made?.plots ?? [],
        missing,
      },
      { kind: 'mark', mark },
    ];
    greeting.forEach(post);
  };
  const setAll = async (refs: readonly SourceRef[]) => {
    const mine = ++turn;
    const opened = await Promise.all(refs.map((ref) => openSource(ref, parts)));
    // The view is closed, or shows what was asked for later.
    if (isOver || mine !== turn) {
      for (const outcome of opened) if (outcome.ok) outcome.value.series.dispose();
      return;
    }
    const before = sources;
    const problems = opened.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
    sources = opened.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    missing = problems.map(({ message, hint }) => `${message} ${hint ?? ''}`);
    live = undefined;
    greet({ kind: 'current' });
    for (const { series } of before) series.dispose();
    events.shown.fire();
  };
  const showLive = (mark: TextMark, series: OpenSeries | undefined) => {
    const changed = series !== live;
    live = series;
    panel.title = titleOf(own()?.ref, mark);
    if (changed) greet(mark);
    else {
      greeting = [...greeting.slice(0, 1), { kind: 'mark', mark }];
      post({ kind: 'mark', mark });
    }
  };
  const refs = () => sources.map(({ ref }) => ref);
  panel.webview.onDidReceiveMessage(async (message: FromWaveforms) => {
    switch (message.kind) {
      case 'loaded':
        return greeting.forEach(post);
      case 'ask':
        return answer(seriesOf(sources[message.source]), message, post);
      case 'drawn':
        return events.drawn.fire(message);
      case 'broken':
        return parts.log.error(`Waveforms view: ${message.message}`);
      case 'overlay': {
        const chosen = await chooseRun(parts.library, refs());
        return chosen && setAll([...refs(), chosen]);
      }
      case 'import': {
        const file = await chooseTable();
        return file && setAll([...refs(), file]);
      }
      case 'remove':
        return setAll(refs().filter((_, at) => at !== message.source));
      case 'picture':
        return savePicture(message.format, message.bytes, parts.log);
      case 'export':
        return exportSeries(seriesOf(sources[message.source]), message, parts.log);
      case 'cursor':
      case 'reveal': {
        const { ref } = sources[message.source] ?? {};
        const series = seriesOf(sources[message.source]);
        if (ref?.kind !== 'result' || series === undefined) return;
        if (message.kind === 'reveal') events.text.fire({ ref, trace: message.trace });
        else events.cursor.fire({ ref, series, id: message.series, at: message.at });
      }
    }
  });
  panel.onDidDispose(() => {
    isOver = true;
    for (const { ref, series } of sources) {
      if (ref.kind === 'result') events.cursor.fire({ ref, series, id: '' });
      series.dispose();
    }
  });
  loadPage(panel, context.extensionUri, 'waveforms');
  return {
    panel,
    setAll,
    own: () => {
      const { ref, made } = own() ?? {};
      return ref?.kind === 'result' && made ? { ...ref, ...made } : undefined;
    },
    showLive,
    choose: (signals) => {
      panel.reveal(undefined, true);
      post({ kind: 'choose', signals });
    },
    setOwn: (ref) => setAll([ref, ...refs().slice(1)]),
  };
}

/** Passes a question on; what cannot be answered is refused in words. */
async function answer(
  series: OpenSeries | undefined,
  { id, question }: Extract<FromWaveforms, { kind: 'ask' }>,
  post: (message: ToWaveforms) => void,
): Promise<void> {
  if (series === undefined) return post({ kind: 'refused', id, message: 'This run is no longer shown.' });
  const { kind, ...asked } = question;
  try {
    post({ kind: 'answer', id, answer: await series.ask(kind, asked as never) });
  } catch (error) {
    post({ kind: 'refused', id, message: error instanceof Error ? error.message : String(error) });
  }
}

async function openSource(ref: SourceRef, { library, start }: Parts): Promise<Outcome<OpenSource>> {
  if (ref.kind === 'result') {
    const opened = await library.open(ref.id);
    if (!opened.ok) return opened;
    const time = new Date(Number.parseInt(ref.id, 10)).toLocaleTimeString();
    const { summary, learned } = opened.value;
    const { plots } = summary;
    const { seed, design } = summary.provenance;
    return success({
      ref,
      title: `seed ${seed}, ${time}`,
      series: opened.value,
      made: { design, learned, plots },
    });
  }
  const uri = vscode.Uri.parse(ref.uri);
  const title = uri.path.replace(/^.*\//, '');
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const opened = await openTable(start, title.replace(/\.[^.]*$/, ''), text);
    return opened.ok ? success({ ref, title, series: opened.value }) : opened;
  } catch (error) {
    const message = `The file ${title} cannot be read: ${String(error)}.`;
    return { ok: false, problems: [{ code: 'waveforms.unreadable-file', message }] };
  }
}

async function chooseRun(
  library: ResultLibrary,
  shown: readonly SourceRef[],
): Promise<SourceRef | undefined> {
  const ids = new Set(shown.map((ref) => (ref.kind === 'result' ? ref.id : '')));
  const runs = (await library.list()).filter(({ id }) => !ids.has(id));
  const items = runs.map((run) => ({
    label: run.experiment,
    description: `seed ${run.provenance.seed}, ${new Date(run.time).toLocaleString()}`,
    detail: vscode.workspace.asRelativePath(vscode.Uri.parse(run.uri)),
    run,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage('There is no other run to lay over this one. Run again first.');
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Run to lay over this one' });
  if (chosen === undefined) return undefined;
  const { id, uri, experiment } = chosen.run;
  return { kind: 'result', id, uri, experiment };
}

async function chooseTable(): Promise<SourceRef | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Measured data: a head of names with units, then rows of numbers',
      filters: { 'Tables of measured data': ['csv', 'tsv', 'txt'] },
    })) ?? [];
  return file && { kind: 'file', uri: file.toString() };
}
