import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogue } from '@memloom/language';
import { URI } from 'langium';
import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { CodeActionKind } from 'vscode-languageserver-protocol';
import { quickFixes } from '../../server/fixes/catalogue.ts';
import { type Editor, openEditor, uriOf } from './editor.ts';
import { quickFixPage } from './quick-fixes.ts';

const page = fileURLToPath(new URL('../../docs/quick-fixes.md', import.meta.url));
const everything = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };

async function actions(
  { services, document }: Editor,
  range = everything,
  only?: readonly string[],
): Promise<readonly CodeAction[]> {
  const found = await services.lsp.CodeActionProvider?.getCodeActions(document, {
    textDocument: { uri: document.uri.toString() },
    range,
    context: { diagnostics: [], ...(only ? { only: [...only] } : {}) },
  });
  return (found ?? []).filter((action): action is CodeAction => 'edit' in action);
}

const codesOf = ({ document }: Editor) => (document.diagnostics ?? []).map(({ code }) => code);

describe('Quick fixes', () => {
  it.each(quickFixes.map((fix) => [`${fix.code}: ${fix.does}`, fix] as const))('%s', async (_, fix) => {
    const editor = await openEditor({ 'main.loom': fix.before });
    const { document, services } = editor;
    const finding = document.diagnostics?.find(({ code }) => code === fix.code);
    expect(finding, `${fix.before}${JSON.stringify(document.diagnostics)}`).toBeDefined();
    if (!finding) return;
    const offered = (await actions(editor, finding.range)).filter(({ diagnostics }) =>
      diagnostics?.some(({ code }) => code === fix.code),
    );
    const texts = offered.map(({ edit }) => editor.applied(edit?.changes)['main.loom']);
    expect(texts).toContain(fix.after);
    const taken = offered[texts.indexOf(fix.after)];
    expect(taken).toMatchObject({ kind: CodeActionKind.QuickFix, diagnostics: [{ code: fix.code }] });
    expect(taken.isPreferred ?? false).toBe(fix.preferred ?? false);
    // What is mended is not found again.
    const mended = await openEditor({ 'main.loom': fix.after });
    const count = (each: Editor) => codesOf(each).filter((code) => code === fix.code).length;
    expect(count(mended), JSON.stringify(mended.document.diagnostics)).toBeLessThan(count(editor));
    expect(services.shared.workspace.LangiumDocuments.hasDocument(URI.parse(uriOf('main.loom')))).toBe(true);
  });

  it('are at least twenty, and for most of what the checker can say about names, values and equations', () => {
    expect(quickFixes.length).toBeGreaterThanOrEqual(20);
    const codes = new Set(quickFixes.map(({ code }) => code));
    for (const code of codes) expect(Object.keys(catalogue)).toContain(code);
    for (const { code, preferred } of quickFixes)
      if (preferred)
        expect(quickFixes.filter((other) => other.code === code && other.preferred).length, code).toBe(1);
  });

  it('are all described in docs/quick-fixes.md', () => {
    const text = quickFixPage(quickFixes);
    if (process.env.UPDATE_DOCS) writeFileSync(page, text);
    expect(readFileSync(page, 'utf8')).toBe(text);
  });

  it('mend a whole file at once where that is safe', async () => {
    const editor = await openEditor({
      'main.loom':
        'device D = resistive(rOn = 1 kohm, rOff = 1 Mohm)\nnetwork N(x: [1]) -> y: [1] {\n  spare = Lstm(x, units = 1)\n  y = dense(x, units = 1)\n}\n',
    });
    const [action] = await actions(editor, everything, ['source.fixAll']);
    expect(editor.applied(action.edit?.changes)['main.loom']).toBe(
      'import std.cells\n\ndevice D = resistive(rOn = 1 kOhm, rOff = 1 MOhm)\nnetwork N(x: [1]) -> y: [1] {\n  y = dense(x, units = 1)\n}\n',
    );
    expect(await actions(editor, everything)).not.toContainEqual(
      expect.objectContaining({ kind: action.kind }),
    );
  });

  it('import the file of the workspace that declares a name', async () => {
    const editor = await openEditor({
      'main.loom': 'crossbar C {\n  device = Own\n}\n',
      'parts/devices.loom': 'device Own = resistive()\n',
    });
    const found = (await actions(editor)).find(({ title }) => title.startsWith('Import'));
    expect(editor.applied(found?.edit?.changes)['main.loom']).toBe(
      'import "parts/devices.loom"\n\ncrossbar C {\n  device = Own\n}\n',
    );
  });
});

describe('Refactorings', () => {
  const cell = (body: string) => `cell A(x: [n]) -> h: [m] {\n  state h: [m]\n${body}}\n`;
  const at = (editor: Editor) => ({ start: editor.position, end: editor.position });

  it('add the bias operand to a product without one', async () => {
    const editor = await openEditor({ 'main.loom': cell("  h' = tanh(v<|>mm(x, h))\n") });
    const action = (await actions(editor, at(editor))).find(({ title }) => title.includes('bias'));
    expect(action?.kind).toBe(CodeActionKind.RefactorRewrite);
    expect(editor.applied(action?.edit?.changes)['main.loom']).toBe(cell("  h' = tanh(vmm(x, h, 1))\n"));
  });

  it('take an equation into a variant of the cell', async () => {
    const editor = await openEditor({ 'main.loom': cell("  h<|>' = tanh(vmm(x, h, 1))\n") });
    const action = (await actions(editor, at(editor), ['refactor.extract']))[0];
    const text = editor.applied(action.edit?.changes)['main.loom'];
    expect(text).toContain("cell AVariant extends A {\n  h' = tanh(vmm(x, h, 1))\n}");
    expect(codesOf(await openEditor({ 'main.loom': text }))).not.toContain('name.unknown');
  });

  it('drop an override in favour of what is inherited', async () => {
    const text = `import std.cells\n\ncell Mine extends Lstm {\n  f = 1 - i<|>\n}\n`;
    const editor = await openEditor({ 'main.loom': text });
    const action = (await actions(editor, at(editor))).find(({ title }) => title.startsWith('Return'));
    expect(editor.applied(action?.edit?.changes)['main.loom']).toBe(
      'import std.cells\n\ncell Mine extends Lstm {\n}\n',
    );
  });
});
