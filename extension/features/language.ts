import * as vscode from 'vscode';
import { LanguageClient, type State, TransportKind } from 'vscode-languageclient/node';

/** The language server, once it runs. */
export interface Server {
  /** Starts the server where it does not run yet; rejects where it cannot start. */
  client(): Promise<LanguageClient>;
  state(): State;
  readonly onDidChangeState: vscode.Event<State>;
}

/** Starts the language server in a process of its own, and stops it with the extension. */
export function activateLanguage(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Server {
  const client = createClient(context.asAbsolutePath('dist/server.cjs'), log);
  let started = client.start();
  started.catch((error: unknown) => log.error(`The language server did not start: ${String(error)}`));
  context.subscriptions.push(
    { dispose: () => void client.dispose() },
    vscode.commands.registerCommand('memloom.restartServer', () => {
      started = client.restart();
      return started;
    }),
  );
  const changed = new vscode.EventEmitter<State>();
  context.subscriptions.push(
    changed,
    client.onDidChangeState(({ newState }) => changed.fire(newState)),
  );
  return {
    client: () => started.then(() => client),
    state: () => client.state,
    onDidChangeState: changed.event,
  };
}

function createClient(module: string, log: vscode.LogOutputChannel): LanguageClient {
  const { ipc: transport } = TransportKind;
  return new LanguageClient(
    'memloom',
    'Memloom',
    {
      run: { module, transport },
      debug: { module, transport, options: { execArgv: ['--nolazy', '--inspect=6011'] } },
    },
    {
      documentSelector: [
        { language: 'loom', scheme: 'file' },
        { language: 'loom', scheme: 'untitled' },
        { language: 'loom', scheme: 'memloom' },
      ],
      outputChannel: log,
      diagnosticCollectionName: 'memloom',
      middleware: {
        provideCodeLenses: (document, token, next) =>
          vscode.workspace.getConfiguration('memloom', document).get('codeLens.enabled', true)
            ? next(document, token)
            : [],
      },
    },
  );
}
