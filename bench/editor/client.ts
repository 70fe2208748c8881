import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';

/** The server as it ships, in a process of its own, spoken to over IPC as VS Code does. */
export interface Client {
  readonly connection: ProtocolConnection;
  open(uri: string, text: string): Promise<readonly Diagnostic[]>;
  /** Sends an incremental change; gives the diagnostics that follow from it. */
  change(uri: string, change: TextDocumentContentChangeEvent): Promise<readonly Diagnostic[]>;
  /** Resident memory of the server in bytes. */
  memory(): number;
  close(): Promise<void>;
}

export async function startClient(server: string, folder?: string): Promise<Client> {
  const child = fork(server, ['--node-ipc'], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const waiting = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    const resolve = waiting.get(`${uri} ${version}`);
    waiting.delete(`${uri} ${version}`);
    resolve?.(diagnostics);
  });
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: folder === undefined ? [] : [{ uri: folder, name: 'workspace' }],
  });
  await connection.sendNotification(InitializedNotification.type, {});
  let version = 0;
  const published = (uri: string) =>
    new Promise<readonly Diagnostic[]>((resolve) => {
      waiting.set(`${uri} ${++version}`, resolve);
    });
  return {
    connection,
    open: (uri, text) => {
      const diagnostics = published(uri);
      const textDocument = { uri, languageId: 'loom', version, text };
      void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      return diagnostics;
    },
    change: (uri, change) => {
      const diagnostics = published(uri);
      void connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [change],
      });
      return diagnostics;
    },
    memory: () => residentMemory(child),
    close: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      connection.dispose();
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** From Linux's own account of the process; NaN elsewhere. */
function residentMemory({ pid }: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s*([0-9]+) kB/m.exec(status)?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}
