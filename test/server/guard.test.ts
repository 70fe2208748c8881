import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HoverRequest } from 'vscode-languageserver-protocol/node';
import { bundleServer, type Session, startSession } from './session.ts';

describe('A request that goes wrong', () => {
  let server: Session;
  beforeAll(async () => {
    server = await startSession(await bundleServer());
  }, 60_000);
  afterAll(() => server.close());

  const uri = 'file:///guard/net.loom';
  const text = 'network N(x: [1]) -> y: [1] {\n  y = dense(x, units = 1)\n}\n';

  it.each([
    'textDocument/hover',
    'textDocument/completion',
    'textDocument/rename',
    'textDocument/selectionRange',
    'textDocument/inlayHint',
    'textDocument/codeAction',
    'textDocument/prepareCallHierarchy',
    'callHierarchy/incomingCalls',
    'typeHierarchy/supertypes',
    'workspace/willRenameFiles',
    'memloom/elaborate',
    'memloom/source',
  ])('is answered, and so is the next: %s', async (method) => {
    await server.open(uri, text);
    // Parameters that no client should send: each feature meets what it does not expect.
    for (const params of [{}, { textDocument: { uri } }, { item: { uri: 'file:///guard/none.loom' } }])
      await server.connection
        .sendRequest(method, params)
        .catch((error: unknown) => expect(error).toBeInstanceOf(Error));
    const hover = await server.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: { line: 1, character: 7 },
    });
    expect(JSON.stringify(hover)).toContain('fully connected layer');
  });
});
