import { type Outcome, success } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { KeptRun } from '../results/kept-run.ts';
import type { ResultLibrary } from '../results/library.ts';
import { isWaveform } from '../results/series.ts';
import type { ExperimentPlace } from '../run/choose.ts';
import type { StartWorker } from '../simulation/handle.ts';
import { type OpenSeries, openTable } from '../simulation/simulation.ts';
import type { FromWaveforms, SourceRef, ToWaveforms, WaveformsState } from '../waveforms/view.ts';
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

export interface Waveforms {
  /** Shows the run where a view of its experiment is open already. */
  update(run: KeptRun): Promise<void>;
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
}

interface View {
  readonly panel: vscode.WebviewPanel;
  /** Replaces the first source, which is the view's own run; the others stay laid over it. */
  setOwn(ref: ResultRef): Promise<void>;
  setAll(refs: readonly SourceRef[]): Promise<void>;
  own(): ResultRef | undefined;
  choose(signals: readonly string[]): void;
}

/** The waveforms views: one per experiment, restored with the window, each with any number of runs laid over it. */
export function activateWaveforms(context: vscode.ExtensionContext, parts: Parts): Waveforms {
  const events = {
    drawn: new vscode.EventEmitter<Drawn>(),
    cursor: new vscode.EventEmitter<CursorMove>(),
    text: new vscode.EventEmitter<TraceRequest>(),
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
    choose: (signals) => last?.choose(signals),
    onDidDraw: events.drawn.event,
    onDidMoveCursor: events.cursor.event,
    onDidAskForText: events.text.event,
    update: async ({ id, uri, experiment }) =>
      views.get(keyOf({ uri, experiment }))?.setOwn({ kind: 'result', id, uri, experiment }),
  };
}

const keyOf = ({ uri, experiment }: ExperimentPlace) => `${uri} ${experiment}`;

const isPlacedResult = (value: unknown): value is Omit<ResultRef, 'kind'> =>
  typeof value === 'object' && value !== null && 'id' in value && 'uri' in value && 'experiment' in value;

const createPanel = (experiment: string) =>
  vscode.window.createWebviewPanel(viewType, `Waveforms: ${experiment}`, viewColumn());

interface Events {
  readonly drawn: vscode.EventEmitter<Drawn>;
  readonly cursor: vscode.EventEmitter<CursorMove>;
  readonly text: vscode.EventEmitter<TraceRequest>;
}

function connect(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  parts: Parts,
  events: Events,
): View {
  let sources: readonly OpenSource[] = [];
  let greeting: ToWaveforms | undefined;
  const post = (message: ToWaveforms) => void panel.webview.postMessage(message);
  const setAll = async (refs: readonly SourceRef[]) => {
    const opened = await Promise.all(refs.map((ref) => openSource(ref, parts)));
    const before = sources;
    sources = opened.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    const problems = opened.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
    greeting = {
      kind: 'sources',
      sources: sources.flatMap(({ ref, title, series }, place) =>
        series.series.filter(isWaveform).map((curves) => ({ place, ref, title, series: curves })),
      ),
      missing: problems.map(({ message, hint }) => `${message} ${hint ?? ''}`),
    };
    post(greeting);
    for (const { series } of before) series.dispose();
  };
  const refs = () => sources.map(({ ref }) => ref);
  panel.webview.onDidReceiveMessage(async (message: FromWaveforms) => {
    switch (message.kind) {
      case 'loaded':
        return greeting && post(greeting);
      case 'ask':
        return answer(sources[message.source], message, post);
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
        return exportSeries(sources[message.source]?.series, message, parts.log);
      case 'cursor':
      case 'reveal': {
        const { ref, series } = sources[message.source] ?? {};
        if (ref?.kind !== 'result' || series === undefined) return;
        if (message.kind === 'reveal') events.text.fire({ ref, trace: message.trace });
        else events.cursor.fire({ ref, series, id: message.series, at: message.at });
      }
    }
  });
  panel.onDidDispose(() => {
    for (const { ref, series } of sources) {
      if (ref.kind === 'result') events.cursor.fire({ ref, series, id: '' });
      series.dispose();
    }
  });
  loadPage(panel, context.extensionUri, 'waveforms');
  return {
    panel,
    setAll,
    own: () => refs().find((ref) => ref.kind === 'result'),
    choose: (signals) => {
      panel.reveal(undefined, true);
      post({ kind: 'choose', signals });
    },
    setOwn: (ref) => setAll([ref, ...refs().slice(1)]),
  };
}

/** Passes a question on; what cannot be answered is refused in words. */
async function answer(
  source: OpenSource | undefined,
  { id, question }: Extract<FromWaveforms, { kind: 'ask' }>,
  post: (message: ToWaveforms) => void,
): Promise<void> {
  if (source === undefined) return post({ kind: 'refused', id, message: 'This run is no longer shown.' });
  const { kind, ...asked } = question;
  try {
    post({ kind: 'answer', id, answer: await source.series.ask(kind, asked as never) });
  } catch (error) {
    post({ kind: 'refused', id, message: error instanceof Error ? error.message : String(error) });
  }
}

async function openSource(ref: SourceRef, { library, start }: Parts): Promise<Outcome<OpenSource>> {
  if (ref.kind === 'result') {
    const opened = await library.open(ref.id);
    if (!opened.ok) return opened;
    const time = new Date(Number.parseInt(ref.id, 10)).toLocaleTimeString();
    const title = `seed ${opened.value.summary.provenance.seed}, ${time}`;
    return success({ ref, title, series: opened.value });
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
