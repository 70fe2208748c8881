import { describe, expect, it } from 'vitest';
import { CodeLensRequest, type SelectionRange } from 'vscode-languageserver-protocol';
import { selectionRange } from '../../server/features/selection-ranges.ts';
import { architecture } from './architecture-text.ts';
import { openEditor } from './editor.ts';

const withCursor = (mark: string, shift: number) => {
  const at = architecture.indexOf(mark) + shift;
  return `${architecture.slice(0, at)}<|>${architecture.slice(at)}`;
};

describe('Selection ranges', () => {
  it('grow from the word over expression, equation and declaration to the file', async () => {
    const { document, position } = await openEditor({ 'main.loom': withCursor('sigmoid(drive)', 9) });
    const texts: string[] = [];
    for (let at: SelectionRange | undefined = selectionRange(document, position); at; at = at.parent)
      texts.push(document.textDocument.getText(at.range));
    expect(texts.slice(0, 3)).toEqual(['drive', 'sigmoid(drive)', 'unit * sigmoid(drive)']);
    expect(texts).toContain('out = clamp(unit * sigmoid(drive), rails)');
    expect(texts.at(-1)?.length).toBeGreaterThan(architecture.length - 100);
    for (const [index, text] of texts.entries())
      if (index > 0) expect(text.length).toBeGreaterThan(texts[index - 1].length);
  });

  it('are empty in an empty text', async () => {
    const { document, position } = await openEditor({ 'main.loom': '<|>' });
    expect(selectionRange(document, position).range.start).toEqual(position);
  });
});

describe('Folding', () => {
  it('takes bodies, argument lists, imports and comments', async () => {
    const { services, document } = await openEditor({ 'main.loom': architecture });
    const found = await services.lsp.FoldingRangeProvider?.getFoldingRanges(document, {
      textDocument: { uri: document.uri.toString() },
    });
    const lines = architecture.split('\n');
    const shown = (found ?? []).map(({ startLine, endLine, kind }) => [
      lines[startLine],
      lines[endLine],
      kind,
    ]);
    expect(shown).toContainEqual(['import std.cells', 'import std.cmos180', 'imports']);
    expect(shown).toContainEqual(['// Two comment lines', '// in a row.', 'comment']);
    expect(shown).toContainEqual([
      'block Slope(in: V, unit: V) -> out: V {',
      '  out = clamp(unit * sigmoid(drive), rails)',
      undefined,
    ]);
    expect(shown).toContainEqual(['  readout on DifferenceAmp(', '    offset = gaussian(1 mV)', undefined]);
  });
});

describe('Code lenses', () => {
  it('run experiments, and say what sits in a crossbar', async () => {
    const { services, document } = await openEditor({ 'main.loom': architecture });
    const lenses =
      (await services.lsp.CodeLensProvider?.provideCodeLens(document, {
        textDocument: { uri: document.uri.toString() },
      })) ?? [];
    const titles = lenses.map(({ command }) => command?.title);
    expect(titles[0]).toBe('$(play) Run e');
    expect(titles).toContain('y of Forecast: 10 × 1, 10 devices, 100 % used');
    expect(
      titles.some((title) =>
        /^rnn of Forecast: [0-9]+ × 12, [0-9]+ devices, [0-9.]+ % used$/.test(title ?? ''),
      ),
    ).toBe(true);
    expect(CodeLensRequest.method).toBe('textDocument/codeLens');
  });
});
