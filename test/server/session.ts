import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';
import { build } from '../../scripts/steps/build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The server as it ships, bundled, in a process of its own. */
export interface Session {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Opens a text and gives what is wrong with it. */
  open(uri: string, text: string): Promise<readonly Diagnostic[]>;
  /** Replaces a text and gives what is wrong with it now. */
  change(uri: string, text: string): Promise<readonly Diagnostic[]>;
  /** Changes a text in parts and gives what is wrong with it now. */
  edit(uri: string, changes: TextDocumentContentChangeEvent[]): Promise<readonly Diagnostic[]>;
  closeText(uri: string): Promise<void>;
  /** What is published next for a text that is open and does not change. */
  next(uri: string): Promise<readonly Diagnostic[]>;
  /** What is published next for a text that is not open. */
  unopened(uri: string): Promise<readonly Diagnostic[]>;
  /** The process of the server. */
  readonly pid: number;
  /** Ends the server as a client should, and gives its exit code. */
  close(): Promise<number | null>;
}

export async function bundleServer(): Promise<string> {
  await build(['server']);
  return path.join(root, 'server', 'dist', 'server.cjs');
}

/** `folder` is the workspace, a URI; `answer` registers what the client answers. */
export async function startSession(
  server: string,
  folder?: string,
  capabilities: ClientCapabilities = {},
  answer: (connection: ProtocolConnection) => void = () => undefined,
): Promise<Session> {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published = nextDiagnostics(connection);
  answer(connection);
  connection.listen();
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders: folder === undefined ? [] : [{ uri: folder, name: 'workspace' }],
  });
  await connection.sendNotification(InitializedNotification.type, {});
  const versions = new Map<string, number>();
  const nextVersion = (uri: string) => {
    const version = (versions.get(uri) ?? 0) + 1;
    versions.set(uri, version);
    return version;
  };
  const edit: Session['edit'] = async (uri, contentChanges) => {
    const textDocument = { uri, version: nextVersion(uri) };
    const diagnostics = published(textDocument);
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges,
    });
    return diagnostics;
  };
  return {
    connection,
    initialized,
    open: async (uri, text) => {
      const textDocument = { uri, languageId: 'loom', version: nextVersion(uri), text };
      const diagnostics = published(textDocument);
      await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      return diagnostics;
    },
    change: (uri, text) => edit(uri, [{ text }]),
    edit,
    closeText: (uri) =>
      connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    next: (uri) => published({ uri, version: versions.get(uri) }),
    unopened: (uri) => published({ uri }),
    pid: child.pid ?? 0,
    close: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      return exitCode(child);
    },
  };
}

/** The diagnostics of one version of a text. */
function nextDiagnostics(connection: ProtocolConnection) {
  const waiting = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  const key = (uri: string, version: number | undefined) => `${uri} ${version}`;
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    waiting.get(key(uri, version))?.(diagnostics);
    waiting.delete(key(uri, version));
  });
  return ({ uri, version }: { readonly uri: string; readonly version?: number | undefined }) =>
    new Promise<readonly Diagnostic[]>((resolve) => {
      waiting.set(key(uri, version), resolve);
    });
}

const exitCode = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });
