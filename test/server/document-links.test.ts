import { describe, expect, it } from 'vitest';
import { openEditor } from './editor.ts';

const text = `import std.cells
import "parts/blocks.loom"
import std.nothing
dataset d from "../data/d.csv" { column = "y" }
dataset g generate wafer()
experiment e {
  weights from "w.safetensors"
}
`;

describe('Links', () => {
  it('lead from imports, data and weights to their files, and from nothing else', async () => {
    const { services, document } = await openEditor({ 'a.loom': text });
    const params = { textDocument: { uri: document.uri.toString() } };
    const links = (await services.lsp.DocumentLinkProvider?.getDocumentLinks(document, params)) ?? [];
    expect(links.map(({ range, target }) => [document.textDocument.getText(range), target])).toEqual([
      ['std.cells', 'memloom:/std/cells.loom'],
      ['"parts/blocks.loom"', 'file:///folder/parts/blocks.loom'],
      ['"../data/d.csv"', 'file:///data/d.csv'],
      ['"w.safetensors"', 'file:///folder/w.safetensors'],
    ]);
  });
});
