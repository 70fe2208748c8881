import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CodeLensRefreshRequest,
  CodeLensRequest,
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  InlayHintRefreshRequest,
  InlayHintRequest,
  RegistrationRequest,
} from 'vscode-languageserver-protocol/node';
import { bundleServer, type Session, startSession } from './session.ts';

const uri = 'file:///virtual/settings.loom';
const text = `import std.cells
network Net(x: [1]) -> y: [1] {
  rnn = Np(x, units = 2)
  y = dense(rnn, units = 1)
}
dataset d generate wafer()
experiment e {
  network Net
  data d
  train adam() for 1 epoch
}
`;

describe('Settings over the protocol', () => {
  let server: Session;
  const refreshed = { hints: 0, lenses: 0 };
  /** What the client answers when it is asked for the settings. */
  let asked: unknown = {};

  beforeAll(async () => {
    const workspace = {
      configuration: true,
      inlayHint: { refreshSupport: true },
      codeLens: { refreshSupport: true },
    };
    server = await startSession(await bundleServer(), undefined, { workspace }, (connection) => {
      connection.onRequest(RegistrationRequest.type, () => undefined);
      connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => asked));
      connection.onRequest(InlayHintRefreshRequest.type, () => void refreshed.hints++);
      connection.onRequest(CodeLensRefreshRequest.type, () => void refreshed.lenses++);
    });
    await server.open(uri, text);
  }, 60_000);
  afterAll(() => server.close());

  const labels = async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await server.connection.sendRequest(InlayHintRequest.type, {
      textDocument: { uri },
      range,
    });
    return (hints ?? []).map(({ label }) => String(label));
  };
  const lenses = async () =>
    (await server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
  const change = (settings: unknown) =>
    server.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });

  it('are taken from a notification, and the editor is asked to draw anew', async () => {
    expect(await labels()).toContain(': [2]');
    const before = { ...refreshed };
    await change({ memloom: { inlayHints: { sizes: false }, codeLens: { enabled: false } } });
    await expect.poll(labels).toEqual([]);
    await expect.poll(lenses).toEqual([]);
    await expect.poll(() => refreshed.hints).toBeGreaterThan(before.hints);
    await expect.poll(() => refreshed.lenses).toBeGreaterThan(before.lenses);
  });

  it('are asked for where the notification is empty', async () => {
    asked = { inlayHints: { sizes: true, defaults: true }, codeLens: { enabled: true } };
    await change(null);
    await expect.poll(labels).toEqual(expect.arrayContaining([': [2]', ', bias = true']));
    await expect.poll(async () => (await lenses()).length).toBeGreaterThan(0);
  });
});
