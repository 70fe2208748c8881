import { describe, expect, it } from 'vitest';
import { openEditor, uriOf } from './editor.ts';

const files = {
  'main.loom':
    'import "parts/cells.loom"\nimport std.cells\ndataset d from "data/a.csv" { format = ucr test = "data/b.csv" }\nexperiment e { weights from "w.safetensors" }\n',
  'parts/cells.loom': 'import "more.loom"\ncell C extends D { f = 1 }\n',
  'parts/more.loom': 'cell D(x: [n]) -> h: [n] { f = x h = f }\n',
};

async function renamed(from: string, to: string): Promise<Record<string, string>> {
  const editor = await openEditor(files);
  const edit = await editor.services.shared.lsp.FileOperationHandler?.willRenameFiles?.({
    files: [{ oldUri: uriOf(from), newUri: uriOf(to) }],
  });
  return editor.applied(edit?.changes);
}

describe('Renaming files', () => {
  it('changes the imports of a file', async () => {
    expect(await renamed('parts/cells.loom', 'parts/gates.loom')).toEqual({
      'main.loom': files['main.loom'].replace('cells.loom', 'gates.loom'),
    });
  });

  it('changes what a moved file imports, and who imports it', async () => {
    expect(await renamed('parts/cells.loom', 'cells.loom')).toEqual({
      'main.loom': files['main.loom'].replace('"parts/cells.loom"', '"cells.loom"'),
      'parts/cells.loom': files['parts/cells.loom'].replace('"more.loom"', '"parts/more.loom"'),
    });
  });

  it('changes paths into a folder, and leaves those within it', async () => {
    expect(await renamed('parts', 'library/cells')).toEqual({
      'main.loom': files['main.loom'].replace('parts/cells.loom', 'library/cells/cells.loom'),
    });
  });

  it('changes the paths of data and weights', async () => {
    expect(await renamed('data/b.csv', 'tests/b.csv')).toEqual({
      'main.loom': files['main.loom'].replace('data/b.csv', 'tests/b.csv'),
    });
    expect(await renamed('data', 'series')).toEqual({
      'main.loom': files['main.loom'].replaceAll('data/', 'series/'),
    });
    expect(await renamed('w.safetensors', 'runs/w.safetensors')).toEqual({
      'main.loom': files['main.loom'].replace('"w.saf', '"runs/w.saf'),
    });
  });

  it('leaves texts that name nothing of it', async () => {
    expect(await renamed('other.loom', 'else.loom')).toEqual({});
  });
});
