import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ReferencesRequest } from 'vscode-languageserver-protocol/node';
import { bundleServer, type Session, startSession } from './session.ts';

let server: Session;
beforeAll(async () => {
  server = await startSession(await bundleServer());
}, 60_000);
afterAll(() => server.close());

it('finds what the standard library itself refers to, although it is not linked at the start', async () => {
  const uri = 'file:///references/text.loom';
  const text = "import std.cells\ncell Own(x: [n]) -> h: [m] {\n  state h: [m]\n  h' = tanh(vmm(x, h))\n}\n";
  await server.open(uri, text);
  const found = await server.connection.sendRequest(ReferencesRequest.type, {
    textDocument: { uri },
    position: { line: 3, character: 8 },
    context: { includeDeclaration: false },
  });
  const library = readFileSync(new URL('../../language/std/cells.loom', import.meta.url), 'utf8').split('\n');
  const expected = library.flatMap((line, row) =>
    [...line.replace(/\/\/.*/, '').matchAll(/\btanh\(/g)].map(({ index }) => [row, index]),
  );
  const places = (found ?? [])
    .filter((each) => each.uri.endsWith('/cells.loom'))
    .map(({ range }) => [range.start.line, range.start.character]);
  expect(expected.length).toBeGreaterThan(3);
  expect(places.sort(byPlace)).toEqual(expected.sort(byPlace));
});

const byPlace = (a: readonly number[], b: readonly number[]) => a[0] - b[0] || a[1] - b[1];
