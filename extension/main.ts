import * as vscode from 'vscode';
import { activateLanguage } from './features/language.ts';
import { activateResults } from './features/results.ts';
import { activateRuns, type RunEvents } from './features/runs.ts';
import { activateStandardLibrary } from './features/standard-library.ts';

/** What the extension offers to others, and to its tests. */
export interface MemloomApi extends RunEvents {
  /** Fires with what the results view shows, each time after it has drawn it. */
  readonly onDidDrawResults: vscode.Event<{
    readonly experiment: string;
    readonly rows: number;
    readonly plots: number;
  }>;
}

export function activate(context: vscode.ExtensionContext): MemloomApi {
  const log = vscode.window.createOutputChannel('Memloom', { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('memloom.showLog', () => log.show()),
  );
  const server = activateLanguage(context, log);
  activateStandardLibrary(context, server);
  const results = activateResults(context, log);
  const runs = activateRuns(context, { server, results, log });
  void vscode.commands.executeCommand('setContext', 'memloom.active', true);
  return { ...runs, onDidDrawResults: results.onDidDraw };
}
