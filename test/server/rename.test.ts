import { describe, expect, it } from 'vitest';
import { openEditor } from './editor.ts';

const cells = `cell Leaky(x: [n]) -> h: [m] {
  state h: [m]
  g = sigmoid(vmm(x, h, 1))
  h' = g * h
}
`;
const variant = `import "cells.loom"
cell Open extends Leaky { g = 1 }
network N(x: [1]) -> y: [1] {
  rnn = Open(x, units = 2)
  y = dense(rnn, units = 1)
}
experiment e {
  network N
  infer { probe rnn.g }
}
`;
const at = (text: string, place: string, after = place) => text.replace(place, `<|>${after}`);

async function rename(files: Record<string, string>, newName: string) {
  const { services, document, at: params, applied } = await openEditor(files);
  const edit = await services.lsp.RenameProvider?.rename(document, { ...params, newName });
  return applied(edit?.changes);
}

describe('Renaming', () => {
  it('takes an equation with what overrides and what probes it, in every file', async () => {
    expect(await rename({ 'cells.loom': at(cells, 'g = sigmoid'), 'net.loom': variant }, 'gate')).toEqual({
      'cells.loom': cells.replace('g = sigmoid', 'gate = sigmoid').replace('g * h', 'gate * h'),
      'net.loom': variant.replace('{ g = 1', '{ gate = 1').replace('rnn.g', 'rnn.gate'),
    });
  });

  it('takes a state with its output, its new value and its uses', async () => {
    expect(await rename({ 'cells.loom': at(cells, "h' =") }, 's')).toEqual({
      'cells.loom': cells
        .replace('-> h:', '-> s:')
        .replace('state h', 'state s')
        .replace('(x, h,', '(x, s,')
        .replace("h' = g * h", "s' = g * s"),
    });
  });

  it('takes a declaration in every file', async () => {
    const files = { 'cells.loom': cells, 'net.loom': at(variant, 'Leaky {') };
    expect(await rename(files, 'Decay')).toEqual({
      'cells.loom': cells.replace('Leaky', 'Decay'),
      'net.loom': variant.replace('Leaky', 'Decay'),
    });
  });

  it('takes a dimension at each place, but not the word units', async () => {
    expect(await rename({ 'cells.loom': at(cells, 'm] {'), 'net.loom': variant }, 'k')).toEqual({
      'cells.loom': cells.replaceAll('[m]', '[k]'),
    });
  });

  it('takes hardware within the names of metrics', async () => {
    const text =
      'hardware <|>A { scale = 0.1 V }\nexperiment e {\n  infer on A\n  expect A.rmse.test < 1\n  expect rmse.test < 1\n}\n';
    expect(await rename({ 'a.loom': text }, 'B')).toEqual({
      'a.loom':
        'hardware B { scale = 0.1 V }\nexperiment e {\n  infer on B\n  expect B.rmse.test < 1\n  expect rmse.test < 1\n}\n',
    });
  });

  it.each([
    ['a keyword', 'state', /"state" is a word of the language/],
    ['two words', 'a b', /is no name/],
    ['a number', '3', /is no name/],
    ['an operator', '+', /is no name/],
    ['nothing', '', /is no name/],
    ['a taken name', 'h', /already a "h" here: line 1 of cells.loom/],
  ])('refuses %s', async (_what, newName, reason) => {
    await expect(rename({ 'cells.loom': at(cells, 'g = sigmoid') }, newName)).rejects.toThrow(reason);
  });

  it('refuses a name that an importing file has already', async () => {
    const files = { 'cells.loom': at(cells, 'Leaky('), 'net.loom': variant };
    await expect(rename(files, 'Open')).rejects.toThrow(/already a "Open" here: line 2 of net.loom/);
  });

  it('refuses the standard library, also through what overrides it', async () => {
    const text = 'import std.cells\ncell A extends Lstm { <|>f = 1 }\n';
    await expect(rename({ 'a.loom': text }, 'g')).rejects.toThrow(/"f" belongs to the standard library/);
    const { services, document, at: params } = await openEditor({ 'a.loom': text });
    await expect(async () => services.lsp.RenameProvider?.prepareRename(document, params)).rejects.toThrow(
      /standard library/,
    );
  });
});

describe('References', () => {
  it('of an equation are its uses and what overrides it', async () => {
    const editor = await openEditor({ 'cells.loom': at(cells, 'g * h'), 'net.loom': variant });
    const { services, document, at: params } = editor;
    const find = (includeDeclaration: boolean) =>
      services.lsp.ReferencesProvider?.findReferences(document, {
        ...params,
        context: { includeDeclaration },
      });
    const lines = (await find(true))?.map(({ uri, range }) => `${uri.split('/').pop()}:${range.start.line}`);
    expect(lines?.sort()).toEqual(['cells.loom:2', 'cells.loom:3', 'net.loom:1', 'net.loom:8']);
    expect(await find(false)).toHaveLength(2);
  });

  it('within a file tell writing from reading', async () => {
    const { services, document, at: params } = await openEditor({ 'cells.loom': at(cells, 'g * h') });
    const found = await services.lsp.DocumentHighlightProvider?.getDocumentHighlight(document, params);
    expect(found?.map(({ range, kind }) => [range.start.line, kind])).toEqual([
      [2, 3],
      [3, 2],
    ]);
  });
});

describe('The declaration', () => {
  it('of an equation in a variant is the equation that it overrides', async () => {
    const {
      services,
      document,
      at: params,
    } = await openEditor({
      'cells.loom': cells,
      'net.loom': at(variant, 'g = 1'),
    });
    const [link] = (await services.lsp.DeclarationProvider?.getDeclaration(document, params)) ?? [];
    expect(link).toMatchObject({
      targetUri: 'file:///folder/cells.loom',
      targetSelectionRange: { start: { line: 2, character: 2 }, end: { line: 2, character: 3 } },
    });
  });

  it('of anything else is its definition', async () => {
    const { services, document, at: params } = await openEditor({ 'cells.loom': at(cells, 'g * h') });
    const [link] = (await services.lsp.DeclarationProvider?.getDeclaration(document, params)) ?? [];
    expect(link).toMatchObject({ targetSelectionRange: { start: { line: 2 } } });
  });
});
