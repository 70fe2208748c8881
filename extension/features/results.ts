import type { Problem, RunProgress } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { KeptRun } from '../results/kept-run.ts';
import type { Lease, ResultLibrary } from '../results/library.ts';
import type { FromResultsView, ResultsViewState, ShownResult, ToResultsView } from '../results/messages.ts';
import type { ExperimentPlace } from '../run/choose.ts';
import { loadPage, viewColumn } from './page.ts';

const viewType = 'memloom.results';

type Drawn = Extract<FromResultsView, { kind: 'drawn' }>;

export interface Results {
  /** Shows a kept result, in the view that its experiment already has or in a new one. */
  show(run: KeptRun): Promise<void>;
  /** Says in the experiment's view, where one is open, how a run of it goes. */
  progress(place: ExperimentPlace, progress: RunProgress): void;
  /** Says that a run ended without a result. */
  stopped(place: ExperimentPlace): void;
  /** Says in the experiment's view, where one is open, whether the text has changed since. */
  markStale(place: ExperimentPlace, stale: boolean): void;
  /** The result that the last used view shows. */
  current(): ShownResult | undefined;
  readonly onDidDraw: vscode.Event<Drawn>;
}

interface View {
  readonly panel: vscode.WebviewPanel;
  present(shown: ShownResult, result: Lease): void;
  explain(problems: readonly Problem[]): void;
  shown(): ShownResult | undefined;
  /** Lists the kept runs of the experiment, and says whether the text has changed. */
  update(runs: readonly KeptRun[], stale: boolean): void;
  progress(progress: RunProgress): void;
  stopped(): void;
}

/** The results views: one per experiment, restored with the window. */
export function activateResults(
  context: vscode.ExtensionContext,
  library: ResultLibrary,
  log: vscode.LogOutputChannel,
): Results {
  const drawn = new vscode.EventEmitter<Drawn>();
  const views = new Map<string, View>();
  let last: View | undefined;

  const adopt = (panel: vscode.WebviewPanel, key: string): View => {
    const view = connect(context, panel, drawn, log);
    views.set(key, view);
    last = view;
    void vscode.commands.executeCommand('setContext', 'memloom.hasResults', true);
    panel.onDidChangeViewState(() => {
      if (panel.active) last = view;
    });
    panel.onDidDispose(() => {
      views.delete(key);
      if (last === view) last = [...views.values()].at(-1);
      void vscode.commands.executeCommand('setContext', 'memloom.hasResults', views.size > 0);
    });
    return view;
  };
  const stale = new Map<string, boolean>();
  const update = async () => {
    const runs = await library.list();
    for (const [key, view] of views)
      view.update(
        runs.filter((run) => keyOf(run) === key),
        stale.get(key) ?? false,
      );
  };
  const fill = async (view: View, shown: ShownResult) => {
    const opened = await library.open(shown.id);
    if (opened.ok) view.present(shown, opened.value);
    else view.explain(opened.problems);
    await update();
  };
  const show = async ({ id, uri, experiment }: KeptRun) => {
    const key = keyOf({ uri, experiment });
    const view = views.get(key) ?? adopt(createPanel(experiment), key);
    view.panel.reveal(undefined, true);
    await fill(view, { id, uri, experiment });
  };
  const showKept = async (id: unknown) => {
    const run = (await library.list()).find((kept) => kept.id === id);
    if (run !== undefined) return show(run);
    void vscode.window.showInformationMessage('This result is no longer kept. Run the experiment again.');
  };
  const restore = async (panel: vscode.WebviewPanel, state: ResultsViewState | undefined) => {
    const view = adopt(panel, state ? keyOf(state.shown) : 'unknown');
    if (state === undefined) view.explain([unknown]);
    else await fill(view, state.shown);
  };

  context.subscriptions.push(
    drawn,
    vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: restore }),
    library.onDidChange(() => void update()),
    vscode.commands.registerCommand('memloom.showResults', () => last?.panel.reveal()),
    vscode.commands.registerCommand('memloom.showKept', showKept),
  );
  return {
    onDidDraw: drawn.event,
    current: () => last?.shown(),
    show,
    stopped: (place) => views.get(keyOf(place))?.stopped(),
    progress: (place, progress) => views.get(keyOf(place))?.progress(progress),
    markStale: (place, now) => {
      if (stale.get(keyOf(place)) === now) return;
      stale.set(keyOf(place), now);
      void update();
    },
  };
}

