import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Diagnostic, DiagnosticSeverity, HoverRequest } from 'vscode-languageserver-protocol/node';
import { bundleServer, type Session, startSession } from './session.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'memloom-closing-'));
const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).toString();
const sound = 'device Sound = vteam()\n';
const broken = 'device Sound = vteam(rOn = 10 V)\n';
const importing = 'import "sound.loom"\ncrossbar Gates { device = Sound }\n';

let server: Session;
beforeAll(async () => {
  writeFileSync(path.join(folder, 'sound.loom'), sound);
  writeFileSync(path.join(folder, 'importing.loom'), importing);
  server = await startSession(await bundleServer(), pathToFileURL(folder).toString());
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const errors = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error).map(({ code }) => code);
const hover = (uri: string) =>
  server.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line: 0, character: 8 },
  });

it('forgets a text without a file when it is closed', async () => {
  const uri = 'file:///nowhere/unsaved.loom';
  expect(errors(await server.open(uri, broken))).toEqual(['unit.mismatch']);
  expect(await hover(uri)).not.toBeNull();
  const published = server.unopened(uri);
  await server.closeText(uri);
  expect(await published).toEqual([]);
  await expect(hover(uri)).rejects.toThrow('No document found');
});

it('forgets a file outside the workspace that nothing imports', async () => {
  const outside = mkdtempSync(path.join(tmpdir(), 'memloom-outside-'));
  writeFileSync(path.join(outside, 'alone.loom'), sound);
  const uri = pathToFileURL(path.join(outside, 'alone.loom')).toString();
  await server.open(uri, sound);
  const published = server.unopened(uri);
  await server.closeText(uri);
  await published;
  await expect(hover(uri)).rejects.toThrow('No document found');
  rmSync(outside, { recursive: true });
});

it('reads a file of the workspace again when what was typed is not saved', async () => {
  const [changed, other] = [uriOf('sound.loom'), uriOf('importing.loom')];
  expect(errors(await server.open(changed, 'device Other = vteam()\n'))).toEqual([]);
  expect(errors(await server.open(other, importing))).toEqual(['name.unknown']);
  const [published, dependent] = [server.unopened(changed), server.next(other)];
  await server.closeText(changed);
  expect(errors(await published)).toEqual([]);
  expect(errors(await dependent)).toEqual([]);
  expect(await hover(changed)).not.toBeNull();
});

it('says what changed in a text whose import changes, although an edit elsewhere already waits', async () => {
  const [imported, other, unrelated] = [
    uriOf('sound.loom'),
    uriOf('importing.loom'),
    uriOf('unrelated.loom'),
  ];
  await server.open(unrelated, sound);
  await server.open(imported, sound);
  for (const [text, expected] of [
    ['device Other = vteam()\n', ['name.unknown']],
    [sound, []],
  ] as const) {
    const edits = [server.change(imported, text), server.change(unrelated, `${sound}// ${text}`)];
    let found = await server.next(other);
    while (errors(found).join() !== expected.join()) found = await server.next(other);
    await edits[1];
  }
});
