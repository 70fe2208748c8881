import { ElaborateRequest } from '@memloom/server/protocol';
import { designHash, type ExpectationDesign, type Origin } from '@memloom/sim-core';
import * as vscode from 'vscode';
import type { Server } from '../features/language.ts';
import type { ExperimentPlace } from '../run/choose.ts';

/** An experiment that a text of the workspace declares, as it stands. */
export interface Experiment extends ExperimentPlace {
  /** Hash of the design that the text says now; absent where the text has errors. */
  readonly design?: string;
  readonly origin?: Origin;
  readonly expectations: readonly ExpectationDesign[];
}

/** The experiments of all texts of the workspace, kept up to date as they are edited. */
export interface ExperimentCatalogue {
  all(): readonly Experiment[];
  find(place: ExperimentPlace): Experiment | undefined;
  /** Reads all texts, the first time that something wants to know. */
  load(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

/** Milliseconds without typing after which a text is asked anew. */
const pause = 300;

export function experimentCatalogue(context: vscode.ExtensionContext, server: Server): ExperimentCatalogue {
  const changed = new vscode.EventEmitter<void>();
  const byFile = new Map<string, readonly Experiment[]>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let loading: Promise<void> | undefined;

  const read = async (uri: vscode.Uri) => {
    const file = uri.toString();
    const before = JSON.stringify(byFile.get(file));
    byFile.set(file, await experimentsOf(server, file));
    if (JSON.stringify(byFile.get(file)) !== before) changed.fire();
  };
  const readSoon = (uri: vscode.Uri) => {
    const file = uri.toString();
    clearTimeout(timers.get(file));
    timers.set(
      file,
      setTimeout(() => void read(uri).catch(ignoreEnd), pause),
    );
  };
  const forget = (uri: vscode.Uri) => {
    if (byFile.delete(uri.toString())) changed.fire();
  };
  const load = async () => {
    const files = await vscode.workspace.findFiles('**/*.loom', '**/node_modules/**');
    await Promise.all(files.map(read));
    changed.fire();
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.loom');
  context.subscriptions.push(
    changed,
    watcher,
    watcher.onDidCreate(readSoon),
    watcher.onDidChange(readSoon),
    watcher.onDidDelete(forget),
    vscode.workspace.onDidOpenTextDocument(({ languageId, uri }) => {
      if (languageId === 'loom' && uri.scheme !== 'memloom') readSoon(uri);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === 'loom' && contentChanges.length > 0) readSoon(document.uri);
    }),
    { dispose: () => timers.forEach(clearTimeout) },
  );
  for (const { languageId, uri } of vscode.workspace.textDocuments) if (languageId === 'loom') readSoon(uri);
  return {
    onDidChange: changed.event,
    all: () => [...byFile.values()].flat(),
    find: ({ uri, experiment }) => byFile.get(uri)?.find((one) => one.experiment === experiment),
    load: () => {
      loading ??= load();
      return loading;
    },
  };
}

/** A server that ends meanwhile has told the user so itself. */
const ignoreEnd = () => {};

async function experimentsOf(server: Server, uri: string): Promise<readonly Experiment[]> {
  const { design, experiments } = await server.request(ElaborateRequest, { uri });
  const hash = design && designHash(design);
  return experiments.map((experiment) => {
    const declared = design?.experiments.find(({ name }) => name === experiment);
    return {
      uri,
      experiment,
      design: hash,
      origin: declared?.origin,
      expectations: declared?.expectations ?? [],
    };
  });
}
