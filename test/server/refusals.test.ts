import { afterEach, describe, expect, it } from 'vitest';
import {
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  HoverRequest,
  LogMessageNotification,
  MessageType,
  RegistrationRequest,
  ResponseError,
} from 'vscode-languageserver-protocol/node';
import { bundleServer, type Session, startSession } from './session.ts';

const uri = 'file:///virtual/refusals.loom';
const text = 'device D = resistive(rOn = 10 kOhm, rOff = 1 MOhm)\n';

/** What a client answers that offers a capability and refuses to be asked for it. */
const refuse = () => new ResponseError(-32601, 'refused');

describe('A client that refuses', () => {
  let server: Session;
  afterEach(() => server.close());

  it.each([
    ['registrations', { registers: false, configures: true }],
    ['to give its settings', { registers: true, configures: false }],
    ['everything', { registers: false, configures: false }],
  ])(
    '%s is served, without an unhandled error',
    async (_, { registers, configures }) => {
      const logged: string[] = [];
      const asked: string[] = [];
      const workspace = {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
        inlayHint: { refreshSupport: true },
        codeLens: { refreshSupport: true },
      };
      server = await startSession(await bundleServer(), undefined, { workspace }, (connection) => {
        connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
          asked.push(...registrations.map(({ method }) => method));
          if (!registers) throw refuse();
        });
        connection.onRequest(ConfigurationRequest.type, ({ items }) => {
          asked.push(ConfigurationRequest.method);
          if (!configures) throw refuse();
          return items.map(() => ({}));
        });
        connection.onNotification(LogMessageNotification.type, ({ type, message }) => {
          if (type === MessageType.Error) logged.push(message);
        });
      });
      expect(await server.open(uri, text)).toEqual([]);
      // Settings are asked for, and hints and lenses to be drawn anew, which this client answers with an error.
      const { connection } = server;
      await connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
      await connection.sendNotification(DidChangeConfigurationNotification.type, {
        settings: { memloom: {} },
      });
      await expect
        .poll(() => [...new Set(asked)].sort())
        .toEqual([
          'workspace/configuration',
          'workspace/didChangeConfiguration',
          'workspace/didChangeWatchedFiles',
        ]);
      await expect
        .poll(() => asked.filter((method) => method === ConfigurationRequest.method).length)
        .toBe(2);
      const position = { line: 0, character: 12 };
      expect(
        await connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }),
      ).not.toBeNull();
      expect(logged).toEqual([]);
      expect(await server.change(uri, text.replace('kOhm', 'kohm'))).toHaveLength(1);
    },
    60_000,
  );
});
