import type { Request } from '@memloom/server/protocol';
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { Platform } from '../platform.ts';

export type ServerState = 'starting' | 'running' | 'stopped';

/** The language server. */
export interface Server {
  /** Asks once the server runs; rejects where it cannot start. */
  request<Params, Answer>(
    request: Request<Params, Answer>,
    params: Params,
    token?: vscode.CancellationToken,
  ): Promise<Answer>;
  state(): ServerState;
  readonly onDidChangeState: vscode.Event<ServerState>;
}

/** Starts the language server beside the extension host, and stops it with the extension. */
export function activateLanguage(
  context: vscode.ExtensionContext,
  { startServer }: Platform,
  log: vscode.LogOutputChannel,
): Server {
  const connect = startServer(context);
  const changed = new vscode.EventEmitter<ServerState>();
  let state: ServerState = 'starting';
  let restarting = false;
  const become = (next: ServerState) => {
    // A client starts a server that has ended anew, a few times; the user knows of it.
    if (state === 'running' && next !== 'running' && !restarting) sayEnded(log);
    state = next;
    changed.fire(next);
  };
  const start = async () => {
    await afterActivation();
    const client = await connect(optionsWith(log));
    context.subscriptions.push(
      {
        dispose: () => {
          restarting = true;
          void client.dispose();
        },
      },
      client.onDidChangeState(({ newState }) => become(states[newState])),
    );
    await client.start();
    return client;
  };
  let started = start();
  started.catch((error: unknown) => {
    become('stopped');
    log.error(`The language server did not start: ${String(error)}`);
  });
  context.subscriptions.push(
    changed,
    vscode.commands.registerCommand('memloom.restartServer', async () => {
      restarting = true;
      started = started.then(restarted, start);
      await started.finally(() => {
        restarting = false;
      });
    }),
  );
  return {
    request: async ({ method }, params, token) => (await started).sendRequest(method, params, token),
    state: () => state,
    onDidChangeState: changed.event,
  };
}

function sayEnded(log: vscode.LogOutputChannel): void {
  log.warn('The language server has ended and is started anew.');
  const message = 'The language server has ended and is started anew. Texts and results are as they were.';
  void vscode.window.showWarningMessage(message, 'Show Log').then((chosen) => {
    if (chosen !== undefined) log.show();
  });
}

/** Nothing that takes long happens while the editor waits for the extension. */
const afterActivation = () => new Promise((resolve) => setTimeout(resolve, 0));

async function restarted(client: BaseLanguageClient): Promise<BaseLanguageClient> {
  await client.stop();
  await client.start();
  return client;
}

/** By the numbers that the client gives its states. */
const states: Readonly<Record<BaseLanguageClient['state'], ServerState>> = {
  1: 'stopped',
  2: 'running',
  3: 'starting',
  4: 'stopped',
};

/** Where texts lie: files, texts without a file, the standard library, and wherever the workspace is. */
const schemes = () => [
  ...new Set([
    'file',
    'untitled',
    'memloom',
    ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme),
  ]),
];

const optionsWith = (log: vscode.LogOutputChannel): LanguageClientOptions => ({
  documentSelector: schemes().map((scheme) => ({ language: 'loom', scheme })),
  outputChannel: log,
  diagnosticCollectionName: 'memloom',
  middleware: {
    provideCodeLenses: (document, token, next) =>
      vscode.workspace.getConfiguration('memloom', document).get('codeLens.enabled', true)
        ? next(document, token)
        : [],
  },
});
