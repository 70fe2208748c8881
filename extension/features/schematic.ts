import { ElaborateRequest } from '@memloom/server/protocol';
import type { Design, Origin } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { Box } from '../schematic/box.ts';
import { drawNetwork } from '../schematic/draw.ts';
import { boxesAt } from '../schematic/find.ts';
import type { FromSchematic, SchematicState, ShownNetwork, ToSchematic } from '../schematic/messages.ts';
import { momentOf } from '../schematic/moment.ts';
import type { Server } from './language.ts';
import { loadPage, viewColumn } from './page.ts';
import { savePicture } from './waveform-files.ts';
import type { CursorMove, Waveforms } from './waveforms.ts';

const viewType = 'memloom.schematic';

/** Milliseconds without typing after which a text is drawn again. */
const pause = 200;

interface Parts {
  readonly server: Server;
  readonly waveforms: Waveforms;
  readonly log: vscode.LogOutputChannel;
}

type Drawn = Extract<FromSchematic, { kind: 'drawn' }>;

/** The schematic of a network: follows its text, the editor's cursor and the cursor of the waveforms. */
export function activateSchematic(
  context: vscode.ExtensionContext,
  parts: Parts,
): { readonly onDidDraw: vscode.Event<Drawn> } {
  const drawn = new vscode.EventEmitter<Drawn>();
  const show = (argument: unknown) => {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    if (uri === undefined)
      return void vscode.window.showInformationMessage('Open a .loom file to see its schematic.');
    const title = `Schematic: ${vscode.workspace.asRelativePath(uri)}`;
    const panel = vscode.window.createWebviewPanel(viewType, title, viewColumn());
    connect(context, panel, parts, { uri: uri.toString() }, drawn);
  };
  const restore = async (panel: vscode.WebviewPanel, state: SchematicState | undefined) => {
    if (state === undefined) panel.dispose();
    else connect(context, panel, parts, state.shown, drawn);
  };
  context.subscriptions.push(
    drawn,
    vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: restore }),
    vscode.commands.registerCommand('memloom.showSchematic', show),
  );
  return { onDidDraw: drawn.event };
}

function connect(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  { server, waveforms, log }: Parts,
  first: ShownNetwork,
  drawn: vscode.EventEmitter<Drawn>,
): void {
  let shown = first;
  let box: Box | undefined;
  let design: Design | undefined;
  let turn = 0;
  let move = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const post = (message: ToSchematic) => {
    if (!isOver) void panel.webview.postMessage(message);
  };
  const draw = async () => {
    const mine = ++turn;
    const { uri } = shown;
    await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const answer = await server.request(ElaborateRequest, { uri });
    if (mine !== turn) return;
    const next = drawingOf(answer.design, shown);
    if (next.kind === 'drawing') {
      ({ box, shown } = next);
      design = answer.design;
    }
    const why = answer.errors.at(0)?.message;
    post(next.kind === 'stale' && why ? { kind: 'stale', message: `The text has errors: ${why}` } : next);
  };
  const drawSafely = () =>
    void draw().catch((error: unknown) => {
      log.error(`Schematic: ${String(error)}`);
      post({ kind: 'stale', message: `It cannot be drawn: ${String(error)}` });
    });
  const drawSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(drawSafely, pause);
  };
  const follow = async ({ ref, series, id, at }: CursorMove) => {
    if (design === undefined || ref.uri !== shown.uri) return;
    const mine = ++move;
    const curves = series.series.find((one) => one.id === id);
    if (at === undefined || curves === undefined)
      return post({ kind: 'moment', text: '', active: [], values: {} });
    const columns = curves.columns.map((_, column) => column);
    const { values, labels } = await series.ask('values', { series: id, columns, at: [at] });
    if (mine !== move) return;
    const lanes = new Map(curves.lanes.map((name, lane) => [name, labels[0][lane] ?? '']));
    post({ kind: 'moment', ...momentOf(design, ref.experiment, shown.hardware, curves, values[0], lanes) });
  };
  const listening = [
    waveforms.onDidMoveCursor(
      (move) => void follow(move).catch((error: unknown) => log.error(`Schematic: ${String(error)}`)),
    ),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      if (box === undefined || textEditor.document.languageId !== 'loom') return;
      const file = textEditor.document.uri.toString();
      post({ kind: 'marked', ids: boxesAt(box, file, selections[0].active) });
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === 'loom' && contentChanges.length > 0) drawSoon();
    }),
    panel.webview.onDidReceiveMessage((message: FromSchematic) => {
      switch (message.kind) {
        case 'loaded':
          return drawSafely();
        case 'choose':
          shown = message.shown;
          return drawSafely();
        case 'reveal':
          return reveal(message.origin, log);
        case 'export':
          return void savePicture('svg', new TextEncoder().encode(message.svg), log, 'schematic');
        case 'drawn':
          return drawn.fire(message);
        case 'broken':
          return log.error(`Schematic: ${message.message}`);
      }
    }),
  ];
  panel.onDidDispose(() => {
    isOver = true;
    clearTimeout(timer);
    for (const each of listening) each.dispose();
  });
  loadPage(panel, context.extensionUri, 'schematic');
}

/** The drawing of what is wanted; a name that is gone gives way to the first that is there. */
function drawingOf(design: Design | undefined, { uri, network, hardware }: ShownNetwork): ToSchematic {
  if (design === undefined) return { kind: 'stale', message: 'The text has errors.' };
  const wanted = design.networks.find(({ name }) => name === network) ?? design.networks.at(0);
  if (wanted === undefined) return { kind: 'stale', message: 'The text declares no network.' };
  const names = design.hardware.map(({ name }) => name);
  const on = hardware !== undefined && names.includes(hardware) ? hardware : undefined;
  const box = drawNetwork(design, wanted, on);
  if (!box.ok) return { kind: 'stale', message: box.problems[0].message };
  const shown = { uri, network: wanted.name, hardware: on };
  return {
    kind: 'drawing',
    shown,
    networks: design.networks.map(({ name }) => name),
    hardware: names,
    box: box.value,
  };
}

function reveal({ file, start, end }: Origin, log: vscode.LogOutputChannel): void {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  Promise.resolve(vscode.workspace.openTextDocument(vscode.Uri.parse(file)))
    .then((document) =>
      vscode.window.showTextDocument(document, {
        viewColumn: vscode.ViewColumn.One,
        selection,
        preserveFocus: true,
      }),
    )
    .catch((error: unknown) => log.error(`Schematic: ${String(error)}`));
}
