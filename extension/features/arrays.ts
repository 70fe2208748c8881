import * as vscode from 'vscode';
import type { ArraysState, FromArrays, ToArrays } from '../arrays/messages.ts';
import type { Lease, ResultLibrary } from '../results/library.ts';
import type { ShownResult } from '../results/messages.ts';
import { loadPage, viewColumn } from './page.ts';
import type { TraceRequest } from './waveforms.ts';

const viewType = 'memloom.arrays';

interface Parts {
  readonly library: ResultLibrary;
  readonly log: vscode.LogOutputChannel;
  /** The result that a command without arguments means. */
  current(): ShownResult | undefined;
  reveal(request: TraceRequest): void;
}

type Drawn = Extract<FromArrays, { kind: 'drawn' }>;

/** The view of a result's arrays as heat maps, one at a time. */
export function activateArrays(
  context: vscode.ExtensionContext,
  parts: Parts,
): { readonly onDidDraw: vscode.Event<Drawn> } {
  const drawn = new vscode.EventEmitter<Drawn>();
  const show = async (argument: unknown) => {
    const shown = isShown(argument) ? argument : parts.current();
    if (shown === undefined) {
      void vscode.window.showInformationMessage('Run an experiment to see its arrays.');
      return;
    }
    const { id, uri, experiment } = shown;
    const panel = vscode.window.createWebviewPanel(viewType, `Arrays: ${experiment}`, viewColumn());
    await connect(context, panel, parts, { id, uri, experiment }, drawn);
  };
  const restore = async (panel: vscode.WebviewPanel, state: ArraysState | undefined) => {
    if (state === undefined) return panel.dispose();
    return connect(context, panel, parts, state.shown, drawn);
  };
  context.subscriptions.push(
    drawn,
    vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: restore }),
    vscode.commands.registerCommand('memloom.showArrays', show),
  );
  return { onDidDraw: drawn.event };
}

const isShown = (value: unknown): value is ShownResult =>
  typeof value === 'object' && value !== null && 'id' in value && 'uri' in value && 'experiment' in value;

async function connect(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  { library, log, reveal }: Parts,
  shown: ShownResult,
  drawn: vscode.EventEmitter<Drawn>,
): Promise<void> {
  let lease: Lease | undefined;
  let greeting: ToArrays | undefined;
  const post = (message: ToArrays) => void panel.webview.postMessage(message);
  panel.webview.onDidReceiveMessage(async (message: FromArrays) => {
    if (message.kind === 'loaded') return greeting && post(greeting);
    if (message.kind === 'drawn') return drawn.fire(message);
    if (message.kind === 'broken') return log.error(`View of arrays: ${message.message}`);
    if (message.kind === 'reveal')
      return reveal({ ref: { kind: 'result', ...shown }, trace: `${message.table}.${message.line}` });
    const { id, table, columns } = message;
    try {
      const values = await lease?.ask('table', { table, columns, most: Number.POSITIVE_INFINITY });
      if (values !== undefined) post({ kind: 'values', id, values });
    } catch (error) {
      log.error(`A map stays empty: ${String(error)}`);
    }
  });
  panel.onDidDispose(() => lease?.dispose());
  loadPage(panel, context.extensionUri, 'arrays');
  greeting = await openMaps(library, shown, (opened) => {
    lease = opened;
  });
  post(greeting);
}

async function openMaps(
  library: ResultLibrary,
  shown: ShownResult,
  hold: (lease: Lease) => void,
): Promise<ToArrays> {
  const opened = await library.open(shown.id);
  if (!opened.ok) {
    const [{ message, hint }] = opened.problems;
    return { kind: 'unavailable', message: `${message} ${hint ?? ''}` };
  }
  hold(opened.value);
  try {
    const arrays = await opened.value.ask('maps', {});
    const solved = opened.value.summary.tables.filter(
      ({ kind, axes }) => kind === 'map' && (axes?.length ?? 0) > 1,
    );
    const maps = [...arrays, ...solved];
    if (maps.length === 0)
      return { kind: 'unavailable', message: 'This result has no array: its experiment names no hardware.' };
    return { kind: 'maps', shown, maps };
  } catch (error) {
    return { kind: 'unavailable', message: error instanceof Error ? error.message : String(error) };
  }
}
