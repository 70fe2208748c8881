import { ElaborateRequest } from '@memloom/server/protocol';
import type { Design, Origin } from '@memloom/sim-core';
import * as vscode from 'vscode';
import { inlineText, originsOf, type SignalValue, signalName, signalsAt } from '../values/locate.ts';
import { formatQuantity } from '../webview/numbers.ts';
import type { Server } from './language.ts';
import type { CursorMove, TraceRequest, Waveforms } from './waveforms.ts';

interface Parts {
  readonly server: Server;
  readonly waveforms: Waveforms;
  readonly log: vscode.LogOutputChannel;
}

/** Values at the waveforms' cursor behind what they come from in the text, and the ways between trace and text. */
export function activateValues(
  context: vscode.ExtensionContext,
  { server, waveforms, log }: Parts,
): { reveal(request: TraceRequest): void; readonly onDidShow: vscode.Event<readonly string[]> } {
  const shown = new vscode.EventEmitter<readonly string[]>();
  const decoration = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  let lines: ReadonlyMap<string, readonly vscode.DecorationOptions[]> = new Map();
  let turn = 0;

  const apply = () => {
    for (const editor of vscode.window.visibleTextEditors)
      editor.setDecorations(decoration, lines.get(editor.document.uri.toString()) ?? []);
  };
  const show = async (move: CursorMove) => {
    const mine = ++turn;
    const next = move.at === undefined ? new Map() : await linesOf(server, move, move.at);
    if (mine !== turn) return;
    lines = next;
    apply();
    shown.fire(
      [...lines.values()].flat().map(({ renderOptions }) => renderOptions?.after?.contentText ?? ''),
    );
  };
  const reveal = async ({ ref, trace }: TraceRequest) => {
    const design = await designOf(server, ref.uri);
    const signal = design && signalName(design, ref.experiment, trace);
    const { equation, instance } = design && signal ? originsOf(design, ref.experiment, signal) : {};
    const origin = equation ?? instance;
    if (origin === undefined)
      return void vscode.window.showInformationMessage(`The text no longer declares ${trace}.`);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(origin.file));
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.One,
      selection: rangeOf(origin),
    });
  };
  const showSignal = async () => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const target = waveforms.latest();
    const design = target && (await designOf(server, target.uri));
    if (target === undefined || design === undefined)
      return void vscode.window.showInformationMessage('Open the waveforms of a run first.');
    const { document, selection } = editor;
    const signals = signalsAt(design, target.experiment, document.uri.toString(), selection.active);
    if (signals.length === 0)
      return void vscode.window.showInformationMessage('No equation or layer of the run is written here.');
    waveforms.choose(
      signals.map(({ layer, signal }) => (signal === undefined ? layer : `${layer}.${signal}`)),
    );
  };
  const report = (error: unknown) => log.error(String(error));
  context.subscriptions.push(
    shown,
    decoration,
    waveforms.onDidMoveCursor((move) => void show(move).catch(report)),
    waveforms.onDidAskForText((request) => void reveal(request).catch(report)),
    vscode.window.onDidChangeVisibleTextEditors(apply),
    // What is edited no longer says what was simulated.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !lines.has(document.uri.toString())) return;
      lines = new Map([...lines].filter(([file]) => file !== document.uri.toString()));
      apply();
    }),
    vscode.commands.registerCommand('memloom.showSignal', showSignal),
  );
  return { reveal: (request) => void reveal(request).catch(report), onDidShow: shown.event };
}

async function designOf(server: Server, uri: string): Promise<Design | undefined> {
  return (await server.request(ElaborateRequest, { uri })).design;
}

/** By file, what stands behind each line of which a signal is known at the moment of the cursor. */
async function linesOf(server: Server, { ref, series, id }: CursorMove, moment: number) {
  const result = new Map<string, vscode.DecorationOptions[]>();
  const curves = series.series.find((one) => one.id === id);
  const design = await designOf(server, ref.uri);
  if (curves === undefined || design === undefined) return result;
  // Of a family the line alone.
  const columns = curves.columns.flatMap(({ role }, column) => (role === 'line' ? [column] : []));
  const { values } = await series.ask('values', { series: id, columns, at: [moment] });
  const byLine = new Map<string, { origin: Origin; values: SignalValue[] }>();
  for (const [at, column] of columns.entries()) {
    const { name, unit } = curves.columns[column];
    const signal = signalName(design, ref.experiment, name);
    if (signal === undefined) continue;
    const { equation, instance } = originsOf(design, ref.experiment, signal);
    // The layer shows what it gives to others: its output.
    const isOutput = outputOf(design, ref.experiment, signal.layer) === signal.signal;
    for (const origin of [equation, isOutput ? instance : undefined]) {
      if (origin === undefined) continue;
      const key = `${origin.file} ${origin.start.line}`;
      const line = byLine.get(key) ?? { origin, values: [] };
      byLine.set(key, line);
      line.values.push({ trace: name, unit, value: values[0][at] });
    }
  }
  for (const { origin, values: own } of byLine.values()) {
    const text = inlineText(own, formatQuantity);
    if (text === '') continue;
    result.set(origin.file, [...(result.get(origin.file) ?? []), behind(origin, text)]);
  }
  return result;
}

function outputOf(
  { cells, networks, experiments }: Design,
  experiment: string,
  layer: string,
): string | undefined {
  const network = experiments.find(({ name }) => name === experiment)?.network;
  const found = networks.find(({ name }) => name === network)?.layers.find(({ name }) => name === layer);
  return found?.kind === 'cell' ? cells.find(({ name }) => name === found.cell)?.outputs[0]?.name : undefined;
}

function behind(origin: Origin, text: string): vscode.DecorationOptions {
  const end = new vscode.Position(origin.start.line, Number.MAX_SAFE_INTEGER);
  return {
    range: new vscode.Range(end, end),
    renderOptions: {
      after: {
        contentText: text,
        margin: '0 0 0 2em',
        color: new vscode.ThemeColor('editorCodeLens.foreground'),
        fontStyle: 'italic',
      },
    },
  };
}

const rangeOf = ({ start, end }: Origin) =>
  new vscode.Range(start.line, start.character, end.line, end.character);
