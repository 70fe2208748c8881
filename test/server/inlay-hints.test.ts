import { createLoomServices } from '@memloom/language';
import { EmptyFileSystem, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { features } from '../../server/create-server.ts';
import { SettingsStore } from '../../server/settings.ts';
import { architecture } from './architecture-text.ts';

const everything = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

/** The text with its hints in « ». */
async function hinted(settings: unknown = {}, range = everything): Promise<string> {
  const store = new SettingsStore();
  store.set(settings);
  const { shared, Loom } = createLoomServices({ ...EmptyFileSystem }, features(store));
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  const document = shared.workspace.LangiumDocumentFactory.fromString(
    architecture,
    URI.parse('file:///folder/main.loom'),
  );
  shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build([document], { validation: true });
  const hints = await Loom.lsp.InlayHintProvider?.getInlayHints(document, {
    textDocument: { uri: document.uri.toString() },
    range,
  });
  const lines = architecture.split('\n');
  for (const { position, label } of [...(hints ?? [])].sort(
    (a, b) => b.position.character - a.position.character,
  )) {
    const line = lines[position.line];
    lines[position.line] =
      `${line.slice(0, position.character)}«${String(label)}»${line.slice(position.character)}`;
  }
  return lines.join('\n');
}

describe('Inlay hints', () => {
  it('say the sizes of equations and layers, the units in blocks, and the lines of crossbars', async () => {
    const text = await hinted();
    expect(text).toContain('f«: [m]» = 1 - i');
    expect(text).toContain('rnn«: [4]» = Mine(');
    expect(text).toContain('  y«: [1]» = dense(');
    expect(text).toContain('drive«: 1» = gain');
    expect(text).toMatch(/crossbar Gates« [0-9]+ × 12, 10 × 1» \{/);
    expect(text).toContain('\n  out = clamp');
  });

  it.each([
    ['sizes', /«: \[/],
    ['units', /«: 1»/],
    ['arrays', /«[^»]*×/],
  ])('can be switched off: %s', async (kind, pattern) => {
    expect(await hinted({ inlayHints: { [kind]: true } })).toMatch(pattern);
    const without = await hinted({ inlayHints: { [kind]: false } });
    expect(without).not.toMatch(pattern);
    expect(without).toContain('«');
  });

  it('say what a call leaves at its defaults where that is switched on', async () => {
    expect(await hinted()).not.toContain('bias = true');
    expect(await hinted({ inlayHints: { defaults: true } })).toMatch(/dense\(.*«, bias = true»\)/);
  });

  it('keep to what the editor shows', async () => {
    const line = architecture.split('\n').findIndex((each) => each.includes('rnn ='));
    const text = await hinted({}, { start: { line, character: 0 }, end: { line, character: 99 } });
    expect([...text.matchAll(/«[^»]*»/g)].map(([hint]) => hint)).toEqual(['«: [4]»']);
  });

  it('take settings of other kinds for left out', async () => {
    expect(await hinted({ inlayHints: 'no', codeLens: 3 })).toBe(await hinted());
  });
});
