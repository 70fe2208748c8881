import { createLoomServices } from '@memloom/language';
import { EmptyFileSystem, URI } from 'langium';
import { describe, expect, it } from 'vitest';

import { MemoryFileSystem } from '../../../language/workspace/memory-file-system.ts';
import { byName, designOf, equations } from '../program.ts';
import { loomFiles } from '../sources.ts';
import { workspace } from '../workspace.ts';

const codes = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const { project, uriOf } = await workspace(files);
  return (await project.checkFile(uriOf('main.loom'))).map(
    ({ file, code }) => `${file.split('/').pop()} ${code}`,
  );
};

describe('imports', () => {
  it('reach files beside and below, and report what is wrong in them', async () => {
    const files = {
      'main.loom': 'import "lib/cells.loom"\nnetwork N(x: [1]) -> y: [2] { y = A(x, units = 2) }',
      'lib/cells.loom': 'import "../base.loom"\ncell A extends Base { g = 1 }',
      'base.loom': "cell Base(x: [n]) -> h: [m] { state h: [m] g = sigmoid(vmm(x, 1)) h' = g * h }",
    };
    expect(await codes(files)).toEqual([]);
    expect(
      await codes({ ...files, 'base.loom': `${files['base.loom']} cell Bad(x: [n]) -> h: [n] { h = y }` }),
    ).toEqual(['base.loom name.unknown']);
    const { 'main.loom': main, ...others } = files;
    expect(equations(byName((await designOf(main, others)).cells, 'A'))).toEqual([
      'g = 1',
      "h' = multiply(g, h)",
    ]);
  });

  it('reach no further than the file that makes them', async () => {
    const files = {
      'main.loom': 'import "a.loom"\ncell C extends B { }',
      'a.loom': 'import "b.loom"',
      'b.loom': 'cell B(x: [n]) -> h: [n] { h = x }',
    };
    expect(await codes(files)).toEqual(['main.loom name.unknown']);
  });

  it('yield to what the file itself declares, and declarations of one name live side by side in the design', async () => {
    const text = `import std.cmos180
      import "analog.loom"
      block Tanh(in: V) -> out: V { out = in }
      hardware H { tanh on Tanh }
      network N(x: [1]) -> y: [1] { y = dense(x, units = 1) on Other }`;
    const others = { 'analog.loom': 'import std.cmos180\nhardware Other { tanh on Tanh }' };
    const design = await designOf(text, others);
    expect(byName(design.hardware, 'H').bindings.tanh?.block).toBe('Tanh');
    expect(byName(design.hardware, 'Other').bindings.tanh?.block).toBe('cmos180.Tanh');
    expect(equations(byName(design.blocks, 'Tanh'))).toEqual(['out = in']);
    expect(byName(design.blocks, 'cmos180.Tanh').parameters.map(({ name }) => name)).toContain('rails');
  });

  it('bring into a design only what it uses', async () => {
    const design = await designOf(
      'import std.cells\nimport std.cmos180\nnetwork N(x: [1]) -> y: [2] { y = Nig(x, units = 2) }',
    );
    expect(design.cells.map(({ name }) => name).sort()).toEqual(['Lstm', 'Nig']);
    expect(design.blocks).toEqual([]);
  });
});

describe('the library', () => {
  it.each(loomFiles('language/std'))('opens $path by its name, free of findings', async ({ path }) => {
    const { shared, Loom } = createLoomServices(EmptyFileSystem);
    await shared.workspace.WorkspaceManager.initializeWorkspace([]);
    const documents = shared.workspace.LangiumDocuments.all.toArray();
    await shared.workspace.DocumentBuilder.build(documents, { validation: true });
    const own = documents.find((document) => path.endsWith(document.uri.path.split('/').pop() ?? '?'));
    expect(own?.diagnostics).toEqual([]);
    expect(Loom.library.has(own?.uri ?? URI.parse('x:y'))).toBe(true);
  });
});

describe('a changed file', () => {
  it('has every file checked again that depends on it, however far away', async () => {
    const texts: Record<string, string> = {
      'memory:/far/base.loom': 'cell Base(x: [n]) -> h: [n] { h = x }',
      'memory:/far/middle.loom': 'import "base.loom"\ncell Middle extends Base { }',
      'memory:/far/main.loom': 'import "middle.loom"\nnetwork N(x: [2]) -> y: [2] { y = Middle(x) }',
    };
    const files = new MemoryFileSystem(texts);
    const { shared } = createLoomServices({ ...EmptyFileSystem, fileSystemProvider: () => files });
    const { LangiumDocumentFactory, LangiumDocuments, DocumentBuilder, WorkspaceManager } = shared.workspace;
    await WorkspaceManager.initializeWorkspace([]);
    const documents = Object.entries(texts).map(([uri, text]) =>
      LangiumDocumentFactory.fromString(text, URI.parse(uri)),
    );
    for (const document of documents) LangiumDocuments.addDocument(document);
    await DocumentBuilder.build(documents, { validation: true });
    expect(documents.flatMap((document) => document.diagnostics ?? [])).toEqual([]);
    const [base, , main] = documents;
    texts[base.uri.toString()] = "cell Base(x: [n]) -> h: [m] { state h: [m] h' = vmm(x) }";
    await DocumentBuilder.update([base.uri], []);
    expect(main.diagnostics?.map(({ code }) => code)).toEqual(['dimension.unbound']);
  });
});
