import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  createProtocolConnection,
  DefinitionRequest,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type LocationLink,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { memloom, root } from './terminal.ts';

const uri = 'file:///virtual/net.loom';
const text = 'import std.cells\nnetwork N(x: [1]) -> y: [1] {\n  y = Np(x, units = 2)\n}\n';

describe('memloom lsp', () => {
  it('checks, explains, and leads to files of the standard library that any editor can open', async () => {
    const child = start();
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    try {
      const published = new Promise<readonly { readonly code?: unknown }[]>((resolve) => {
        connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
          if (params.uri === uri) resolve(params.diagnostics);
        });
      });
      await connection.sendRequest(InitializeRequest.type, {
        processId: process.pid,
        rootUri: null,
        capabilities: {},
        workspaceFolders: [],
      });
      await connection.sendNotification(InitializedNotification.type, {});
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'loom', version: 1, text },
      });
      expect((await published).map(({ code }) => code)).toEqual(['dimension.mismatch']);
      const at = { textDocument: { uri }, position: { line: 2, character: 7 } };
      expect(JSON.stringify(await connection.sendRequest(HoverRequest.type, at))).toContain(
        'cell Np extends Lstm',
      );
      const [place] = (await connection.sendRequest(DefinitionRequest.type, at)) as LocationLink[];
      const lines = readFileSync(fileURLToPath(place.targetUri), 'utf8').split('\n');
      expect(lines[place.targetSelectionRange.start.line]).toBe('cell Np extends Lstm {');
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      expect(await ended).toBe(0);
    } finally {
      child.kill();
    }
  });

  it('ends with its editor', async () => {
    const child = start();
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.stdin.end();
    expect(await ended).toBe(1);
  });

  it('asks for the transport, and says what it takes', () => {
    const { code, err } = memloom(root, ['lsp']);
    expect(code).toBe(2);
    expect(err).toContain('memloom lsp --stdio');
    expect(memloom(root, ['lsp', '--help']).out).toContain('Usage: memloom lsp');
  });

  it('is what the README tells editors to start', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(readme).toContain("cmd = { 'memloom', 'lsp', '--stdio' }");
    expect(readme).toContain('args = ["lsp", "--stdio"]');
  });
});

const start = () =>
  spawn(process.execPath, [join(root, 'cli/bin/memloom.mjs'), 'lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