const unknown: Problem = {
  code: 'results.unknown',
  message: 'This view has lost what it showed.',
  hint: 'Run the experiment again.',
};

const keyOf = ({ uri, experiment }: ExperimentPlace) => `${uri} ${experiment}`;

const createPanel = (experiment: string) =>
  vscode.window.createWebviewPanel(viewType, `Results: ${experiment}`, {
    viewColumn: viewColumn(),
    preserveFocus: true,
  });

function connect(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  drawn: vscode.EventEmitter<Drawn>,
  log: vscode.LogOutputChannel,
): View {
  let open: Lease | undefined;
  let shownResult: ShownResult | undefined;
  let greeting: ToResultsView | undefined;
  let history: ToResultsView | undefined;
  /** The training curve of the run that goes on. */
  let loss: number[] = [];
  let isOver = false;
  const post = (message: ToResultsView) => {
    if (!isOver) void panel.webview.postMessage(message);
  };
  const greet = (message: ToResultsView) => {
    greeting = message;
    post(message);
  };
  panel.webview.onDidReceiveMessage(async (message: FromResultsView) => {
    if (message.kind === 'drawn') return drawn.fire(message);
    if (message.kind === 'broken') return log.error(`Results view: ${message.message}`);
    // A hidden view is discarded and loads again: it then gets what it showed.
    if (message.kind === 'loaded') {
      for (const said of [greeting, history]) if (said !== undefined) post(said);
      return;
    }
    if (message.kind === 'open') return vscode.commands.executeCommand('memloom.showKept', message.id);
    if (message.kind === 'show') {
      const command = message.view === 'arrays' ? 'memloom.showArrays' : 'memloom.showWaveforms';
      return vscode.commands.executeCommand(command, shownResult);
    }
    try {
      if (message.kind === 'table') {
        const { id, table, columns, most } = message;
        const values = await open?.ask('table', { table, columns, most });
        if (values !== undefined) post({ kind: 'table', id, values });
        return;
      }
      const window = await open?.ask('window', message.query);
      if (window !== undefined) post({ kind: 'window', id: message.id, window });
    } catch (error) {
      log.error(`A plot stays empty: ${String(error)}`);
    }
  });
  panel.onDidDispose(() => {
    isOver = true;
    open?.dispose();
  });
  loadPage(panel, context.extensionUri, 'results');
  return {
    panel,
    shown: () => shownResult,
    stopped: () => {
      loss = [];
      post({ kind: 'stopped' });
    },
    progress: ({ phase, fraction, loss: last }) => {
      if (last !== undefined) loss.push(last);
      post({ kind: 'progress', phase, fraction, loss });
    },
    update: (runs, stale) => {
      const name = `Results: ${shownResult?.experiment ?? ''}`;
      panel.title = stale ? `${name} (stale)` : name;
      history = { kind: 'history', runs, stale };
      post(history);
    },
    present: (shown, result) => {
      // The view was closed while the result was opened.
      if (isOver) return result.dispose();
      open?.dispose();
      open = result;
      shownResult = shown;
      loss = [];
      log.info(`Results of ${shown.experiment}, seed ${result.summary.provenance.seed}, kept as ${shown.id}`);
      greet({ kind: 'result', shown, summary: result.summary });
    },
    explain: (problems) =>
      greet({
        kind: 'unavailable',
        message: problems.map(({ message, hint }) => `${message} ${hint ?? ''}`).join(' '),
      }),
  };
}
