import * as vscode from 'vscode';
import type { Server, ServerState } from './language.ts';
import type { Runs } from './runs.ts';

/** The state of the language server and of the engine, where VS Code shows what a language's tools do. */
export function activateStatus(context: vscode.ExtensionContext, server: Server, runs: Runs): void {
  const language = vscode.languages.createLanguageStatusItem('memloom.server', { language: 'loom' });
  const engine = vscode.languages.createLanguageStatusItem('memloom.engine', { language: 'loom' });
  language.name = 'Memloom language server';
  engine.name = 'Memloom engine';
  const showServer = (state: ServerState) => {
    language.busy = state === 'starting';
    language.severity =
      state === 'stopped' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    language.text =
      state === 'running' ? 'Server runs' : state === 'stopped' ? 'Server stopped' : 'Server starts';
    language.command =
      state === 'stopped'
        ? { title: 'Restart', command: 'memloom.restartServer' }
        : { title: 'Show Log', command: 'memloom.showLog' };
  };
  const showEngine = (text: string, busy: boolean) => {
    engine.text = text;
    engine.busy = busy;
    engine.command = busy
      ? { title: 'Cancel', command: 'memloom.cancel' }
      : { title: 'Run', command: 'memloom.run' };
  };
  showServer(server.state());
  showEngine('Engine is idle', false);
  context.subscriptions.push(
    language,
    engine,
    server.onDidChangeState(showServer),
    runs.onDidProgress(({ experiment, phase, fraction }) =>
      showEngine(`${experiment}: ${phase} ${Math.floor(100 * fraction)} %`, true),
    ),
    runs.onDidEndRun(({ experiment, outcome }) => showEngine(`${experiment} ${outcome}`, false)),
  );
}
