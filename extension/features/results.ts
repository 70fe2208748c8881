import * as vscode from 'vscode';
import { resultsPage } from '../results/html.ts';
import type { FromResultsView, ResultsViewState, ShownResult, ToResultsView } from '../results/messages.ts';
import { resultStore } from '../results/store.ts';
import type { ExperimentPlace } from '../run/choose.ts';
import { type OpenResult, openResult } from '../simulation/simulation.ts';

const viewType = 'memloom.results';

export interface Results {
  /** Keeps the result and shows it, in the view that the experiment already has or in a new one. */
  show(place: ExperimentPlace, result: OpenResult): Promise<void>;
  readonly onDidDraw: vscode.Event<Extract<FromResultsView, { kind: 'drawn' }>>;
}

interface View {
  readonly panel: vscode.WebviewPanel;
  present(shown: ShownResult, result: OpenResult): void;
  explain(message: string): void;
}

/** The results views: one per experiment, restored with the window. */
export function activateResults(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Results {
  const store = resultStore(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'results'));
  const drawn = new vscode.EventEmitter<Extract<FromResultsView, { kind: 'drawn' }>>();
  const views = new Map<string, View>();
  let last: View | undefined;

  const adopt = (panel: vscode.WebviewPanel, key: string): View => {
    const view = connect(context, panel, drawn, log);
    views.set(key, view);
    last = view;
    void vscode.commands.executeCommand('setContext', 'memloom.hasResults', true);
    panel.onDidDispose(() => {
      views.delete(key);
      if (last === view) last = [...views.values()].at(-1);
      void vscode.commands.executeCommand('setContext', 'memloom.hasResults', views.size > 0);
    });
    return view;
  };

  const restore = async (panel: vscode.WebviewPanel, state: ResultsViewState | undefined) => {
    const view = adopt(panel, state ? keyOf(state.shown) : 'unknown');
    const bytes = state && (await store.load(state.shown.id));
    if (state === undefined || bytes === undefined)
      return view.explain('This result is no longer kept. Run the experiment again.');
    const opened = await openResult(context.asAbsolutePath('dist/simulation-worker.cjs'), bytes);
    if (opened.ok) view.present(state.shown, opened.value);
    else view.explain(opened.problems.map(({ message, hint }) => `${message} ${hint ?? ''}`).join(' '));
  };

  context.subscriptions.push(
    drawn,
    vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: restore }),
    vscode.commands.registerCommand('memloom.showResults', () => last?.panel.reveal()),
  );
  return {
    onDidDraw: drawn.event,
    show: async (place, result) => {
      const id = await store.save(place.experiment, result.bytes);
      const view = views.get(keyOf(place)) ?? adopt(createPanel(place.experiment), keyOf(place));
      view.panel.reveal(undefined, true);
      view.present({ ...place, id }, result);
    },
  };
}

const keyOf = ({ uri, experiment }: ExperimentPlace) => `${uri} ${experiment}`;

function createPanel(experiment: string): vscode.WebviewPanel {
  const beside = vscode.workspace.getConfiguration('memloom').get('results.column') !== 'active';
  const viewColumn = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  return vscode.window.createWebviewPanel(viewType, `Results: ${experiment}`, {
    viewColumn,
    preserveFocus: true,
  });
}

function connect(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  drawn: vscode.EventEmitter<Extract<FromResultsView, { kind: 'drawn' }>>,
  log: vscode.LogOutputChannel,
): View {
  let open: OpenResult | undefined;
  let greeting: ToResultsView | undefined;
  const post = (message: ToResultsView) => void panel.webview.postMessage(message);
  const greet = (message: ToResultsView) => {
    greeting = message;
    post(message);
  };
  panel.webview.onDidReceiveMessage(async (message: FromResultsView) => {
    if (message.kind === 'drawn') return drawn.fire(message);
    if (message.kind === 'broken') return log.error(`Results view: ${message.message}`);
    // A hidden view is discarded and loads again: it then gets what it showed.
    if (message.kind === 'loaded') return greeting && post(greeting);
    const window = await open?.window(message.query);
    if (window !== undefined) post({ kind: 'window', id: message.id, window });
  });
  panel.onDidDispose(() => open?.dispose());
  panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'images', 'icon.png');
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview')],
  };
  panel.webview.html = resultsPage(panel.webview, context.extensionUri);
  return {
    panel,
    present: (shown, result) => {
      open?.dispose();
      open = result;
      log.info(`Results of ${shown.experiment}, seed ${result.summary.provenance.seed}, kept as ${shown.id}`);
      greet({ kind: 'result', shown, summary: result.summary });
    },
    explain: (message) => greet({ kind: 'unavailable', message }),
  };
}
